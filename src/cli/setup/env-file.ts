/** `.env` with some values set: all else that is there stays as it is, in its order, comments and unknown lines too. */
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';

export type Values = Readonly<Record<string, string>>;

/** Undefined: there is none. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The whole new file takes the place of the old one in one step, readable for its owner alone. A link stays a link. */
export function saveEnv(file: string, text: string): void {
  const target = readIfThere(file) === undefined ? path.resolve(file) : realpathSync(file);
  const made = `${target}.${process.pid}.new`;
  rmSync(made, { force: true });
  const fd = openSync(made, 'wx', 0o600);
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(made, target);
}

/**
 * Pure. Of a name that is there twice the last one counts, as Node reads it. Throws where the file is such that Node would
 * read something else.
 */
export function withValues(text: string, values: Values): string {
  const made = merged(text, values);
  const read = parseEnv(made);
  const lost = Object.keys(values).filter((name) => read[name] !== values[name]);
  if (lost.length === 0) return made;
  throw new Error(`${lost.join(', ')} cannot stand in .env: a quote in it is not closed, perhaps`);
}

function merged(text: string, values: Values): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  return Object.entries(values).reduce(
    (so, [name, value]) => withValue(so, name, value, end),
    text,
  );
}

function withValue(text: string, name: string, value: string, end: string): string {
  const line = `${name}=${quoted(name, value)}`;
  const pieces = entriesOf(text);
  const at = pieces.findLastIndex((piece) => piece.name === name);
  if (at >= 0) return join(pieces.with(at, { ...piece(pieces[at]?.text ?? '', line, end), name }));
  // Its line may wait there as a comment: what is said of it above holds for the new one.
  const waits = pieces.findLastIndex((each) => new RegExp(`^#\\s*${name}=`).test(each.text));
  const added = { name, text: `${line}${end}` };
  if (waits >= 0)
    return join(
      pieces
        .toSpliced(waits + 1, 0, added)
        .map((each, index) => (index === waits ? ended(each, end) : each)),
    );
  const last = pieces.length - 1;
  return join([...pieces.map((each, index) => (index === last ? ended(each, end) : each)), added]);
}

interface Piece {
  /** Of the value that it sets. */
  readonly name: string | undefined;
  /** With its line end; of a value in quotes perhaps several lines. */
  readonly text: string;
}

const ended = (each: Piece, end: string): Piece =>
  /\n$/.test(each.text) ? each : { ...each, text: `${each.text}${end}` };

/** In the place of another: whether it ended its line is left as it was. */
const piece = (before: string, line: string, end: string): { readonly text: string } => ({
  text: `${/^\s*export\s/.test(before) ? 'export ' : ''}${line}${/\n$/.test(before) ? end : ''}`,
});

const join = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('');

const ASSIGNED = /^\s*(?:export\s+)?([\w.-]+)\s*=[ \t]*(.*)/;

/** Line by line, but for values in quotes, which end at their quote. */
function entriesOf(text: string): Piece[] {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const pieces: Piece[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const [, name, value = ''] = ASSIGNED.exec(line) ?? [];
    const quote = /^["'`]/.exec(value)?.[0];
    // Node takes the next line for the value of one that has blanks alone.
    let whole = name === undefined ? line : line.replace(/=[ \t]+(?=\r?$)/m, '=');
    if (quote && !value.includes(quote, 1)) {
      const close = lines.findIndex((each, index) => index > at && each.includes(quote));
      // Without its end Node takes the line alone.
      if (close > 0) {
        whole = lines.slice(at, close + 1).join('');
        at = close;
      }
    }
    pieces.push({ name, text: whole });
  }
  return pieces;
}

/** As Node's reader of such files takes it back. */
function quoted(name: string, value: string): string {
  if (/^[\w.+/=:@,%-]*$/.test(value)) return value;
  const quote = /[\r\n]/.test(value)
    ? undefined
    : ["'", '"', '`'].find((it) => !value.includes(it));
  // Between double quotes the reader would take \n for the end of a line.
  if (quote === undefined || (quote === '"' && value.includes('\\')))
    throw new Error(`${name} has characters that cannot stand in .env`);
  return `${quote}${value}${quote}`;
}

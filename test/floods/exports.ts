/** What the modules of src export that is given text, found in their source, so that no list can forget it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const SRC = path.resolve(import.meta.dirname, '../../src');

/** Types that carry what people, files or the agent have written. A `string` may be anything, and so counts. */
const CARRIES_TEXT =
  /\b(?:string|unknown|Json|Uint8Array|Material|IncomingMessage|OutgoingMessage|Attachment|Message|MessageBody|MessageId|SlackMessage|SlackFile|SentFile|BatchWish|Script|MediaRequest|Timeline|Track|Snapshot|SessionState|StateParts|Fields|TimelineChange|PageChange|AnswerInput|AgentEvent|Assembly|RunResult|PdfWord|Line|PageLines|Cue|InteractionPayload|InteractionContext|RequestRefusal|Rendered|Body|WireMessage|WireFile|MessageRow|Job|Notes|Problem|RequestProblem|Failure)\b/;

const EXPORTED =
  /^export (?:async )?(?:function\*? (\w+)|const (\w+)(?:: [^=\n]+)? =\s*(?:async )?)(?:<[^(]*>)?(?=\()/gm;

/** Names of the functions that a module exports and that are given text, as "folder/file.ts#name". */
export function textReadersIn(file: string, source: string): string[] {
  return [...source.matchAll(EXPORTED)].flatMap((found) => {
    const [head, declared, assigned] = found;
    const end = closingBracket(source, found.index + head.length);
    const parameters = source.slice(found.index + head.length, end);
    // `const x = (1 + 2) * 3` is no function.
    const isFunction = declared ?? /^[^\n]*=>/.test(source.slice(end).split(/\n(?! )/)[0] ?? '');
    return isFunction && CARRIES_TEXT.test(parameters) ? [`${file}#${declared ?? assigned}`] : [];
  });
}

function closingBracket(source: string, from: number): number {
  let depth = 0;
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === '(') depth += 1;
    if (source[at] === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return source.length;
}

export const textReaders = (): string[] =>
  readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.split(path.sep).join('/'))
    .sort()
    .flatMap((file) => textReadersIn(file, readFileSync(path.join(SRC, file), 'utf8')));

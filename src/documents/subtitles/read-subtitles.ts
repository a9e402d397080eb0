/** SubRip and WebVTT, as people really write them: read for the words and their times. */

export interface Cue {
  /** Milliseconds; `end` is never before `start`. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Comma or point, with or without hours and fractions, arrows of any length; shifted below zero, too. */
const STAMP = String.raw`(-?)(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[,.:](\d{1,3}))?`;
const TIMING = new RegExp(String.raw`^\s*${STAMP}\s*-{1,3}>\s*${STAMP}(?:\s|$)`);

/** Undefined: these are no subtitles. The first cue must come early, so that a text may quote one. */
export function subtitleFormat(text: string): 'srt' | 'vtt' | undefined {
  if (/^\ufeff?WEBVTT(?:[ \t\r\n]|$)/.test(text)) return 'vtt';
  const opening = text
    .slice(0, 2000)
    .split(/\r\n?|\n/)
    .filter((line) => line.trim() !== '');
  return opening.slice(0, 3).some((line) => TIMING.test(line)) ? 'srt' : undefined;
}

/**
 * In order of time. Believes only the timing lines: numbers may be missing, repeated or wrong, empty
 * lines may be missing or stand inside a cue, times may overlap or run backwards. Never throws.
 */
export function parseSubtitles(text: string): Cue[] {
  const cues: Cue[] = [];
  let timing: { start: number; end: number } | undefined;
  let words: string[] = [];
  let skipping = false;
  const close = () => {
    const said = wordsOf(words);
    if (timing && said !== '') cues.push({ ...timing, text: said });
    words = [];
    timing = undefined;
  };
  const lines = text.split(/\r\n?|\n/);
  for (const [at, line] of lines.entries()) {
    const found = TIMING.exec(line);
    if (found) {
      close();
      skipping = false;
      timing = timesOf(found);
    } else if (startsAside(line) && isBlank(lines[at - 1])) {
      skipping = true;
    } else if (isBlank(line)) {
      skipping = false;
    } else if (timing && !skipping && !isLabel(lines, at)) {
      words.push(line);
    }
  }
  close();
  cues.sort((one, other) => one.start - other.start);
  return ROLLING.test(text) ? withoutRepeats(cues) : cues;
}

/** Words with times of their own, as machines write that caption a live picture. */
const ROLLING = /<\d{2}:\d{2}:\d{2}\.\d{3}><c>/;

/** Rolling captions show each line twice: while it is spoken, and above the next one. */
function withoutRepeats(cues: readonly Cue[]): Cue[] {
  const once: Cue[] = [];
  for (const cue of cues) {
    const last = once.at(-1);
    if (!last || cue.start > last.end + 1000) once.push(cue);
    else if (cue.text === last.text) once[once.length - 1] = { ...last, end: cue.end };
    else if (cue.text.startsWith(`${last.text} `))
      once.push({ ...cue, text: cue.text.slice(last.text.length + 1) });
    else once.push(cue);
  }
  return once;
}

/** One cue a line: `[00:01–00:04] words`, with hours where the cue reaches the first one. */
export function writeCues(cues: readonly Cue[]): string {
  return cues.map(({ start, end, text }) => `[${span(start, end)}] ${text}`).join('\n');
}

/** What `writeCues` wrote, without the times: the words that are spoken. */
export const spokenWords = (written: string): string =>
  written.replace(/^\[[\d:]+–[\d:]+\] /gm, '');

const WRITTEN = /^\[(?:(\d+):)?(\d{1,2}):(\d{2})–(?:(\d+):)?(\d{1,2}):(\d{2})\] (.+)$/;

/** What `writeCues` wrote, in whole seconds; other lines are left out. */
export function readCues(written: string): Cue[] {
  return written.split('\n').flatMap((line) => {
    const found = WRITTEN.exec(line);
    if (!found) return [];
    const start = milliseconds(['', ...found.slice(1, 4)]);
    const end = milliseconds(['', ...found.slice(4, 7)]);
    return [{ start, end: Math.max(start, end), text: found[7] ?? '' }];
  });
}

const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === '';

/** Comments, styles and regions of WebVTT; each ends at the next empty line. */
const startsAside = (line: string): boolean => /^(?:NOTE|STYLE|REGION)(?:\s|$)/.test(line);

/** A cue's number or name stands right above its timing, after an empty line or as a bare number. */
function isLabel(lines: readonly string[], at: number): boolean {
  if (!TIMING.test(lines[at + 1] ?? '')) return false;
  return isBlank(lines[at - 1]) || /^\s*\d+\s*$/.test(lines[at] ?? '');
}

function timesOf(found: RegExpExecArray): { start: number; end: number } {
  const start = milliseconds(found.slice(1, 6));
  return { start, end: Math.max(start, milliseconds(found.slice(6, 11))) };
}

function milliseconds([
  sign = '',
  hours = '0',
  minutes = '0',
  seconds = '0',
  fraction = '0',
]: string[]): number {
  if (sign !== '') return 0;
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1000 + Number(fraction.padEnd(3, '0'));
}

function span(start: number, end: number): string {
  const hours = end >= 3_600_000;
  return `${clockTime(start, hours)}–${clockTime(end, hours)}`;
}

function clockTime(ms: number, hours: boolean): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const tail = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours ? `${Math.floor(seconds / 3600)}:${tail}` : tail;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  lrm: '',
  rlm: '',
};

function characterOf(entity: string, decimal?: string, hex?: string, name = ''): string {
  const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16);
  if (Number.isNaN(code)) return ENTITIES[name] ?? entity;
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** Only known tags are taken out: "2 < 3 > 1" is text. A voice tag says who speaks. */
function wordsOf(lines: readonly string[]): string {
  return lines
    .join(' ')
    .replace(/<v(?:\.[^\s<>]*)?\s+([^<>]+)>/gi, (_, name: string) => `${name.trim()}: `)
    .replace(/<rt(?:\s[^<>]*)?>[^<>]*(?:<\/rt>)?/gi, '')
    .replace(/<(?:br|\/?p)(?:\s[^<>]*)?\/?>/gi, ' ')
    .replace(/<\/?(?:i|b|u|s|c|v|em|strong|lang|ruby|font|span)(?:[.\s][^<>]*)?>/gi, '')
    .replace(/<\d{1,3}:[\d:.]+>/g, '')
    .replace(/\{(?:\\|[a-z]:)[^{}]*\}/gi, '')
    .replace(/\\[Nh]/g, ' ')
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|apos|lt|gt|quot|nbsp|lrm|rlm));/gi, characterOf)
    .replace(/\s+/g, ' ')
    .trim();
}

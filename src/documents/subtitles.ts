/** SubRip and WebVTT, as people really write them: read for the words and their times. */

export interface Cue {
  /** Milliseconds; `end` is never before `start`. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Comma or point, with or without hours and fractions, arrows of any length. */
const STAMP = String.raw`(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[,.:](\d{1,3}))?`;
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
  return cues.sort((one, other) => one.start - other.start);
}

/** One cue a line: `[00:01–00:04] words`, with hours where the cue reaches the first one. */
export function writeCues(cues: readonly Cue[]): string {
  return cues.map(({ start, end, text }) => `[${span(start, end)}] ${text}`).join('\n');
}

/** What `writeCues` wrote, without the times: the words that are spoken. */
export const spokenWords = (written: string): string =>
  written.replace(/^\[[\d:]+–[\d:]+\] /gm, '');

const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === '';

/** Comments, styles and regions of WebVTT; each ends at the next empty line. */
const startsAside = (line: string): boolean => /^(?:NOTE|STYLE|REGION)(?:\s|$)/.test(line);

/** A cue's number or name stands right above its timing, after an empty line or as a bare number. */
function isLabel(lines: readonly string[], at: number): boolean {
  if (!TIMING.test(lines[at + 1] ?? '')) return false;
  return isBlank(lines[at - 1]) || /^\s*\d+\s*$/.test(lines[at] ?? '');
}

function timesOf(found: RegExpExecArray): { start: number; end: number } {
  const start = milliseconds(found.slice(1, 5));
  return { start, end: Math.max(start, milliseconds(found.slice(5, 9))) };
}

function milliseconds([
  hours = '0',
  minutes = '0',
  seconds = '0',
  fraction = '0',
]: string[]): number {
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
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&nbsp;': ' ',
  '&lrm;': '',
  '&rlm;': '',
};

/** Only known tags are taken out: "2 < 3 > 1" is text. A voice tag says who speaks. */
function wordsOf(lines: readonly string[]): string {
  return lines
    .join(' ')
    .replace(/<v(?:\.[^\s<>]*)?\s+([^<>]+)>/gi, (_, name: string) => `${name.trim()}: `)
    .replace(/<\/?(?:i|b|u|s|c|v|lang|ruby|rt|font|span|br)(?:[.\s][^<>]*)?\/?>/gi, '')
    .replace(/<\d{1,3}:[\d:.]+>/g, '')
    .replace(/\{\\[^{}]*\}/g, '')
    .replace(/\\[Nh]/g, ' ')
    .replace(/&(?:amp|lt|gt|quot|nbsp|lrm|rlm);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}

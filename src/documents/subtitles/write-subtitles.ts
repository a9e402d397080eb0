/** Cues as SubRip and as WebVTT, so that players read back what was written. Pure. */
import type { Cue } from './read-subtitles.ts';

/** In order of time; cues without words or without length are left out. */
function shown(cues: readonly Cue[]): readonly Cue[] {
  return cues
    .map(({ start, end, text }) => ({ start: whole(start), end: whole(end), text: oneLine(text) }))
    .filter(({ start, end, text }) => end > start && text !== '')
    .sort((one, other) => one.start - other.start);
}

export function writeSrt(cues: readonly Cue[]): string {
  return shown(cues)
    .map(
      ({ start, end, text }, at) =>
        `${at + 1}\n${stamp(start, ',')} --> ${stamp(end, ',')}\n${withoutMarkup(text)}\n`,
    )
    .join('\n');
}

export function writeVtt(cues: readonly Cue[]): string {
  const written = shown(cues).map(
    ({ start, end, text }) => `${stamp(start, '.')} --> ${stamp(end, '.')}\n${escaped(text)}\n`,
  );
  return ['WEBVTT\n', ...written].join('\n');
}

const whole = (ms: number): number => Math.max(0, Math.round(ms));

const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll('-->', '→')
    .trim();

/** SubRip has no way to say that something is no tag: what would be read as one gets other signs. */
const withoutMarkup = (text: string): string =>
  text
    .replace(/<(?=[/\p{L}\d])/gu, '‹')
    .replace(/\{(?=[\\\p{L}])/gu, '(')
    .replace(/\\(?=[Nh])/g, '/')
    .replace(/&(?=#|\p{L})/gu, '＆');

/** "N\h": hard breaks that some players take out of WebVTT, too. */
const escaped = (text: string): string =>
  text
    .replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'))
    .replace(/\{(?=[\\\p{L}])/gu, '(')
    .replace(/\\(?=[Nh])/g, '/');

function stamp(ms: number, point: ',' | '.'): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = Math.floor(ms / 1000);
  const clock = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((it) =>
    two(Math.floor(it)),
  );
  return `${clock.join(':')}${point}${String(ms % 1000).padStart(3, '0')}`;
}

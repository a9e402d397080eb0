/** A film whose subtitles are asked for: the agent's part, the same on every platform. */
import { sevenLines, sevenSubtitled } from '../doubles/nemo/seven-scenes.ts';
import { type Step, say, toolCall, toolResult } from '../doubles/nemo/steps.ts';

export const subtitling: readonly Step[] = [
  toolCall('edit_multitrack', 'e'),
  { draft: sevenSubtitled },
  toolResult('edit_multitrack', 'e'),
  say('The subtitles are in.'),
];

/** The files, word for word. */
export const srt = sevenLines
  .map((line, at) => `${at + 1}\n${time(at, ',')}\n${line}\n`)
  .join('\n');
export const vtt = [
  'WEBVTT\n',
  ...sevenLines.map((line, at) => `${time(at, '.')}\n${line}\n`),
].join('\n');

function time(at: number, point: string): string {
  const start = at * 4_500 + 500;
  return `${stamp(start, point)} --> ${stamp(start + 3_500, point)}`;
}

function stamp(ms: number, point: string): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `00:00:${two(Math.floor(ms / 1000))}${point}${String(ms % 1000).padStart(3, '0')}`;
}

/** Who writes Chinese reads Chinese, in every conversation that is kept as a transcript. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const transcripts = globSync('**/transcripts/*.md', { cwd: import.meta.dirname }).map((file) => ({
  file,
  text: readFileSync(path.join(import.meta.dirname, file), 'utf8'),
}));
const inChinese = transcripts.filter(
  ({ text }) => (text.match(/\p{Script=Han}/gu)?.length ?? 0) > 100,
);

/** Names, formats and units that are written so in Chinese as well; addresses; what a transcript adds. */
const NAMES =
  /https?:\/\/\S+|\(link\)|\((?:date|time)\)|video-\(date\)\.mp4|[\w-]+\.(?:mp4|png)|\(\d+ bytes\)|_\(at first: |@\w+|^\*\*\w+:\*\*|\*\* \(to \w+ alone\)|, to \w+ alone$|\b(?:MP4|MB|NemoVideo|txt|docx|pdf|srt|odt|rtf|pptx|epub|fountain|csv|xlsx|html|mov|avi|webm|mkv|jpg|png|gif|webp|mp3|mp4|wav|m4a|aac|md|vtt|1080p)\b/gm;

describe('conversations in Chinese', () => {
  test('are told on every platform', () => {
    const places = [...new Set(inChinese.map(({ file }) => path.dirname(file)))].sort();
    expect(places).toEqual([
      'conversation/transcripts',
      'platforms/discord/transcripts',
      'platforms/slack/transcripts',
    ]);
  });

  test.each(inChinese)('$file has no English in it', ({ text }) => {
    const said = text
      .split('\n')
      .filter((line) => !/^#|^\*\*\w+\*\*/.test(line) || /^\*\*bot\*\*:/.test(line))
      .map((line) => line.replace(/^\*\*bot\*\*/, ''))
      .join('\n');
    expect(said.replace(NAMES, '').match(/[A-Za-z]{2,}/g) ?? []).toEqual([]);
  });
});

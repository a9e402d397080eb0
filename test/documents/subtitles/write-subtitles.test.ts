/** What is written is read back: by our own reader, which stands for any. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Cue,
  parseSubtitles,
  readCues,
  subtitleFormat,
  writeCues,
} from '../../../src/documents/subtitles/read-subtitles.ts';
import { writeSrt, writeVtt } from '../../../src/documents/subtitles/write-subtitles.ts';

const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .map((text) => text.replace(/[\s\p{C}<>{}\\&]+/gu, ' ').trim())
  .filter((text) => text !== '' && !text.includes('-->'));
const cue: fc.Arbitrary<Cue> = fc
  .tuple(fc.nat(35_999_000), fc.integer({ min: 1, max: 60_000 }), words)
  .map(([start, length, text]) => ({ start, end: start + length, text }));
const list = fc.array(cue, { maxLength: 30 });
const inOrder = (cues: readonly Cue[]) => [...cues].sort((a, b) => a.start - b.start);

describe.each([
  ['SubRip', writeSrt, 'srt'],
  ['WebVTT', writeVtt, 'vtt'],
] as const)('%s', (_, write, format) => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(list, (cues) => {
        expect(parseSubtitles(write(cues))).toEqual(inOrder(cues));
      }),
    );
  });

  it('holds whatever is said, each cue apart', () => {
    const any = fc.record({
      start: fc.nat(100_000),
      text: fc.string({ unit: 'binary', maxLength: 80 }),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 10 }), (said) => {
        const cues = said.map(({ start, text }) => ({ start, end: start + 500, text }));
        const kept = inOrder(cues).filter(({ text }) => /[^\s\p{Cc}]/u.test(text.toWellFormed()));
        const once = parseSubtitles(write(cues));
        expect(once.length).toBeLessThanOrEqual(kept.length);
        // What was written of it is the same again.
        expect(parseSubtitles(write(once))).toEqual(once);
      }),
    );
  });

  it('is known by its beginning', () => {
    expect(subtitleFormat(write([{ start: 0, end: 900, text: 'Tea' }]))).toBe(format);
  });

  it('leaves out what is not said, or lasts no time', () => {
    const none: Cue[] = [
      { start: 5, end: 5, text: 'never' },
      { start: 0, end: 900, text: ' \n ' },
    ];
    expect(parseSubtitles(write(none))).toEqual([]);
  });
});

it('shows in WebVTT every sign that was said, and in SubRip none that makes a tag', () => {
  const cues = [{ start: 0, end: 3_723_004, text: 'if a < b & c > d, <b>bold</b>\nthen  --> tea' }];
  expect(writeVtt(cues)).toBe(
    'WEBVTT\n\n00:00:00.000 --> 01:02:03.004\nif a &lt; b &amp; c &gt; d, &lt;b&gt;bold&lt;/b&gt; then → tea\n',
  );
  expect(writeSrt(cues)).toBe(
    '1\n00:00:00,000 --> 01:02:03,004\nif a < b & c > d, ‹b>bold‹/b> then → tea\n',
  );
});

it('cues that were written for the agent are read back in whole seconds', () => {
  const cues = [
    { start: 1_000, end: 4_000, text: 'One: two' },
    { start: 3_599_000, end: 3_725_000, text: '茶' },
  ];
  expect(readCues(`A heading\n\n${writeCues(cues)}`)).toEqual(cues);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseSubtitles,
  spokenWords,
  subtitleFormat,
  writeCues,
} from '../../src/documents/subtitles.ts';

const read = (text: string) => writeCues(parseSubtitles(text));

describe('parseSubtitles', () => {
  it.each([
    [
      'numbers that are missing, repeated or wrong',
      '7\n00:00:01,000 --> 00:00:02,000\nOne\n\n00:00:02,000 --> 00:00:03,000\nTwo\n\n7\n00:00:03,000 --> 00:00:04,000\nThree',
      '[00:01–00:02] One\n[00:02–00:03] Two\n[00:03–00:04] Three',
    ],
    [
      'no empty lines between the cues',
      '1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:02,000 --> 00:00:03,000\nTwo',
      '[00:01–00:02] One\n[00:02–00:03] Two',
    ],
    [
      'an empty line inside a cue',
      '1\n00:00:01,000 --> 00:00:02,000\nOne\n\nand a half\n\n2\n00:00:02,000 --> 00:00:03,000\nTwo',
      '[00:01–00:02] One and a half\n[00:02–00:03] Two',
    ],
    [
      'line ends of three systems',
      '1\r\n00:00:01,000 --> 00:00:02,000\r\nOne\r\n\r\n2\r00:00:02,000 --> 00:00:03,000\rTwo\r',
      '[00:01–00:02] One\n[00:02–00:03] Two',
    ],
    [
      'times that overlap and cues that are out of order',
      '1\n00:00:05,000 --> 00:00:09,000\nLater\n\n2\n00:00:01,000 --> 00:00:06,000\nEarlier',
      '[00:01–00:06] Earlier\n[00:05–00:09] Later',
    ],
    ['an end before its start', '1\n00:00:05,000 --> 00:00:02,000\nOne', '[00:05–00:05] One'],
    [
      'points for commas, short fractions, other arrows, positions',
      '1\n0:00:01.5 -> 0:00:02.25 X1:40 X2:600\nOne\n\n2\n00:00:03 ---> 00:00:04\nTwo',
      '[00:01–00:02] One\n[00:03–00:04] Two',
    ],
    [
      'tags, which go, and angle brackets, which stay',
      '1\n00:00:01,000 --> 00:00:02,000\n<font color="#fff"><I>One</I></font> {\\an8}is < two &amp; 3 > 2',
      '[00:01–00:02] One is < two & 3 > 2',
    ],
    [
      'hours only where there are any',
      '1\n00:59:59,000 --> 01:00:01,000\nOne\n\n2\n10:00:00,000 --> 10:00:01,000\nTwo',
      '[0:59:59–1:00:01] One\n[10:00:00–10:00:01] Two',
    ],
    [
      'a number that is the whole cue',
      '1\n00:00:01,000 --> 00:00:02,000\n42\n',
      '[00:01–00:02] 42',
    ],
    [
      'a cue without words',
      '1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:02,000 --> 00:00:03,000\nTwo',
      '[00:02–00:03] Two',
    ],
  ])('%s', (_, given, expected) => {
    expect(read(given)).toBe(expected);
  });

  it('WebVTT: comments, styles, names, positions and karaoke go; who speaks is told', () => {
    const vtt = `WEBVTT - Harbour
Kind: captions

NOTE
00:09.000 --> 00:10.000
is not a cue, says nobody

STYLE
::cue { color: red }

intro
00:01.000 --> 00:02.000 align:start position:10%
<v.loud Mary Ann>The <c.red>sea</c> is <00:01.500>quiet.

NOTE one line
00:02.000 --> 00:03.000
Then`;
    expect(read(vtt)).toBe(
      '[00:01–00:02] Mary Ann: The sea is quiet.\n[00:02–00:03] Then\n[00:09–00:10] is not a cue, says nobody',
    );
  });

  it('never throws, whatever the text; cues are in order and no end is before its start', () => {
    const stamp = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map((parts) => parts.join(':'));
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(stamp, stamp).map(([from, to]) => `${from},5 --> ${to}`),
      fc.constantFrom('', '1', 'NOTE', 'STYLE', 'WEBVTT', '-->', '<v A>', '<', '{\\', '&amp;'),
    );
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('\n', '\r\n', '\r'), (lines, end) => {
        const cues = parseSubtitles(lines.join(end));
        for (const [at, cue] of cues.entries()) {
          expect(cue.end).toBeGreaterThanOrEqual(cue.start);
          expect(cue.start).toBeGreaterThanOrEqual(cues[at - 1]?.start ?? 0);
          expect(cue.text).toBe(cue.text.trim());
          expect(cue.text).not.toBe('');
        }
      }),
    );
  });

  it('gives back every cue that was written, with its words', () => {
    const cue = fc.record({
      start: fc.nat(7_000_000),
      length: fc.nat(100_000),
      text: fc.stringMatching(/^[A-Za-z海静，]{1,9}( [a-z]{1,9}){0,5}$/),
    });
    fc.assert(
      fc.property(fc.array(cue), (cues) => {
        const stamp = (ms: number) => new Date(ms).toISOString().slice(11, 23).replace('.', ',');
        const srt = cues.map(
          ({ start, length, text }, at) =>
            `${at + 1}\n${stamp(start)} --> ${stamp(start + length)}\n${text}\n`,
        );
        const expected = cues
          .map(({ start, length, text }) => ({ start, end: start + length, text }))
          .sort((one, other) => one.start - other.start);
        expect(parseSubtitles(srt.join('\n'))).toEqual(expected);
        expect(spokenWords(writeCues(expected))).toBe(expected.map(({ text }) => text).join('\n'));
      }),
    );
  });
});

describe('subtitleFormat', () => {
  it.each([
    ['WEBVTT\n\n00:01.000 --> 00:02.000\nOne', 'vtt'],
    ['\ufeffWEBVTT', 'vtt'],
    ['1\n00:00:01,000 --> 00:00:02,000\nOne', 'srt'],
    ['00:00:01,000 --> 00:00:02,000\nOne', 'srt'],
    ['WEBVTTX', undefined],
    ['From 00:00:01,000 --> 00:00:02,000 the sea is quiet.', undefined],
    ['A guide\n\nA cue\nlooks like this:\n00:00:01,000 --> 00:00:02,000\nOne', undefined],
    ['The sea is quiet.', undefined],
    ['', undefined],
  ])('%j is %s', (text, format) => {
    expect(subtitleFormat(text)).toBe(format);
  });
});

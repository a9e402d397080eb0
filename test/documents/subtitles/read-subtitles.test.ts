import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseSubtitles,
  spokenWords,
  subtitleFormat,
  writeCues,
} from '../../../src/documents/subtitles/read-subtitles.ts';

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
      'a time below zero',
      '1\n-00:00:01,000 --> 00:00:02,000\nOne\n\n2\n00:02.000 --> 00:03.000\nTwo',
      '[00:00–00:02] One\n[00:02–00:03] Two',
    ],
    [
      'two speakers at the same time',
      '1\n00:00:01,000 --> 00:00:02,000\n- Who?\n\n2\n00:00:01,000 --> 00:00:02,000\n- Me.',
      '[00:01–00:02] - Who?\n[00:01–00:02] - Me.',
    ],
    [
      'codes of other formats, breaks, characters by name and number',
      '1\n00:00:01,000 --> 00:00:02,000\n{\\an8\\pos(1,2)}One\\Ntwo {y:i}three<br/>four<BR>five &#39;six&#39; &#x2019; &apos; {laughs} <3',
      "[00:01–00:02] One two three four five 'six' ’ ' {laughs} <3",
    ],
    [
      'numbers that are no characters',
      '1\n00:00:01,000 --> 00:00:02,000\na&#0;b&#9999999;c&#xffffff;d',
      '[00:01–00:02] abcd',
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

  it('WebVTT: how Japanese is pronounced goes, names of two words go', () => {
    const vtt = `WEBVTT - 港

2 - second cue
00:01.000 --> 00:02.000 align:start position:10% line:0
<c.yellow.bg_blue><ruby>東<rt>とう</rt></ruby>京</c> &nbsp;<lang ja>港</lang>`;
    expect(read(vtt)).toBe('[00:01–00:02] 東京 港');
  });

  it('rolling captions of a machine: every word once', () => {
    const vtt = `WEBVTT
Kind: captions

00:00:00.000 --> 00:00:02.000 align:start position:0%
 
the<00:00:00.500><c> sea</c><00:00:01.000><c> is</c>

00:00:02.000 --> 00:00:02.010 align:start position:0%
the sea is
 

00:00:02.010 --> 00:00:04.000 align:start position:0%
the sea is
quiet<00:00:02.500><c> now</c>

00:00:04.000 --> 00:00:04.010 align:start position:0%
quiet now
 

00:00:09.000 --> 00:00:10.000 align:start position:0%
quiet now<00:00:09.500><c> again</c>`;
    expect(read(vtt)).toBe(
      '[00:00–00:02] the sea is\n[00:02–00:04] quiet now\n[00:09–00:10] quiet now again',
    );
  });

  it('what people say twice stays', () => {
    const srt = '1\n00:00:01,000 --> 00:00:02,000\nNo.\n\n2\n00:00:02,000 --> 00:00:03,000\nNo.';
    expect(read(srt)).toBe('[00:01–00:02] No.\n[00:02–00:03] No.');
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

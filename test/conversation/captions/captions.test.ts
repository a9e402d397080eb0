/** Which words of a cut are captions, and where the lines of a script belong in it. */
import { describe, expect, it } from 'vitest';
import { captionsOf } from '../../../src/conversation/captions/captions-of.ts';
import { inStep } from '../../../src/conversation/captions/match-script.ts';
import type { Timeline, Track, TrackKind } from '../../../src/nemo/timeline.ts';

const track = (
  kind: TrackKind,
  ...list: readonly [name: string, start: number, end: number][]
): Track => ({
  kind,
  segments: list.map(([name, start, end]) => ({ name, start, end })),
});
const timeline = (...tracks: readonly Track[]): Timeline => ({ form: 'known', tracks });
const cues = (...texts: readonly string[]) =>
  texts.map((text, at) => ({ start: at * 1_000, end: at * 1_000 + 900, text }));

const lines = track('title', ['First', 0.5, 2], ['Second', 2, 3.25]);
const title = track('title', ['Urban Dreams', 0, 3]);

describe('captionsOf', () => {
  it('takes the track with several timed texts, in milliseconds', () => {
    expect(captionsOf(timeline(title, lines))).toEqual([
      { start: 500, end: 2_000, text: 'First' },
      { start: 2_000, end: 3_250, text: 'Second' },
    ]);
  });

  it.each([
    ['a title alone', timeline(title)],
    ['texts without a length', timeline(track('title', ['One', 0, 0], ['Two', 1, 1]))],
    ['names of scenes', timeline(track('video', ['a', 0, 1], ['b', 1, 2]))],
    ['a draft that cannot be read', { form: 'unknown' } as const],
    ['no draft', { form: 'none' } as const],
  ])('finds none in %s', (_, it) => expect(captionsOf(it)).toBeUndefined());
});

describe('inStep', () => {
  const scenes = track('video', ['Tea grows on a hill', 0, 4], ['A hand picks it', 4, 10]);

  it('gives each line the time of the scene that shows it, shared by length where it has several', () => {
    const script = cues('Tea grows', 'on a hill.', 'A hand picks it.');
    expect(inStep(script, timeline(scenes))).toEqual([
      { start: 0, end: 1_895, text: 'Tea grows' },
      { start: 1_895, end: 4_000, text: 'on a hill.' },
      { start: 4_000, end: 10_000, text: 'A hand picks it.' },
    ]);
  });

  it('takes as many lines as scenes for one each, whatever those are called', () => {
    const script = cues('Good morning.', 'Good night.');
    expect(inStep(script, timeline(scenes))?.map(({ start, end }) => [start, end])).toEqual([
      [0, 4_000],
      [4_000, 10_000],
    ]);
  });

  it.each([
    ['there are more lines than scenes', cues('a b', 'c d', 'e f'), timeline(scenes)],
    [
      'a scene lasts nobody knows how long',
      cues('x', 'y'),
      timeline(track('video', ['a', 0, 0], ['b', 1, 2])),
    ],
    ['there is no scene', cues('x'), timeline(lines)],
    [
      'there is one scene and one line, of other words',
      cues('Hello'),
      timeline(track('video', ['clip', 0, 5])),
    ],
    ['the script has no lines', [], timeline(scenes)],
  ])('does not guess where %s', (_, script, it) => expect(inStep(script, it)).toBeUndefined());
});

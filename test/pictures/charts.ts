/** The timelines that a picture has to be worth showing of. */
import { chartOf } from '../../src/conversation/timeline/chart-of.ts';
import type { Mark } from '../../src/conversation/timeline/marks.ts';
import { en } from '../../src/locales/en/locale.ts';
import type { Words } from '../../src/locales/locale.ts';
import { zh } from '../../src/locales/zh/locale.ts';
import type { Segment, Timeline, Track } from '../../src/nemo/timeline.ts';
import type { Chart } from '../../src/pictures/chart.ts';

const scenes = (names: readonly string[], seconds: number): Track => ({
  kind: 'video',
  segments: names.map((name, at) => ({ name, start: at * seconds, end: (at + 1) * seconds })),
});
const song = (name: string, start: number, end: number, volume?: number): Segment => ({
  name,
  start,
  end,
  volume,
});
const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `clip number ${at + 1}`);

const known = (seconds: number, ratio: string, title: string, ...tracks: Track[]): Timeline => ({
  form: 'known',
  tracks,
  seconds,
  canvas: { ratio },
  title,
});

function drawn(timeline: Timeline, marks: readonly Mark[] = [], words: Words = en.words): Chart {
  const chart = chartOf(timeline, words, { marks });
  if (!chart) throw new Error('there is nothing to draw');
  return chart;
}

const HARBOUR = [
  'sunrise over the harbour',
  'fishing boats leave',
  'the market opens',
  'people drink tea',
  'a tram goes uphill',
  'rain on the roofs',
  'night lights',
];

export const CHARTS: Readonly<Record<string, Chart>> = {
  empty: drawn({ form: 'none', canvas: { ratio: '16:9' } }),
  'one segment': drawn(known(10, '9:16', 'Urban Dreams', scenes(['city timelapse'], 10))),
  'seven segments': drawn(
    known(
      31.5,
      '16:9',
      'A day in the harbour',
      scenes(HARBOUR, 4.5),
      { kind: 'music', segments: [song('Lo-fi', 0, 31.5, 20)] },
      {
        kind: 'title',
        segments: [
          { name: 'A day in the harbour', start: 0, end: 3 },
          { name: 'Come and see <us> & stay', start: 26, end: 31 },
        ],
      },
    ),
    [
      { track: 0, segment: 3, is: 'changed' },
      { track: 1, segment: 0, is: 'changed' },
      { track: 2, segment: 1, is: 'new' },
    ],
  ),
  'forty segments, three minutes, overlapping music': drawn(
    known(
      180,
      '16:9',
      'A long walk, and a title that goes on and on until nobody reads it any more at all',
      scenes(numbered(40), 4.5),
      {
        kind: 'music',
        segments: [
          song('Piano', 0, 70, 60),
          song('Strings rise', 60, 130, 40),
          song('Drums', 65, 180, 90),
        ],
      },
      {
        kind: 'title',
        segments: Array.from({ length: 20 }, (_, at) => ({
          name: `Subtitle number ${at + 1}`,
          start: at * 9,
          end: at * 9 + 4,
        })),
      },
      { kind: 'other', segments: [{ name: 'voice over', start: 3, end: 170 }] },
    ),
    [
      { track: 0, segment: 7, is: 'changed' },
      { track: 0, segment: 8, is: 'new' },
    ],
  ),
  'Chinese names': drawn(
    known(
      24,
      '9:16',
      '茶山的早晨',
      scenes(['清晨的茶园，薄雾慢慢散开', '采茶的手', '炒茶', '一杯热茶'], 6),
      { kind: 'music', segments: [song('古筝', 0, 24, 40)] },
      { kind: 'title', segments: [{ name: '茶山的早晨', start: 0, end: 3 }] },
    ),
    [{ track: 0, segment: 2, is: 'changed' }],
    zh.words,
  ),
};

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatTimeline,
  type TimelineLabels,
} from '../../../src/conversation/timeline/format-timeline.ts';
import { summary, timelineOf } from '../../../src/conversation/timeline/timeline.ts';
import type { Json } from '../../../src/nemo/nemo.ts';
import {
  anyState,
  draftOf,
  segment,
  stateWith,
  TITLE,
  track,
  URBAN_DREAMS,
} from '../fixtures/states.ts';

const LABELS: TimelineLabels = {
  timeline: (n) => `Timeline (${n} track${n === 1 ? '' : 's'})`,
  video: 'Video',
  music: 'BGM',
  title: 'Title',
  track: 'Track',
  untitled: 'untitled',
  more: (n) => `+${n} more`,
};
const lineFor = (...tracks: Json[]) => formatTimeline(timelineOf(draftOf(...tracks)), LABELS);

describe('the timeline in one line', () => {
  it('case 50: a draft of three tracks reads exactly as people know it', () => {
    expect(formatTimeline(timelineOf(URBAN_DREAMS), LABELS)).toBe(
      'Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)',
    );
  });

  it('case 51: an unknown kind of track and a missing m get general words', () => {
    expect(lineFor(track(5, { d: 5000 }), { sg: [{ d: 1500, m: null }] })).toBe(
      'Timeline (2 tracks): 1. Track: untitled (0-5s) 2. Track: untitled (0-1.5s)',
    );
  });

  it('names the first of several segments, counts the others and spans them all', () => {
    expect(
      lineFor(track(0, segment('city timelapse', 4), segment('night', 3.25), segment('dawn', 3))),
    ).toBe('Timeline (1 track): 1. Video: city timelapse +2 (0-10.3s)');
  });

  it('shows ten tracks and says how many more there are', () => {
    const tracks = Array.from({ length: 12 }, (_, n) => track(0, segment(`clip ${n}`, 1)));
    expect(lineFor(...tracks)).toMatch(
      /^Timeline \(12 tracks\): 1\. .* 10\. Video: clip 9 \(0-1s\) \+2 more$/,
    );
  });

  it('shortens a name that is a whole prompt, without cutting an emoji in two', () => {
    const line = lineFor(track(0, segment('👨‍👩‍👧'.repeat(300), 1)));
    expect(line).toBe(`Timeline (1 track): 1. Video: ${'👨‍👩‍👧'.repeat(60)}… (0-1s)`);
  });

  it('takes the colon of the language', () => {
    expect(
      formatTimeline(timelineOf(draftOf(TITLE)), {
        ...LABELS,
        timeline: (n) => `时间线（${n} 条轨道）`,
        title: '标题',
        colon: '：',
      }),
    ).toBe('时间线（1 条轨道）：1. 标题："Urban Dreams" (0-3s)');
  });

  it('leaves out a range that is not known', () => {
    expect(lineFor(track(7, { m: { text: 'no length' } }))).toBe(
      'Timeline (1 track): 1. Title: "no length"',
    );
  });
});

describe('timelineOf', () => {
  it('is empty without a state, and not ready for export', () => {
    expect(timelineOf(undefined)).toEqual({ tracks: [], ready: false });
    expect(timelineOf(stateWith({}))).toMatchObject({ tracks: [], ready: false });
  });

  it('is not ready while all tracks are without segments', () => {
    expect(timelineOf(draftOf(track(0), track(1)))).toMatchObject({ tracks: [], ready: false });
  });

  it('is ready as soon as one track has a segment, whatever that is', () => {
    expect(timelineOf(draftOf(track(0), track(9, null))).ready).toBe(true);
  });

  it('places segments by their start, else one after the other', () => {
    const [video] = timelineOf(
      draftOf(track(0, segment('a', 2), segment('b', 2, { st: 5000 }), segment('c', 1))),
    ).tracks;
    expect(video?.segments.map(({ start, end }) => [start, end])).toEqual([
      [0, 2],
      [5, 7],
      [7, 8],
    ]);
  });

  it('reads numbers that are text or kept to the digit', () => {
    const state = stateWith({
      draft: {
        t: [{ tt: '0', sg: [{ d: { rawJSON: '10000' }, m: { title: 'x', volume: '35' } }] }],
        d: '12000',
      },
    });
    const timeline = timelineOf(state);
    expect(timeline).toMatchObject({
      seconds: 12,
      tracks: [{ kind: 'video', segments: [{ end: 10, volume: 35 }] }],
    });
  });

  it.each([
    [0.35, 35],
    [1, 100],
    [0, 0],
    [80, 80],
    [101, undefined],
    [-3, undefined],
    ['loud', undefined],
  ])('reads volume %j as %j percent', (volume, percent) => {
    expect(
      timelineOf(draftOf(track(1, { d: 1, m: { volume } }))).tracks[0]?.segments[0]?.volume,
    ).toBe(percent);
  });

  it('takes the name from the segment first, then from the track', () => {
    const names = (json: Json) =>
      timelineOf(draftOf(json)).tracks[0]?.segments.map((it) => it.name);
    expect(
      names({
        tt: 0,
        m: { name: 'track' },
        sg: [{ d: 1, name: 'own' }, { d: 1, m: { filename: 'a.mp4' } }, { d: 1 }],
      }),
    ).toEqual(['own', 'a.mp4', 'track']);
  });

  it('a title is what it says', () => {
    expect(
      timelineOf(draftOf(track(7, { d: 1, m: { title: 'Title 1', text: 'Hello\n world' } })))
        .tracks[0]?.segments[0]?.name,
    ).toBe('Hello world');
  });

  it.each([
    [{ width: 1080, height: 1920 }, '9:16'],
    [{ width: 1366, height: 768 }, '16:9'],
    [{ aspect_ratio: '1:1' }, '1:1'],
    [{ width: 1000, height: 333 }, '1000:333'],
  ])('understands the canvas %j as %s', (canvas, ratio) => {
    expect(timelineOf(stateWith({ canvas })).canvas?.ratio).toBe(ratio);
  });

  it('reads a draft that is JSON inside a string, and ignores other strings', () => {
    expect(
      timelineOf(stateWith({ draft: JSON.stringify(URBAN_DREAMS.draft) })).tracks,
    ).toHaveLength(3);
    expect(timelineOf(stateWith({ draft: 'soon' })).tracks).toEqual([]);
  });

  it('never throws, whatever the state is, and its times make sense', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const timeline = timelineOf(state);
        formatTimeline(timeline, LABELS);
        for (const line of summary(timeline).lines)
          expect(line.end).toBeGreaterThanOrEqual(line.start);
        expect(timeline.ready).toBe(timeline.tracks.length > 0);
      }),
    );
  });
});

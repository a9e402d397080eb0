import { describe, expect, it } from 'vitest';
import {
  formatTimeline,
  type TimelineLabels,
  timelineText,
} from '../../../src/conversation/timeline/format-timeline.ts';
import type { Json } from '../../../src/nemo/nemo.ts';
import { sessionStateOf } from '../../../src/nemo/session-state.ts';
import { draftOf, segment, TITLE, track, URBAN_DREAMS } from '../fixtures/states.ts';

const LABELS: TimelineLabels = {
  timeline: (n) => `Timeline (${n} track${n === 1 ? '' : 's'})`,
  video: 'Video',
  music: 'BGM',
  title: 'Title',
  track: 'Track',
  untitled: 'untitled',
  more: (n) => `+${n} more`,
};
const timelineOf = (state: typeof URBAN_DREAMS) => sessionStateOf(state).timeline;
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

describe('what there is to say of a timeline', () => {
  const words = { timelineLabels: LABELS, timelineUnreadable: 'I cannot read it.' };

  it('is nothing where there is none, or none with anything on it', () => {
    expect(timelineText({ form: 'none' }, words)).toBeUndefined();
    expect(timelineText({ form: 'known', tracks: [] }, words)).toBeUndefined();
  });

  it('is that it cannot be read, where its form is not known', () => {
    expect(timelineText({ form: 'unknown' }, words)).toBe('I cannot read it.');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as stored from '../../../src/conversation/timeline/snapshot.ts';
import {
  diffTimelines,
  type TimelineChange,
} from '../../../src/conversation/timeline/timeline-diff.ts';
import type { Json } from '../../../src/nemo/nemo.ts';
import { type StateParts, sessionStateOf } from '../../../src/nemo/session-state.ts';
import { tracksOf } from '../../../src/nemo/timeline.ts';
import {
  anyState,
  CITY,
  draftOf,
  LO_FI,
  segment,
  stateWith,
  TITLE,
  track,
  URBAN_DREAMS,
} from '../fixtures/states.ts';

const snapshotOf = (parts?: StateParts) => stored.snapshotOf(parts && sessionStateOf(parts));
const between = (before: StateParts | undefined, after: StateParts | undefined): TimelineChange[] =>
  diffTimelines(snapshotOf(before), snapshotOf(after));
const video = (...names: string[]): Json => track(0, ...names.map((name) => segment(name, 2)));

describe('diffTimelines', () => {
  it('case 27: a title track that was added is named with its timing', () => {
    const hello = track(7, { d: 3000, m: { text: 'Hello' } });
    expect(between(draftOf(CITY, LO_FI), draftOf(CITY, LO_FI, hello))).toEqual([
      {
        type: 'added',
        what: 'track',
        kind: 'title',
        name: 'Hello',
        others: 0,
        start: 0,
        end: 3,
        volume: undefined,
      },
    ]);
  });

  it('case 78: only what changed against the newer baseline is reported', () => {
    const editedOnTheWeb = draftOf(CITY, LO_FI);
    expect(
      between(
        editedOnTheWeb,
        draftOf(CITY, track(1, { d: 10000, m: { title: 'Lo-fi', volume: 0.2 } })),
      ),
    ).toEqual([
      { type: 'volume', kind: 'music', name: 'Lo-fi', start: 0, end: 10, before: 35, after: 20 },
    ]);
  });

  it('a removed track is named', () => {
    expect(between(URBAN_DREAMS, draftOf(CITY, TITLE))).toMatchObject([
      { type: 'removed', what: 'track', kind: 'music', name: 'Lo-fi' },
    ]);
  });

  it('another text in the same place is a new name, not an addition and a removal', () => {
    const after = draftOf(CITY, LO_FI, track(7, { d: 3000, m: { text: 'Night Lights' } }));
    expect(between(URBAN_DREAMS, after)).toEqual([
      {
        type: 'renamed',
        kind: 'title',
        name: 'Night Lights',
        start: 0,
        end: 3,
        before: 'Urban Dreams',
        after: 'Night Lights',
      },
    ]);
  });

  it('a longer title has new times', () => {
    const after = draftOf(
      CITY,
      LO_FI,
      track(7, { st: 1000, d: 4000, m: { text: 'Urban Dreams' } }),
    );
    expect(between(URBAN_DREAMS, after)).toMatchObject([
      { type: 'timing', before: { start: 0, end: 3 }, after: { start: 1, end: 5 } },
    ]);
  });

  it('a scene that was cut out is the only change of its track', () => {
    expect(between(draftOf(video('a', 'b', 'c')), draftOf(video('a', 'c')))).toMatchObject([
      { type: 'removed', what: 'segment', kind: 'video', name: 'b', start: 2, end: 4 },
    ]);
  });

  it('a scene that was put in front is an addition, not a row of new names', () => {
    expect(between(draftOf(video('a', 'b')), draftOf(video('intro', 'a', 'b')))).toMatchObject([
      { type: 'added', what: 'segment', name: 'intro', start: 0, end: 2 },
    ]);
  });

  it('a longer scene does not report that the later ones moved along', () => {
    const after = draftOf(track(0, segment('a', 5), segment('b', 2), segment('c', 2)));
    expect(between(draftOf(video('a', 'b', 'c')), after)).toMatchObject([
      { type: 'timing', name: 'a', before: { end: 2 }, after: { end: 5 } },
    ]);
  });

  it('another sequence of the same scenes is one change of order', () => {
    expect(between(draftOf(video('a', 'b', 'c')), draftOf(video('c', 'a', 'b')))).toEqual([
      { type: 'order', kind: 'video', before: ['a', 'b', 'c'], after: ['c', 'a', 'b'] },
    ]);
  });

  it('a new canvas and a new length are told before and after', () => {
    const after = stateWith({
      draft: { t: [CITY, LO_FI, TITLE], d: 20000, m: { title: 'Urban Dreams' } },
      canvas: { width: 1080, height: 1920 },
    });
    expect(between(URBAN_DREAMS, after)).toEqual([
      {
        type: 'canvas',
        before: { width: 1920, height: 1080, ratio: '16:9' },
        after: { width: 1080, height: 1920, ratio: '9:16' },
      },
      { type: 'length', before: 10, after: 20 },
    ]);
  });

  it('new media are named, each as often as it came', () => {
    const state = (...videoInfos: Json[]) => stateWith({ videoInfos });
    expect(between(state('a.png'), state('a.png', 'a.png', 'b.png'))).toEqual([
      { type: 'media-added', name: 'a.png' },
      { type: 'media-added', name: 'b.png' },
    ]);
    expect(between(state('a.png'), state())).toEqual([{ type: 'media-removed', name: 'a.png' }]);
  });

  it('the first cut adds its tracks and gets a length', () => {
    expect(between(undefined, URBAN_DREAMS).map((change) => change.type)).toEqual([
      'added',
      'added',
      'added',
      'length',
    ]);
  });

  it('what nobody can see is no change, although the fingerprint differs', () => {
    const touched = stateWith({
      ...URBAN_DREAMS,
      draft: { ...(URBAN_DREAMS.draft as object), rev: 2 },
    });
    expect(snapshotOf(touched).fingerprint).not.toBe(snapshotOf(URBAN_DREAMS).fingerprint);
    expect(between(URBAN_DREAMS, touched)).toEqual([]);
  });

  describe('a draft that cannot be read', () => {
    const strange = (rev: number, more: Partial<StateParts> = {}) =>
      stateWith({ draft: { layers: [{ rev }] }, ...more });

    it('has changed when its content has, and nobody can say how', () => {
      expect(between(strange(1), strange(2))).toEqual([{ type: 'unreadable' }]);
      expect(between(strange(1), strange(1))).toEqual([]);
    });

    it('neither adds nor removes what the readable one beside it tells', () => {
      expect(between(URBAN_DREAMS, strange(1))).toEqual([{ type: 'unreadable' }]);
      expect(between(strange(1), URBAN_DREAMS)).toEqual([{ type: 'unreadable' }]);
    });

    it('does not hide what else has changed', () => {
      const before = strange(1, { canvas: { ratio: '16:9' } });
      const after = strange(1, { canvas: { ratio: '9:16' }, videoInfos: ['a.png'] });
      expect(between(before, after).map(({ type }) => type)).toEqual(['canvas', 'media-added']);
    });
  });

  it('finds nothing between a state and itself', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        expect(between(state, state)).toEqual([]);
      }),
    );
  });

  it('finds something whenever a track count or a name differs', () => {
    const names = (state: StateParts) =>
      tracksOf(snapshotOf(state).timeline).map((it) => [
        it.kind,
        it.type,
        ...it.segments.map((s) => s.name),
      ]);
    fc.assert(
      fc.property(anyState, anyState, (before, after) => {
        fc.pre(
          JSON.stringify(names(before).toSorted()) !== JSON.stringify(names(after).toSorted()),
        );
        expect(between(before, after)).not.toEqual([]);
      }),
    );
  });
});

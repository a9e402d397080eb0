import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as stored from '../../../src/conversation/timeline/snapshot.ts';
import type { Json } from '../../../src/nemo/nemo.ts';
import { type StateParts, sessionStateOf } from '../../../src/nemo/session-state.ts';
import { anyState, draftOf, segment, stateWith, track, URBAN_DREAMS } from '../fixtures/states.ts';

const { readSnapshot } = stored;
const snapshotOf = (parts?: StateParts) => stored.snapshotOf(parts && sessionStateOf(parts));

const reversed = (json: Json): Json => {
  if (Array.isArray(json)) return json.map(reversed);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json)
      .reverse()
      .map(([key, value]) => [key, reversed(value)]),
  );
};
const fingerprint = (draft: Json) => snapshotOf(stateWith({ draft })).fingerprint;

describe('snapshotOf', () => {
  it('has one fingerprint for one state, in whatever order its keys come', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        expect(snapshotOf({ ...state, draft: reversed(state.draft) }).fingerprint).toBe(
          snapshotOf(state).fingerprint,
        );
      }),
    );
  });

  it.each(['draft', 'canvas', 'videoInfos', 'generatedMedia'] as const)(
    'sees a change in %s',
    (part) => {
      expect(snapshotOf({ ...URBAN_DREAMS, [part]: { x: 1 } }).fingerprint).not.toBe(
        snapshotOf(URBAN_DREAMS).fingerprint,
      );
    },
  );

  it('sees the last digit of a number kept to the digit, and no change in its spelling', () => {
    expect(fingerprint({ id: { rawJSON: '5529798706024415232' } })).not.toBe(
      fingerprint({ id: { rawJSON: '5529798706024415233' } }),
    );
    expect(fingerprint({ d: { rawJSON: '10000' } })).toBe(fingerprint({ d: 10000 }));
    expect(fingerprint({ d: { rawJSON: '0.350' } })).toBe(fingerprint({ d: 0.35 }));
  });

  it('takes a session without a state for one whose state is empty', () => {
    const empty = stateWith({ draft: {}, videoInfos: [], generatedMedia: [] });
    expect(snapshotOf(empty).fingerprint).toBe(snapshotOf(undefined).fingerprint);
  });

  it('lists media by name, from a list or an object, without the rest of an address', () => {
    const state = stateWith({
      videoInfos: [{ filename: 'cat.png' }, 'clip.mp4', 7, null],
      generatedMedia: { med_1: { url: 'https://cdn.example.com/media/out.mp4?sig=secret' } },
    });
    expect(snapshotOf(state).media).toEqual(['cat.png', 'clip.mp4', 'out.mp4']);
  });

  it('survives being stored as JSON', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const snapshot = snapshotOf(state);
        expect(snapshotOf(state)).toEqual(JSON.parse(JSON.stringify(snapshot)));
        expect(readSnapshot(JSON.stringify(snapshot))).toEqual(snapshot);
      }),
    );
  });

  it('reads what an earlier version stored, before there were forms', () => {
    const { form: _form, ...timeline } = snapshotOf(URBAN_DREAMS).timeline;
    const { draft: _draft, ...rest } = snapshotOf(URBAN_DREAMS);
    const earlier = JSON.stringify({ ...rest, timeline: { ...timeline, ready: true } });
    expect(readSnapshot(earlier)).toEqual({ ...rest, timeline: { ...timeline, form: 'known' } });
    const nothing = { fingerprint: 'f', timeline: { tracks: [], ready: false }, media: [] };
    expect(readSnapshot(JSON.stringify(nothing)).timeline).toEqual({ form: 'known', tracks: [] });
  });

  it.each(['none', 'unknown'])('keeps the form %s', (form) => {
    const text = JSON.stringify({ fingerprint: 'f', draft: 'd', timeline: { form }, media: [] });
    expect(readSnapshot(text).timeline.form).toBe(form);
  });

  it('has the fingerprint that an earlier version stored of the same state', () => {
    expect(snapshotOf(URBAN_DREAMS).fingerprint).toBe(
      'acb993d4195ce18c77cccbf409e6a3f17977c652d433660b18d864a645205527',
    );
    expect(snapshotOf(undefined).fingerprint).toBe(
      'ac8299c6aae77f695d50392367d2316ac901eea5fd2fa016e6ca90e31a4c204e',
    );
  });

  it('stays small, however large the draft is', () => {
    const many = Array.from({ length: 300 }, (_, n) =>
      segment(`${n} ${'long name '.repeat(100)}`, 1),
    );
    const state = draftOf(...Array.from({ length: 100 }, () => track(0, ...many)));
    expect(JSON.stringify(snapshotOf(state)).length).toBeLessThan(500_000);
  });
});

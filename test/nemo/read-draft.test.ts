/** The reader of drafts: JSON with short keys, whichever way it comes wrapped. Markup has a file of its own. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summary } from '../../src/conversation/timeline/summary.ts';
import type { Json } from '../../src/nemo/nemo.ts';
import { EMPTY_STATE, type StateParts, sessionStateOf } from '../../src/nemo/session-state.ts';
import { isExportable, type Timeline, tracksOf } from '../../src/nemo/timeline.ts';
import {
  anyState,
  draftOf,
  segment,
  stateWith,
  track,
  URBAN_DREAMS,
} from '../conversation/fixtures/states.ts';

const timelineOf = (parts: StateParts): Timeline => sessionStateOf(parts).timeline;
const formOf = (draft: Json) => timelineOf(stateWith({ draft })).form;

describe('a draft with short keys', () => {
  it('is empty without a state, and not ready for export', () => {
    expect(EMPTY_STATE.timeline).toEqual({ form: 'none' });
    expect(timelineOf(stateWith({}))).toEqual({ form: 'none' });
    expect(isExportable(EMPTY_STATE.timeline)).toBe(false);
  });

  it('is not ready while all tracks are without segments', () => {
    const timeline = timelineOf(draftOf(track(0), track(1)));
    expect(timeline).toMatchObject({ form: 'known', tracks: [] });
    expect(isExportable(timeline)).toBe(false);
  });

  it('is ready as soon as one track has a segment, whatever that is', () => {
    expect(isExportable(timelineOf(draftOf(track(0), track(9, null))))).toBe(true);
  });

  it('places segments by their start, else one after the other', () => {
    const [video] = tracksOf(
      timelineOf(
        draftOf(track(0, segment('a', 2), segment('b', 2, { st: 5000 }), segment('c', 1))),
      ),
    );
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
    const [music] = tracksOf(timelineOf(draftOf(track(1, { d: 1, m: { volume } }))));
    expect(music?.segments[0]?.volume).toBe(percent);
  });

  it('takes the name from the segment first, then from the track', () => {
    const names = (json: Json) =>
      tracksOf(timelineOf(draftOf(json)))[0]?.segments.map((it) => it.name);
    expect(
      names({
        tt: 0,
        m: { name: 'track' },
        sg: [{ d: 1, name: 'own' }, { d: 1, m: { filename: 'a.mp4' } }, { d: 1 }],
      }),
    ).toEqual(['own', 'a.mp4', 'track']);
  });

  it('a title is what it says', () => {
    const said = track(7, { d: 1, m: { title: 'Title 1', text: 'Hello\n world' } });
    expect(tracksOf(timelineOf(draftOf(said)))[0]?.segments[0]?.name).toBe('Hello world');
  });

  it.each([
    [{ width: 1080, height: 1920 }, '9:16'],
    [{ width: 1366, height: 768 }, '16:9'],
    [{ aspect_ratio: '1:1' }, '1:1'],
    [{ width: 1000, height: 333 }, '1000:333'],
  ])('understands the canvas %j as %s', (canvas, ratio) => {
    expect(timelineOf(stateWith({ canvas })).canvas?.ratio).toBe(ratio);
  });

  it.each([
    ['JSON inside a string', JSON.stringify(URBAN_DREAMS.draft)],
    ['a field of a project', { project: { timeline_draft: URBAN_DREAMS.draft } }],
    ['a field that is a string', { draft: JSON.stringify(URBAN_DREAMS.draft), version: 3 }],
  ])('is read as %s', (_how, draft) => {
    expect(tracksOf(timelineOf(stateWith({ draft })))).toHaveLength(3);
  });

  it('never throws, whatever the state is, and its times make sense', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const timeline = timelineOf(state);
        for (const line of summary(tracksOf(timeline)).lines)
          expect(line.end).toBeGreaterThanOrEqual(line.start);
        const hasSegments = tracksOf(timeline).length > 0;
        expect(isExportable(timeline)).toBe(hasSegments || timeline.form === 'unknown');
      }),
    );
  });

  it('a draft that is cut off anywhere is never taken for no draft at all', () => {
    const text = JSON.stringify(URBAN_DREAMS.draft);
    for (let at = 1; at < text.length; at += 1)
      expect(formOf(text.slice(0, at)), text.slice(0, at)).toBe('unknown');
    expect(formOf(text)).toBe('known');
  });
});

describe('which form a draft has', () => {
  it.each<[string, Json]>([
    ['nothing', null],
    ['an empty object', {}],
    ['an empty list', []],
    ['an empty text', ' \n'],
    ['empty JSON inside a string', '{}'],
    ['another form of nothing', { layers: [], length: 0, meta: { name: '' } }],
    ['a place for a draft with none in it', { main_template: '', project_id: 'p1', version: 0 }],
  ])('none: %s', (_name, draft) => {
    expect(formOf(draft)).toBe('none');
    expect(isExportable(timelineOf(stateWith({ draft })))).toBe(false);
  });

  it.each<[string, Json]>([
    ['a text', 'soon'],
    ['a number', 7],
    ['other keys', { layers: [{ kind: 'clip', from: 0 }] }],
    ['the same key in another sense', { t: [0, 250, 500], v: [1, 0, 1] }],
    ['tracks that hold something, and no segments', { t: [{ kind: 'video', clips: [{ d: 1 }] }] }],
    ['segments that are not a list', { t: [{ tt: 0, sg: { a: { d: 1000 } } }] }],
    ['other markup', '<project><layer id="1"/></project>'],
    ['a list of something', [{ tt: 7 }]],
  ])('unknown: %s', (_name, draft) => {
    expect(formOf(draft)).toBe('unknown');
    expect(isExportable(timelineOf(stateWith({ draft })))).toBe(true);
  });

  it('the canvas beside a draft is known, whatever the draft is', () => {
    const canvas = { width: 1080, height: 1920 };
    for (const draft of [null, 'soon', URBAN_DREAMS.draft])
      expect(timelineOf(stateWith({ draft, canvas })).canvas?.ratio).toBe('9:16');
  });
});

describe('what the render is given', () => {
  const forRender = (draft: Json) => sessionStateOf(stateWith({ draft })).draft;

  it.each<[string, Json]>([
    ['an object', URBAN_DREAMS.draft],
    ['an object of another form', { layers: [{ kind: 'clip' }] }],
    ['an object around JSON inside a string', { draft: JSON.stringify(URBAN_DREAMS.draft) }],
    ['another form inside a string', JSON.stringify({ layers: [{ kind: 'clip' }] })],
    ['a text', 'soon'],
  ])('is the draft as it came: %s', (_name, draft) => {
    expect(forRender(draft)).toBe(draft);
  });

  it('is an object where the short keys came inside a string', () => {
    expect(forRender(JSON.stringify(URBAN_DREAMS.draft))).toEqual(URBAN_DREAMS.draft);
  });
});

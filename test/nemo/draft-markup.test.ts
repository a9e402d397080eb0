/** The draft as markup, read leniently and never executed, and its pieces. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDraftMarkup } from '../../src/nemo/draft-markup.ts';
import { markupPieces } from '../../src/nemo/markup.ts';
import type { Json } from '../../src/nemo/nemo.ts';
import { sessionStateOf } from '../../src/nemo/session-state.ts';
import { isExportable, type Timeline, tracksOf } from '../../src/nemo/timeline.ts';
import { stateWith } from '../conversation/fixtures/states.ts';
import { markupClip, markupDraft, markupOf, markupTitle } from '../doubles/nemo/samples.ts';

const timelineOf = (draft: Json): Timeline => sessionStateOf(stateWith({ draft })).timeline;
const track = (content: string, attributes = 'id="a" type="video"') =>
  tracksOf(timelineOf(markupOf(`<track ${attributes}>${content}</track>`)))[0];

const URBAN_DREAMS = {
  form: 'known',
  seconds: 10,
  canvas: { width: 1080, height: 1920, ratio: '9:16' },
  tracks: [
    {
      kind: 'video',
      type: 'video',
      segments: [{ name: 'city timelapse.mp4', start: 0, end: 10 }],
    },
    {
      kind: 'music',
      type: 'bgm',
      segments: [{ name: 'lo-fi.mp3', start: 0, end: 10, volume: 35 }],
    },
    { kind: 'title', type: 'text', segments: [{ name: 'Urban Dreams', start: 0, end: 3 }] },
  ],
};

describe('a draft in markup', () => {
  it.each<[string, Json]>([
    ['a string', markupDraft],
    ['JSON inside a string', JSON.stringify(markupDraft)],
    ['a field of an object', { main_template: markupDraft, version: 3 }],
    ['a field of an object inside a string', JSON.stringify({ main_template: markupDraft })],
    ['a document with a prologue', `\ufeff<?xml version="1.0"?>\n<!DOCTYPE draft>\n${markupDraft}`],
    [
      'capital letters',
      markupDraft.replaceAll(/<\/?(?:draft|track|clip)/g, (it) => it.toUpperCase()),
    ],
  ])('is read as %s', (_how, draft) => {
    expect(timelineOf(draft)).toEqual(URBAN_DREAMS);
  });

  it('is not ready without a clip, and ready with one', () => {
    const empty = timelineOf(markupOf('<track id="a" type="video"></track>'));
    expect(empty).toMatchObject({ form: 'known', tracks: [] });
    expect(isExportable(empty)).toBe(false);
    expect(isExportable(timelineOf('<draft><track id="a"><clip id="c"/></track></draft>'))).toBe(
      true,
    );
    expect(isExportable(timelineOf('<draft/>'))).toBe(false);
  });

  it.each([
    ['video', 'video'],
    ['image', 'video'],
    ['text', 'title'],
    ['audio', 'music'],
    ['bgm', 'music'],
    ['voice', 'other'],
    ['sfx', 'other'],
    ['graphics', 'other'],
    ['effect', 'other'],
    ['hologram', 'other'],
  ])('a track of the type %s is one of the kind %s', (type, kind) => {
    expect(track('<clip in="0" out="1"/>', `id="a" type="${type}"`)?.kind).toBe(kind);
  });

  it.each([
    ['its id', 'id="text"', '<clip/>', 'title'],
    ['a picture in it', 'id="a"', '<clip><img src="asset://image/x"/></clip>', 'video'],
    ['a sound in it', 'id="a"', '<clip><audio src="asset://audio/x"/></clip>', 'music'],
    ['its words', 'id="a"', '<clip><div>Hello</div></clip>', 'title'],
    ['nothing', 'id="a"', '<clip/>', 'other'],
  ])('a track without a type is told by %s', (_by, attributes, content, kind) => {
    expect(track(content, attributes)?.kind).toBe(kind);
  });

  it('a film in a clip may have a track of HTML in it', () => {
    const film =
      '<video src="asset://video/a.mp4"><track kind="captions" src="b.vtt"></track></video>';
    const found = track(`<clip in="0" out="1000">${film}</clip><clip in="1000" out="2000"/>`);
    expect(found?.segments).toHaveLength(2);
  });

  it('code and data are not looked into', () => {
    const code = `<script>if (a<clip.length) "</clip>"; x = '<track><clip>'</script>`;
    const data = '<data type="json">{"a":"<clip id=1>"}</data>';
    const render = '<render lang="jsx">{() => <clip><track/></clip>}</render>';
    const found = track(`<clip in="0" out="1000">${code}${data}${render}<b>Words</b></clip>`);
    expect(found?.segments).toEqual([{ name: 'Words', start: 0, end: 1 }]);
  });

  it('times that are missing or make no sense follow from what stands before', () => {
    const found = track('<clip out="2000"/><clip in="x" duration="500"/><clip in="9000" out="1"/>');
    expect(found?.segments.map(({ start, end }) => [start, end])).toEqual([
      [0, 2],
      [2, 2.5],
      [9, 9],
    ]);
  });

  it.each([
    [
      'given on the clip',
      '<clip name="Opening"><img src="asset://image/a.png" alt="b"/></clip>',
      'Opening',
    ],
    [
      'described on the medium',
      '<clip><img src="asset://image/a.png" alt="A cat"/></clip>',
      'A cat',
    ],
    ['of the file', '<clip><img src="asset://image/%e7%8c%ab.png?x=1"/></clip>', '猫.png'],
    [
      'of a file whose escapes are broken',
      '<clip><img src="asset://image/%e7%8c"/></clip>',
      '%e7%8c',
    ],
    ['left out where an expression makes it', '<clip><img src="{photo}"/></clip>', undefined],
    ['its words', '<clip><p>One &amp; two</p><p>three&#33;</p></clip>', 'One & two three!'],
    ['its words without expressions', '<clip>Hello {name}, {{x}}</clip>', 'Hello , {}'],
  ])('a name is %s', (_where, clip, name) => {
    expect(track(clip)?.segments[0]?.name).toBe(name);
  });

  it('expands nothing that the document itself declares', () => {
    const bomb = '<!DOCTYPE draft [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>';
    const timeline = timelineOf(`${bomb}${markupOf(markupClip, markupTitle('&b;&b;'))}`);
    expect(tracksOf(timeline)[1]?.segments[0]?.name).toBe('&b;&b;');
  });

  it('one that is cut off anywhere tells what is there, and is never taken for none', () => {
    const whole = tracksOf(timelineOf(markupDraft));
    for (let at = 1; at < markupDraft.length; at += 1) {
      const timeline = timelineOf(markupDraft.slice(0, at));
      expect(timeline.form, `${at}`).toBe(at < markupDraft.indexOf('>') + 1 ? 'unknown' : 'known');
      const kinds = tracksOf(timeline).map(({ kind }) => kind);
      expect(whole.map(({ kind }) => kind).slice(0, kinds.length)).toEqual(kinds);
    }
  });

  it('garbage is read without an error, alone and in the midst of a draft', () => {
    const scrap = fc.constantFrom(
      ...['<draft', '<track ', '<clip in="0"', '/>', '>', '</clip>', '</track>', '</draft>'],
      ...[
        '"',
        "'",
        '=',
        '<!--',
        '-->',
        '<![CDATA[',
        '<script>',
        '</script>',
        '&#1114112;',
        '&#xd800;',
      ],
      ...['{', '}', 'out=', ' ', '\n', 'words', '\ud83c', '猫'],
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(scrap).map((it) => it.join('')),
    );
    fc.assert(
      fc.property(text, fc.nat(), (garbage, n) => {
        const at = n % markupDraft.length;
        readDraftMarkup(garbage);
        const timeline = timelineOf(markupDraft.slice(0, at) + garbage + markupDraft.slice(at));
        for (const { start, end } of tracksOf(timeline).flatMap(({ segments }) => segments))
          expect(end).toBeGreaterThanOrEqual(start);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('pieces of markup', () => {
  const names = (text: string) =>
    [...markupPieces(text)].map((piece) =>
      piece.type === 'text' ? piece.text : `${piece.type} ${piece.name}`,
    );
  const attributes = (text: string) => {
    const [first] = markupPieces(text);
    return first?.type === 'open' ? Object.fromEntries(first.attributes) : undefined;
  };

  it.each([
    ['a<b>c</b>', ['a', 'open b', 'c', 'close b']],
    ['1 < 2 <3', ['1 ', '<', ' 2 ', '<', '3']],
    ['<a <b>', ['open a', 'open b']],
    ['a<!-- <b> -->c<!-- d', ['a', 'c']],
    ['<b x="', []],
    ['<script>a<b</SCRIPT >c', ['open script', 'close script', 'c']],
  ])('%j', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it('attributes in every spelling, the first of two equal ones', () => {
    expect(
      attributes(`<a b="1>2" c='"' d=4 e *if="f" :g="h &lt; 1" = b="2" __proto__="x"/>`),
    ).toEqual(
      JSON.parse('{"b":"1>2","c":"\\"","d":"4","e":"","*if":"f",":g":"h < 1","__proto__":"x"}'),
    );
  });
});

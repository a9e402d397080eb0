import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AgentEvent } from '../../src/nemo/agent-event.ts';
import { readFrame } from '../../src/nemo/agent-frame.ts';
import {
  assemble,
  committed,
  emptyAssembly,
  endOfStream,
  MAX_TEXT,
  preview,
} from '../../src/nemo/text-assembly.ts';

const whole = (text: string, source = 'a'): AgentEvent => ({
  type: 'text',
  source,
  text,
  partial: false,
  final: true,
});
const piece = (text: string, source = 'a'): AgentEvent => ({
  type: 'text',
  source,
  text,
  partial: true,
  final: false,
});
const flush = (source = 'a'): AgentEvent => ({ type: 'flush', source });

const state = (...events: AgentEvent[]) => events.reduce(assemble, emptyAssembly);
const said = (...events: AgentEvent[]) => committed(endOfStream(state(...events)));

describe('each text once', () => {
  test('case 11: pieces, then the whole', () => {
    expect(said(piece('I will '), piece('do it.'), whole('I will do it.'))).toEqual([
      'I will do it.',
    ]);
  });

  test('case 12: the whole is lost', () => {
    expect(said(piece('I will '), piece('do it.'))).toEqual(['I will do it.']);
  });

  test('case 13: pieces, a tool call, then the whole after all', () => {
    expect(said(piece('Do'), piece('ing.'), flush(), flush(), whole('Doing.'))).toEqual(['Doing.']);
  });

  test('but only once: the same said again is said again', () => {
    expect(said(piece('Go.'), flush(), whole('Go.'), whole('Go.'))).toEqual(['Go.', 'Go.']);
    expect(said(piece('Go.'), flush(), piece('Go.'), whole('Go.'))).toEqual(['Go.', 'Go.']);
  });

  test('case 14: two equal messages are two messages', () => {
    expect(said(whole('Done.'), whole('Done.'))).toEqual(['Done.', 'Done.']);
  });

  test('a whole that differs from the pieces replaces them', () => {
    expect(said(piece('Teh'), whole('The'))).toEqual(['The']);
  });

  test('sources are kept apart', () => {
    expect(said(piece('A', 'a'), piece('B', 'b'), whole('A1', 'a'))).toEqual(['A1', 'B']);
    expect(said(piece('x', 'a'), flush('a'), whole('x', 'b'))).toEqual(['x', 'x']);
  });
});

const frames = (...list: object[]) =>
  said(...list.flatMap((frame) => readFrame(JSON.stringify(frame)) ?? []));
const adk = (parts: object[], extra: object = {}) => ({
  author: 'a',
  content: { role: 'model', parts },
  ...extra,
});
const call = { functionCall: { id: 'c', name: 'edit' } };

describe('whole streams', () => {
  test('case 90: an event split in two with one id', () => {
    expect(
      frames(adk([{ text: 'Hi' }], { id: '1' }), { author: 'a', id: '1', actions: {} }),
    ).toEqual(['Hi']);
  });

  test('case 91: progressive: one whole of words, call and words', () => {
    const partial = { partial: true };
    expect(
      frames(
        adk([{ text: 'First. ' }], partial),
        adk([call], partial),
        adk([{ text: 'Then.' }], partial),
        adk([{ text: 'First. ' }, call, { text: 'Then.' }]),
      ),
    ).toEqual(['First. Then.']);
  });

  test('case 13: pieces, the call as an event of its own, the whole', () => {
    expect(
      frames(
        adk([{ text: 'Adding.' }], { partial: true }),
        adk([call]),
        {
          author: 'a',
          content: { role: 'user', parts: [{ functionResponse: { id: 'c', name: 'edit' } }] },
        },
        adk([{ text: 'Adding.' }]),
      ),
    ).toEqual(['Adding.']);
  });
});

test('what is being said can be shown before it is complete', () => {
  const now = state(whole('Earlier.'), piece('No'), piece('w'));
  expect(preview(now)).toBe('Now');
  expect(committed(now)).toEqual(['Earlier.']);
});

describe('bounds', () => {
  test('a flood of text is cut, between characters, and said to be', () => {
    const flooded = state(whole('x'.repeat(MAX_TEXT - 1)), whole('😀'), whole('more'));
    expect(flooded.truncated).toBe(true);
    expect(committed(flooded).join('').length).toBeLessThanOrEqual(MAX_TEXT);
    expect(committed(flooded).join('').isWellFormed()).toBe(true);
  });

  test('a flood of messages ends', () => {
    const flooded = state(...Array.from({ length: 2000 }, () => whole('x')));
    expect(flooded.truncated).toBe(true);
    expect(committed(flooded).length).toBeLessThan(2000);
  });
});

const anyEvent = fc.oneof(
  fc.tuple(fc.constantFrom('x', 'y', 'xy'), fc.constantFrom('a', 'b')).map(([t, s]) => piece(t, s)),
  fc.tuple(fc.constantFrom('x', 'y', 'xy'), fc.constantFrom('a', 'b')).map(([t, s]) => whole(t, s)),
  fc.constantFrom(
    flush('a'),
    flush('b'),
    { type: 'heartbeat' } as const,
    { type: 'changed' } as const,
  ),
);

test('however a stream is made, its whole messages are all there unless their pieces just were', () => {
  fc.assert(
    fc.property(fc.array(anyEvent), (events) => {
      const texts = said(...events);
      const wholes = events.filter((event) => event.type === 'text' && !event.partial);
      const flushes = events.filter((event) => event.type === 'flush').length;
      expect(texts.length).toBeGreaterThanOrEqual(wholes.length - flushes);
      expect(endOfStream(endOfStream(state(...events)))).toEqual(endOfStream(state(...events)));
    }),
  );
});

test('a message given in any pieces and then whole is said once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 1 }), { minLength: 1 }),
      fc.boolean(),
      (cuts, flushed) => {
        const text = cuts.join('');
        const events = [
          ...cuts.map((cut) => piece(cut)),
          ...(flushed ? [flush()] : []),
          whole(text),
        ];
        expect(said(...events)).toEqual([text]);
      },
    ),
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeOf, field, idField, openEnvelope } from '../../src/nemo/envelope.ts';
import { parseExact } from '../../src/nemo/exact-json.ts';

const opened = (body: unknown) => {
  const envelope = openEnvelope(body);
  if ('refusal' in envelope) throw new Error('refused');
  return envelope.opened;
};

test('a field is found in every envelope, whatever it holds', () => {
  fc.assert(
    fc.property(
      fc.jsonValue().filter((v) => v !== null),
      (value) => {
        const data = { wanted: value };
        for (const body of [
          { code: 0, data },
          { code: '0', data },
          { success: true, data },
          data,
        ]) {
          expect(field(opened(body), 'wanted')).toEqual(value);
        }
      },
    ),
  );
});

test('no JSON value at all makes it throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      openEnvelope(value);
    }),
  );
});

describe('refusals', () => {
  test.each([
    [{ code: 1001, message: 'a' }, 1001, 'a'],
    [{ code: '1001', msg: 'a' }, 1001, 'a'],
    [{ success: false, error: 'duplicate id' }, undefined, 'duplicate id'],
    [{ code: 2001, detail: 'spent', data: null }, 2001, 'spent'],
    [{ code: 5, error: { message: 'inner' } }, 5, 'inner'],
    [{ code: 5 }, 5, ''],
  ])('%j', (body, code, message) => {
    expect(openEnvelope(body)).toEqual({ refusal: { code, message } });
  });
});

test('what is inside wins over what is outside, and outside is looked at too', () => {
  const reply = opened({ code: 0, token: 'outer', extra: 1, data: { token: 'inner' } });
  expect(field(reply, 'token')).toBe('inner');
  expect(field(reply, 'extra')).toBe(1);
});

test('an id that came as a number keeps its digits', () => {
  const body = parseExact('{"code":0,"data":{"session_id":5529798706024415232}}');
  expect(idField(opened(body), 'session_id')).toBe('5529798706024415232');
});

test('only whole numbers count as codes', () => {
  expect([codeOf(1), codeOf('12'), codeOf('OK'), codeOf(''), codeOf(1.5), codeOf(null)]).toEqual([
    1,
    12,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

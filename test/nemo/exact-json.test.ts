import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactDigits, parseExact, stringifyExact } from '../../src/nemo/exact-json.ts';

const numberText = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.bigInt({ min: 0n, max: 10n ** 25n }).map(String),
    fc.option(fc.stringMatching(/^[0-9]{1,20}$/), { nil: undefined }),
    fc.option(fc.stringMatching(/^[eE][+-]?[0-9]{1,2}$/), { nil: undefined }),
  )
  .map(([sign, whole, part, power]) => `${sign}${whole}${part ? `.${part}` : ''}${power ?? ''}`);

const jsonText: fc.Arbitrary<string> = fc
  .letrec<{ value: string }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      numberText,
      fc.constantFrom('true', 'false', 'null'),
      fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
      fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
      fc.dictionary(fc.stringMatching(/^[a-z_]{1,6}$/), tie('value'), { maxKeys: 4 }).map(
        (d) =>
          `{${Object.entries(d)
            .map(([k, v]) => `${JSON.stringify(k)}:${v}`)
            .join(',')}}`,
      ),
    ),
  }))
  .value.map((text) => `{"draft":${text}}`);

test('any JSON comes back as the same text, every digit kept', () => {
  fc.assert(
    fc.property(jsonText, (text) => {
      expect(stringifyExact(parseExact(text))).toBe(text);
    }),
  );
});

test('readers see ordinary numbers', () => {
  expect(parseExact('{"d":1.0,"t":[1e3]}')).toEqual({ d: 1, t: [1000] });
});

test('a number that was changed is written as what it is now', () => {
  const value = parseExact('{"d":1.0}') as { d: number };
  value.d = 2;
  expect(stringifyExact(value)).toBe('{"d":2}');
});

test('an id beyond 2^53 gives all its digits', () => {
  const value = parseExact('{"session_id":5529798706024415232,"n":7,"s":"x"}') as object;
  expect(exactDigits(value, 'session_id')).toBe('5529798706024415232');
  expect(exactDigits(value, 'n')).toBe('7');
  expect(exactDigits(value, 's')).toBeUndefined();
});

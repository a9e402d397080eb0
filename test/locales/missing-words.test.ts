/** A language that lacks a word does not compile. The claims are types: `npm run typecheck` is what checks them. */
import { expect, expectTypeOf, test } from 'vitest';
import { es } from '../../src/locales/es/locale.ts';
import type { Locale, Words } from '../../src/locales/locale.ts';

type Optional<T> = {
  [K in keyof T & string]-?: object extends Pick<T, K> ? K : never;
}[keyof T & string];

test('no field of a language is optional, and no word of it', () => {
  expectTypeOf<Optional<Locale>>().toBeNever();
  expectTypeOf<Optional<Words>>().toBeNever();
  expectTypeOf<Optional<Locale['slack']>>().toBeNever();
  expectTypeOf<Optional<Locale['discord']>>().toBeNever();
  expectTypeOf<Optional<Locale['page']>>().toBeNever();
  expectTypeOf<Optional<Locale['signIn']>>().toBeNever();
});

test('one word less, and it is no language', () => {
  const { retryNothing: _word, ...words } = es.words;
  // @ts-expect-error a word is missing
  const lacking: Locale = { ...es, words };
  const { newVideo: _label, ...page } = es.page;
  // @ts-expect-error a label of the page is missing
  const without: Locale = { ...es, page };
  expect([lacking.code, without.code]).toEqual(['es', 'es']);
});

/** Whatever goes wrong is told in the language of the request. A new locale joins by standing in `LOCALES`. */
import { describe, expect, test } from 'vitest';
import type { Locale } from '../../../src/locales/locale.ts';
import { FALLBACK, LOCALES } from '../../../src/locales/locales.ts';
import type { House } from '../../doubles/house.ts';
import { ok, refused } from '../../doubles/nemo/answers.ts';
import { frame, say, toolCall } from '../../doubles/nemo/steps.ts';
import { expectNoEnglish } from './no-english.ts';
import { open, texts } from './support.ts';

/** Sentences of the language: the examples that its own catalogue gives people to try. */
function examplesOf({ words }: Locale): readonly [string, string] {
  const [first, second] = Object.values(words.profiles).flatMap(({ examples }) => examples);
  if (!first || !second) throw new Error('a locale gives at least two examples');
  return [first, second];
}

/** With a wish that the service cannot fulfil, where there is a sentence for it; else the locale's own example. */
const REQUESTS: Readonly<Record<string, string>> = {
  zh: '做一个关于茶山的短片，用一下 YouTube 的音乐',
  es: 'Haz un video de dos minutos sobre el té con música de',
};

/** As the agent says it in the language, where that is known; else in English, which is taken out as well. */
const ISSUES: Readonly<Record<string, string>> = {
  zh: '遇到临时问题，请稍后再试。',
  es: 'Se ha producido un problema temporal.',
};

const TROUBLE: readonly (readonly [string, (house: House, locale: Locale) => void])[] = [
  ['no answer', ({ nemo }) => nemo.script({ heartbeat: true })],
  ['a lost stream', ({ nemo }) => nemo.script(toolCall('edit_multitrack', 'e'), { drop: true })],
  [
    'a temporary issue',
    ({ nemo }, { code }) => nemo.script(say(ISSUES[code] ?? 'I encountered a temporary issue.')),
  ],
  ['an error', ({ nemo }) => nemo.script({ event: { error: 'boom' } })],
  ['a refusal', ({ nemo }) => nemo.script(frame([], { content: undefined, errorCode: 'SAFETY' }))],
  ['no credits', ({ nemo }) => nemo.on('run_sse', refused(402, 2001, 'credits'))],
  ['an expired token', ({ nemo }) => nemo.on('run_sse', refused(401, 1001, 'expired'))],
  ['a lost session', ({ nemo }) => nemo.on('run_sse', refused(404, 1002, 'lost'))],
  ['a busy backend', ({ nemo }) => nemo.on('run_sse', refused(429, 429, 'busy'))],
  ['a refused request', ({ nemo }) => nemo.on('run_sse', refused(422, 422, 'invalid'))],
  [
    'a failing backend',
    ({ nemo }) => nemo.on('session', { status: 500, text: '<html>oops</html>' }),
  ],
  [
    'a failed upload',
    ({ nemo }, locale) => {
      nemo.on('upload', ok({ files: [] }));
      nemo.script(say(examplesOf(locale)[1]));
    },
  ],
];

const others = LOCALES.filter((locale) => locale !== FALLBACK);

describe.each(others.map((locale) => [locale.code, locale] as const))('in %s', (code, locale) => {
  test.each(TROUBLE)('%s', async (_what, breakIt) => {
    for (const anonymous of [false, true]) {
      const house = await open({ anonymous });
      breakIt(house, locale);
      const request = REQUESTS[code] ?? examplesOf(locale)[0];
      await house.room.write(`${request} https://youtu.be/abc`, {
        files: [{ name: 'cup.png', bytes: Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1') }],
      });
      await house.idle();
      expect(texts(house).length).toBeGreaterThan(0);
      expectNoEnglish(house, locale);
    }
  });
});

test('what stands for the words of a request is of its language', () => {
  for (const locale of others)
    expect(examplesOf(locale).join()).not.toBe(examplesOf(FALLBACK).join());
});

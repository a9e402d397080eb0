/** The catalogues: none empty, none too long for its place, and nothing in a language that is not its own. */
import { describe, expect, test } from 'vitest';
import { PROFILE_NAMES } from '../../src/conversation/skill-profile.ts';
import { en } from '../../src/locales/en/locale.ts';
import type { Locale } from '../../src/locales/locale.ts';
import { LOCALES, localeFor } from '../../src/locales/locales.ts';
import { paths, strings } from './entries.ts';

/** Slack takes 75 characters on a button, Discord 80; people read fewer. */
const BUTTON = 40;

const TABLE = LOCALES.map((locale) => [locale.code, locale] as const);

test.each([
  ['zh-CN', 'zh'],
  ['zh-TW', 'zh'],
  ['zh', 'zh'],
  ['zh_CN', 'zh'],
  ['es-ES', 'es'],
  ['es-419', 'es'],
  ['es-LA', 'es'],
  ['es_MX', 'es'],
  ['est', 'en'],
  ['en-US', 'en'],
  ['ja', 'en'],
  ['zha', 'en'],
  ['', 'en'],
  ['tlh-Latn', 'en'],
  [undefined, 'en'],
])('a client or a stored project in %s is answered in %s', (tag, code) => {
  expect(localeFor(tag).code).toBe(code);
});

describe.each(TABLE)('in %s', (_code, locale: Locale) => {
  test('there is every field that there is in English', () => {
    // Labels of a timeline may differ in their details; their type says which must be there.
    const names = ({ words, slack, discord, page, signIn, agent }: Locale) =>
      paths({ words, slack, discord, page, signIn, agent }).filter(
        (path) => !/timelineLabels\.|discord\.clients/.test(path),
      );
    expect(names(locale).sort()).toEqual(names(en).sort());
    expect(Object.keys(locale).sort()).toEqual(Object.keys(en).sort());
  });

  test('no text is empty, and all are trimmed', () => {
    const { words, slack, discord, page, signIn } = locale;
    for (const [path, text] of strings({ words, slack, discord, page, signIn })) {
      expect(text, path).not.toBe('');
      if (!path.endsWith('colon')) expect(text, path).toBe(text.trim());
    }
  });

  test('no list of phrases is empty', () => {
    const { export: exports, credits, status, help, stop, new: fresh, retry } = locale.commands;
    for (const phrases of [exports, credits, status, help, stop, fresh, retry])
      expect(phrases.length).toBeGreaterThan(0);
    expect(locale.guiTalk.instructions.length).toBeGreaterThan(0);
    expect(locale.wishes.lengths.length).toBeGreaterThan(0);
    expect(locale.wishes.photoEditing.length).toBeGreaterThan(0);
  });

  test('labels fit on buttons', () => {
    const { button, tryExample } = locale.words;
    for (const label of [...Object.values(button), tryExample(3)])
      expect(label.length, label).toBeLessThanOrEqual(BUTTON);
  });

  test.each(PROFILE_NAMES)('profile %s has examples short enough to be a prompt', (name) => {
    const { greeting, connecting, tip, examples } = locale.words.profiles[name];
    expect(examples).toHaveLength(3);
    for (const text of [greeting, connecting, tip, ...examples])
      expect(text.length).toBeLessThanOrEqual(150);
  });
});

test('Chinese is Chinese: no Latin words but names and formats', () => {
  const { demo: _, ...said } = localeFor('zh').words;
  const latin = strings(said).flatMap(
    ([, text]) => text.replace(/`[^`]*`|\*\*/g, ' ').match(/[A-Za-z]{2,}\d*/g) ?? [],
  );
  const allowed = ['NemoVideo', 'MP4', 'YouTube', 'Spotify', 'AI', 'Colab', '1080p', 'API'];
  expect(latin.filter((word) => !allowed.includes(word))).toEqual([]);
});

test.each([
  ['en', /credit/i, /\bplan\b|upgrade|tier/i],
  ['zh', /积分/, /套餐|升级/],
  ['es', /crédito/i, /\bplan\b|mejora/i],
])('credits and plan are never confused in %s', (code, creditWords, planWords) => {
  const { words } = localeFor(code);
  const plan = `${words.planBlocked} ${words.planLink('https://x')}`;
  const credits = [
    words.creditsOutOperator,
    words.creditsOutAnonymous,
    words.topUpLink('https://x'),
    words.creditsLink('https://x', true),
    words.creditsLink('https://x', false),
  ].join(' ');
  expect(plan).toMatch(planWords);
  expect(plan).not.toMatch(creditWords);
  expect(credits).toMatch(creditWords);
  expect(credits).not.toMatch(planWords);
});

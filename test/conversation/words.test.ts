/** The catalogues: the same texts in every language, none empty, none too long for its place. */
import { describe, expect, test } from 'vitest';
import { PROFILE_NAMES, PROFILES } from '../../src/conversation/skill-profile.ts';
import { en } from '../../src/conversation/words/en.ts';
import { zh } from '../../src/conversation/words/zh.ts';

/** Slack takes 75 characters on a button, Discord 80; people read fewer. */
const BUTTON = 40;

const paths = (value: object, prefix = ''): string[] =>
  Object.entries(value).flatMap(([key, entry]) =>
    typeof entry === 'object' && entry !== null
      ? paths(entry, `${prefix}${key}.`)
      : [`${prefix}${key}`],
  );

function strings(value: object): string[] {
  return Object.values(value).flatMap((entry: unknown) => {
    if (typeof entry === 'string') return [entry];
    return typeof entry === 'object' && entry !== null ? strings(entry) : [];
  });
}

describe('the words', () => {
  test('exist in every language under the same names', () => {
    // Labels of a timeline may differ in their details; their type says which must be there.
    const names = (words: object) =>
      paths(words).filter((path) => !path.startsWith('timelineLabels.'));
    expect(names(zh).sort()).toEqual(names(en).sort());
  });

  test.each([
    ['en', en],
    ['zh', zh],
  ] as const)('are all there and trimmed in %s', (_language, words) => {
    for (const text of strings(words).filter((t) => t !== ': ')) {
      expect(text).not.toBe('');
      expect(text).toBe(text.trim());
    }
  });

  test.each([
    ['en', en],
    ['zh', zh],
  ] as const)('fit on buttons in %s', (_language, words) => {
    const labels = [...Object.values(words.button), words.tryExample(3)];
    for (const label of labels) expect(label.length, label).toBeLessThanOrEqual(BUTTON);
  });

  test('are Chinese in Chinese: no Latin words but names and formats', () => {
    const latin = strings(zh).flatMap(
      (text) => text.replace(/`[^`]*`|\*\*/g, ' ').match(/[A-Za-z]{2,}\d*/g) ?? [],
    );
    const allowed = ['zh', 'NemoVideo', 'MP4', 'YouTube', 'Spotify'];
    expect(latin.filter((word) => !allowed.includes(word.toString()))).toEqual([]);
  });

  test('credits and plan are never confused', () => {
    for (const words of [en, zh]) {
      const plan = `${words.planBlocked} ${words.planLink('https://x')}`;
      const credits = [
        words.creditsOutOperator,
        words.creditsOutAnonymous,
        words.topUpLink('https://x'),
        words.creditsLink('https://x', true),
        words.creditsLink('https://x', false),
      ].join(' ');
      expect(plan).not.toMatch(/credit|积分/i);
      expect(credits).not.toMatch(/\bplan\b|upgrade|tier|套餐|升级/i);
    }
  });

  test.each(PROFILE_NAMES)(
    'of profile %s are there in both languages, examples short enough to be a prompt',
    (name) => {
      for (const texts of Object.values(PROFILES[name].texts)) {
        expect(texts.examples).toHaveLength(3);
        for (const text of [texts.greeting, texts.connecting, texts.tip, ...texts.examples]) {
          expect(text.trim()).not.toBe('');
          expect(text.length).toBeLessThanOrEqual(150);
        }
      }
    },
  );
});

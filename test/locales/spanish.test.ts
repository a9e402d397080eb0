/** The Spanish catalogue, entry by entry: each is called, says something, and says it in Spanish. */
import { describe, expect, test } from 'vitest';
import { languageOf } from '../../src/conversation/language/language.ts';
import { en } from '../../src/locales/en/locale.ts';
import { es } from '../../src/locales/es/locale.ts';
import type { Locale } from '../../src/locales/locale.ts';
import { CALLS, GIVEN } from './calls.ts';
import { entries } from './entries.ts';

/** What is the same in both languages. */
const SAME = new Set([
  'words.versions.name',
  'words.versions.named',
  'words.versions.entry',
  'words.timelineLabels.video',
  'words.timelineLabels.colon',
  'page.bot',
  'discord.commands.video.name',
  // Signs, names and numbers alone.
  'discord.startedBy',
  'discord.changeAsked',
  'agent.comma',
  'agent.colon',
  'words.details',
  'words.tip.shorter-script',
  'words.changed',
]);

const catalogue = ({ words, agent, slack, discord, page, signIn }: Locale) => ({
  words,
  agent,
  slack,
  discord: { ...discord, clients: undefined },
  page,
  signIn,
});

/** Every entry as it is said, functions called as CALLS says. */
function said(locale: Locale): Map<string, readonly string[]> {
  const all = entries(catalogue(locale)).flatMap(([path, entry]): [string, string[]][] => {
    if (entry === undefined) return [];
    if (typeof entry !== 'function') return [[path, [String(entry)]]];
    const calls = CALLS[path];
    if (!calls) throw new Error(`no call is known for ${path}`);
    return [[path, calls.map((args) => shown(Reflect.apply(entry, undefined, args)))]];
  });
  return new Map(all);
}

const shown = (result: unknown): string =>
  Array.isArray(result) ? result.join('\n') : String(result);

const spanish = said(es);
const english = said(en);

describe('every entry', () => {
  test('is called by this test, also where it is a function', () => {
    const functions = entries(catalogue(en)).filter(([, entry]) => typeof entry === 'function');
    const optional = entries(catalogue(es)).filter(([, entry]) => typeof entry === 'function');
    const known = new Set([...functions, ...optional].map(([path]) => path));
    expect(Object.keys(CALLS).sort()).toEqual([...known].sort());
    expect(functions.length).toBeGreaterThan(90);
  });

  test('says something, whole and trimmed', () => {
    for (const [path, texts] of spanish) {
      for (const text of texts) {
        expect(text, path).not.toMatch(/undefined|null|NaN|\[object|\$\{/);
        if (SAME.has(path) || path.endsWith('.details')) continue;
        expect(text.trim(), path).not.toBe('');
        if (path !== 'agent.uploaded') expect(text, path).toBe(text.trim());
      }
    }
  });

  test('is not the English one', () => {
    const same = [...spanish].filter(
      ([path, texts]) =>
        !SAME.has(path) &&
        texts.some((text) => text !== GIVEN && english.get(path)?.includes(text)),
    );
    expect(same.map(([path]) => path)).toEqual([]);
  });

  test('of the list of what is the same is the same', () => {
    const differs = [...SAME].filter(
      (path) =>
        english.has(path) && !spanish.get(path)?.some((it) => english.get(path)?.includes(it)),
    );
    expect(differs).toEqual([]);
  });

  test('opens what it closes: question and exclamation marks', () => {
    for (const [path, texts] of spanish) {
      for (const text of texts) {
        const count = (sign: string) => text.split(sign).length;
        expect(count('¿'), `${path}: ${text}`).toBe(count('?'));
        expect(count('¡'), `${path}: ${text}`).toBe(count('!'));
      }
    }
  });

  test('says tú, and the same words for the same things', () => {
    for (const [path, texts] of spanish)
      for (const text of texts)
        expect(text, path).not.toMatch(
          /\b(?:usted|haga|pulse|envíe|vídeos?|ordenadores|guión|timeline|thread|prompt)\b/i,
        );
  });

  test('that is a sentence is told to be Spanish: Discord words its notes by it', () => {
    const sentences = [...spanish].flatMap(([path, texts]) =>
      path.startsWith('words.demo')
        ? []
        : texts.filter((it) => (it.match(/\p{L}{2,}/gu)?.length ?? 0) >= 5),
    );
    expect(sentences.length).toBeGreaterThan(120);
    const wrong = sentences.filter((text) => languageOf(text) !== 'es');
    expect(wrong).toEqual([]);
  });
});

test.each([
  ['words.waiting', 0, 'Hay 1 mensaje más en espera; es el siguiente.'],
  ['words.waiting', 1, 'Hay 3 mensajes más en espera; van por orden.'],
  ['words.quotaUsed', 0, /tu única petición de hoy/],
  ['words.quotaUsed', 1, /tus 3 peticiones de hoy/],
  ['words.batchPartly', 0, 'Está listo 1 de 3 videos.'],
  ['words.batchPartly', 1, 'Están listos 2 de 3 videos.'],
  ['words.fileRead', 0, /1 palabra\./],
  ['words.fileRead', 1, /12\.345 palabras\./],
  ['words.details', 0, '(1080×1920, 10,5 s)'],
  ['words.fileTooLarge', 0, /\(1,5 GB\).* 25 MB/],
])('%s, call %i, minds number and form', (path, at, expected) => {
  const text = spanish.get(path)?.[at];
  if (typeof expected === 'string') expect(text).toBe(expected);
  else expect(text).toMatch(expected);
});

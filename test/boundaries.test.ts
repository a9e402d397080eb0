/** Who may import whom. A house in which every wall may be broken through is one room. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const SRC = path.resolve(import.meta.dirname, '../src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.split(path.sep).join('/'));

interface Import {
  readonly from: string;
  /** Path below src, or a package name. */
  readonly to: string;
}

const resolve = (from: string, name: string) => path.posix.join(path.posix.dirname(from), name);
const imports: Import[] = files.flatMap((from) => {
  const text = readFileSync(path.join(SRC, from), 'utf8');
  const names = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    (match) => match[1] ?? '',
  );
  return names.map((name) => ({ from, to: name.startsWith('.') ? resolve(from, name) : name }));
});

const roomOf = (file: string) => (file.includes('/') ? (file.split('/')[0] ?? '') : file);
const shown = (list: readonly Import[]) => list.map(({ from, to }) => `${from} -> ${to}`);

/** X. */
const MAY_KNOW: Readonly<Record<string, readonly string[]>> = {
  nemo: ['nemo', 'net', 'state/state.ts'],
  net: ['net'],
  ledger: ['ledger'],
  state: ['state'],
  conversation: [
    'conversation',
    'nemo',
    'documents',
    'locales',
    'net/transfer-memory.ts',
    'ledger/ledger.ts',
    'ledger/dispatch.ts',
    'state/state.ts',
    'platforms/chat.ts',
    'platforms/shared/button-schema.ts',
  ],
  platforms: ['platforms', 'conversation', 'locales', 'net', 'state/state.ts'],
  locales: [
    'locales',
    'conversation/job.ts',
    'conversation/language/shown-name.ts',
    'conversation/skill-profile.ts',
    'conversation/status-stage.ts',
    'conversation/timeline',
    'platforms/slack/command-names.ts',
    'platforms/web/wire.ts',
  ],
  documents: ['documents'],
  simulator: ['simulator'],
  runtime: ['runtime'],
  settings: ['settings', 'net', 'conversation/skill-profile.ts', 'platforms'],
};
const COMMON = ['settings/settings.ts'];
const ENTRIES = ['main.ts', 'demo.ts'];

describe('the walls of the house', () => {
  test('every room is known here', () => {
    const rooms = new Set(files.filter((file) => file.includes('/')).map(roomOf));
    expect([...rooms].filter((room) => room !== 'cli' && !(room in MAY_KNOW))).toEqual([]);
  });

  test.each(Object.entries(MAY_KNOW))('%s imports only what it may know', (room, allowed) => {
    const own = imports.filter(({ from, to }) => roomOf(from) === room && files.includes(to));
    expect(own.length).toBeGreaterThan(0);
    const broken = own.filter(
      ({ to }) =>
        !COMMON.includes(to) &&
        !to.startsWith('runtime/') &&
        !allowed.some((place) => to === place || to.startsWith(`${place}/`)),
    );
    expect(shown(broken)).toEqual([]);
  });

  test('nothing but an entry imports the app, and nothing imports an entry or, besides the demo, the simulator', () => {
    const broken = imports.filter(({ from, to }) => {
      if (to === 'app.ts') return !ENTRIES.includes(from);
      if (ENTRIES.includes(to)) return true;
      return to.startsWith('simulator/') && roomOf(from) !== 'simulator' && from !== 'demo.ts';
    });
    expect(shown(broken)).toEqual([]);
  });

  test('only the platforms know a platform SDK', () => {
    const sdk = imports.filter(({ to }) => /^(?:discord\.js|@discordjs\/|@slack\/)/.test(to));
    expect(shown(sdk.filter(({ from }) => !/^platforms\/(?:slack|discord)\//.test(from)))).toEqual(
      [],
    );
    const crossed = sdk.filter(
      ({ from, to }) => from.startsWith('platforms/slack/') !== to.startsWith('@slack/'),
    );
    expect(shown(crossed)).toEqual([]);
  });

  test('one platform knows nothing of another', () => {
    const platformOf = (file: string) => /^platforms\/(?!shared\/)(\w+)\//.exec(file)?.[1];
    const broken = imports.filter(({ from, to }) => {
      const [one, other] = [platformOf(from), platformOf(to)];
      return one !== undefined && other !== undefined && one !== other;
    });
    expect(shown(broken)).toEqual([]);
  });

  test('only the entries read the environment; all else is given its settings', () => {
    const readers = files.filter((file) =>
      /process\.env/.test(readFileSync(path.join(SRC, file), 'utf8')),
    );
    expect(readers.filter((file) => roomOf(file) !== 'cli').sort()).toEqual(['demo.ts', 'main.ts']);
  });

  test('what a client claims is looked into by the one rule, and packed again by whoever unpacked it', () => {
    const lookers = files.filter((file) =>
      /\.claimed\b|\{ claimed\b/.test(readFileSync(path.join(SRC, file), 'utf8')),
    );
    expect(lookers.sort()).toEqual([
      'conversation/verify-thread-claim.ts',
      'platforms/discord/custom-ids.ts',
      'platforms/discord/forms.ts',
      'platforms/discord/presses.ts',
      'platforms/slack/presses.ts',
    ]);
  });

  test('no file outside locales/ decides by a language', () => {
    const decides =
      /['"](?:en|zh|es)['"]|startsWith\(['"](?:en|zh|es)|\^\(?:?(?:en|zh|es)\b|\b(?:en|zh|es): ['"`{[/]/;
    const code = (file: string) =>
      readFileSync(path.join(SRC, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
    const deciding = files.filter((file) => roomOf(file) !== 'locales' && decides.test(code(file)));
    expect(deciding.sort()).toEqual([
      // Signs that some languages have alone: a table of all that can be told apart, spoken here or not.
      'conversation/language/latin-language.ts',
      // The stand-in's agent has languages of its own.
      'simulator/agent/music.ts',
      'simulator/agent/text.ts',
      'simulator/agent/words.ts',
    ]);
    const knowing = imports.filter(
      ({ from, to }) => roomOf(from) !== 'locales' && /^locales\/(?:zh|es)\//.test(to),
    );
    expect(shown(knowing)).toEqual([]);
  });

  test('nothing hands on what others define (no barrel files)', () => {
    const barrels = files.filter((file) =>
      /^export \* /m.test(readFileSync(path.join(SRC, file), 'utf8')),
    );
    expect(barrels).toEqual([]);
  });
});

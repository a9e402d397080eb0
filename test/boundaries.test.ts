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

const SDK = /^(?:discord\.js|@discordjs\/|@slack\/)/;
/** What is there as soon as the file is: no types, and nothing that is imported by a call within a function. */
const LOADS =
  /^(?:import|export) (?!type )[^;]*?from '([^']+)'|^import '([^']+)'|^const .* = await import\('([^']+)'\)/gm;

const roomOf = (file: string) => (file.includes('/') ? (file.split('/')[0] ?? '') : file);
const shown = (list: readonly Import[]) => list.map(({ from, to }) => `${from} -> ${to}`);

/** What each room may know of the others; `runtime/` is common ground. */
const MAY_KNOW: Readonly<Record<string, readonly string[]>> = {
  nemo: ['nemo', 'net', 'state/state.ts', 'settings/settings.ts', 'settings/non-public-hosts.ts'],
  net: ['net'],
  ledger: ['ledger', 'state/turn-taking.ts'],
  state: ['state'],
  conversation: [
    'conversation',
    'nemo',
    'documents',
    'locales',
    'markdown',
    'pictures',
    'net/guarded-fetch.ts',
    'net/ip-ranges.ts',
    'net/transfer-memory.ts',
    'ledger/ledger.ts',
    'ledger/forgetting.ts',
    'ledger/dispatch.ts',
    'state/state.ts',
    'settings/settings.ts',
    'platforms/chat.ts',
    'platforms/shared/button-schema.ts',
    'platforms/shared/split-text.ts',
  ],
  platforms: [
    'platforms',
    'conversation',
    'locales',
    'markdown',
    'pictures',
    'net',
    'state/state.ts',
    'state/turn-taking.ts',
    'settings/environment.ts',
    'settings/fields.ts',
    'settings/non-public-hosts.ts',
  ],
  locales: [
    'locales',
    'conversation/admin/rulings.ts',
    'conversation/job.ts',
    'conversation/language/shown-name.ts',
    'conversation/plan/plan.ts',
    'conversation/skill-profile.ts',
    'conversation/status-stage.ts',
    'conversation/video-shape.ts',
    'conversation/timeline',
    'nemo/timeline.ts',
    'platforms/chat.ts',
    'platforms/slack/command-names.ts',
    'platforms/web/wire.ts',
  ],
  documents: ['documents'],
  simulator: ['simulator'],
  markdown: ['markdown'],
  pictures: ['pictures'],
  recording: ['recording'],
  runtime: ['runtime'],
  settings: [
    'settings',
    'net',
    'conversation/skill-profile.ts',
    'platforms/chat.ts',
    'platforms/platform-module.ts',
    'platforms/platforms.ts',
  ],
};
const ENTRIES = ['main.ts', 'run.ts', 'demo.ts'];

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
        !to.startsWith('runtime/') &&
        !allowed.some((place) => to === place || to.startsWith(`${place}/`)),
    );
    expect(shown(broken)).toEqual([]);
  });

  test('nothing but an entry imports the app, and nothing imports an entry or, besides the demo, the simulator', () => {
    const broken = imports.filter(({ from, to }) => {
      if (to === 'app.ts') return !ENTRIES.includes(from);
      if (ENTRIES.includes(to)) return from !== 'main.ts' || to !== 'run.ts';
      return to.startsWith('simulator/') && roomOf(from) !== 'simulator' && from !== 'demo.ts';
    });
    expect(shown(broken)).toEqual([]);
  });

  test('only the platforms know a platform SDK', () => {
    const sdk = imports.filter(({ to }) => SDK.test(to));
    expect(shown(sdk.filter(({ from }) => !/^platforms\/(?:slack|discord)\//.test(from)))).toEqual(
      [],
    );
    const crossed = sdk.filter(
      ({ from, to }) => from.startsWith('platforms/slack/') !== to.startsWith('@slack/'),
    );
    expect(shown(crossed)).toEqual([]);
  });

  test('which store is used is known to its folders alone: only they import a driver', () => {
    const drivers = imports.filter(({ to }) => /^(?:pg|pg-boss|node:sqlite)$/.test(to));
    const homes = /^(?:runtime|ledger|state)\/(?:sqlite|postgres)\//;
    const outside = drivers.filter(({ from }) => !homes.test(from));
    // A chat service of its own, which keeps its messages as such services do.
    expect(shown(outside.filter(({ from }) => !from.startsWith('platforms/web/')))).toEqual([]);
    const crossed = imports.filter(({ from, to }) => {
      const [, one] = /\/(sqlite|postgres)\//.exec(from) ?? [];
      const [, other] = /(?:^|\/)(sqlite|postgres)\//.exec(to) ?? [];
      return one !== undefined && other !== undefined && one !== other;
    });
    expect(shown(crossed)).toEqual([]);
    const choosers = imports.filter(
      ({ from, to }) => /^(?:ledger|state)\/(?:sqlite|postgres)\//.test(to) && !homes.test(from),
    );
    expect([...new Set(choosers.map(({ from }) => from))].sort()).toEqual([
      'ledger/check-ledger.ts',
      'ledger/move-ledger.ts',
      'ledger/open-ledger.ts',
      'state/check-database.ts',
      'state/move-state.ts',
      'state/open-state.ts',
    ]);
  });

  test('one platform knows nothing of another', () => {
    const platformOf = (file: string) => /^platforms\/(?!shared\/)(\w+)\//.exec(file)?.[1];
    const broken = imports.filter(({ from, to }) => {
      const [one, other] = [platformOf(from), platformOf(to)];
      return one !== undefined && other !== undefined && one !== other;
    });
    expect(shown(broken)).toEqual([]);
  });

  test('a platform is known by its module alone, from the list; its manifest and the settings for that, by the command', () => {
    const inside = /^platforms\/(?!shared\/)\w+\//;
    const outsiders = imports.filter(({ from, to }) => inside.test(to) && !inside.test(from));
    const folders = new Set(outsiders.flatMap(({ to }) => inside.exec(to) ?? []));
    const listed = [...folders].map((folder) => `platforms/platforms.ts -> ${folder}module.ts`);
    expect(shown(outsiders).toSorted()).toEqual(
      [
        ...listed,
        'cli/manifest.ts -> platforms/slack/manifest.ts',
        'cli/manifest.ts -> platforms/slack/settings.ts',
        // Types alone: what the words of a language have to cover.
        'locales/en/page.ts -> platforms/web/wire.ts',
        'locales/en/slack.ts -> platforms/slack/command-names.ts',
      ].toSorted(),
    );
  });

  test('what puts everything together names no platform', () => {
    const composers = files.filter((file) =>
      /^(?:app|main|cli\/doctor|cli\/setup)\.ts$|^cli\/setup\/|^settings\//.test(file),
    );
    expect(composers.length).toBeGreaterThan(5);
    const naming = composers.filter((file) =>
      /slack|discord|playground|'web'/i.test(readFileSync(path.join(SRC, file), 'utf8')),
    );
    expect(naming).toEqual([]);
  });

  test('nothing outside of a platform decides by its name', () => {
    const deciding = files.filter(
      (file) =>
        !file.startsWith('platforms/') &&
        /['"](?:slack|discord)['"]|[=!]== 'web'|(?:case|literal\() ?'web'/.test(
          readFileSync(path.join(SRC, file), 'utf8'),
        ),
    );
    expect(deciding).toEqual([]);
  });

  test.each(['main.ts', 'run.ts', 'demo.ts', 'cli/doctor.ts', 'cli/setup.ts', 'cli/manifest.ts'])(
    '%s loads no platform SDK before it needs one',
    (entry) => {
      const loaded = new Set([entry]);
      for (const file of loaded) {
        const text = files.includes(file) ? readFileSync(path.join(SRC, file), 'utf8') : '';
        for (const [, ...names] of text.matchAll(LOADS))
          for (const name of names.filter(Boolean))
            loaded.add(name.startsWith('.') ? resolve(file, name) : name);
      }
      expect(loaded.size).toBeGreaterThan(5);
      expect([...loaded].filter((name) => SDK.test(name))).toEqual([]);
    },
  );

  test('only the entries read the environment; all else is given its settings', () => {
    const readers = files.filter((file) =>
      /process\.env/.test(readFileSync(path.join(SRC, file), 'utf8')),
    );
    expect(readers.filter((file) => roomOf(file) !== 'cli').sort()).toEqual(['demo.ts', 'run.ts']);
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
      'platforms/discord/reactions.ts',
      'platforms/slack/change-form.ts',
      'platforms/slack/presses.ts',
    ]);
  });

  test('how the backend stores a project is known to nemo/ alone: others get a Timeline', () => {
    const readers =
      /^nemo\/(?:draft-\w+|markup|json-fields|is-blank|media-names|read-draft|state-hash|exact-json)\.ts$/;
    const outside = imports.filter(({ from, to }) => roomOf(from) !== 'nemo' && readers.test(to));
    expect(shown(outside)).toEqual([]);
    const guessers = files.filter(
      (file) =>
        file.startsWith('conversation/') &&
        /\bJson\b/.test(readFileSync(path.join(SRC, file), 'utf8')),
    );
    expect(guessers).toEqual([]);
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

/**
 * Every fenced block and every command of README and docs/ is held to what is there: shell lines name scripts, files and services that
 * exist, code is an excerpt of a file that the type check compiles, data parses, and settings are settings. A kind of
 * block that nothing here looks at fails. (SQL, and what the programs of operations.md are told: test/operations-page.test.ts.)
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readSettings, SETTING_NAMES } from '../src/settings/settings.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const isThere = (file: string) => existsSync(path.join(ROOT, file));
const PAGES = ['README.md', ...globSync('docs/**/*.md', { cwd: ROOT })].map((file) =>
  file.split(path.sep).join('/'),
);

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')));
const compose = z
  .object({
    services: z.record(z.string(), z.object({ profiles: z.array(z.string()).optional() })),
  })
  .parse(parse(read('compose.yaml')));

/** Named in README, and coming from branches that are not merged yet; each goes from here when it is there. */

interface Block {
  readonly page: string;
  readonly line: number;
  readonly kind: string;
  /** What stands behind the kind: the file of an excerpt. */
  readonly about: string;
  readonly text: string;
}

const blocksOf = (page: string): Block[] => {
  const text = read(page);
  return [...text.matchAll(/^( *)```(\w*) ?([^\n]*)\n([\s\S]*?)^\1```$/gm)].map((found) => {
    const [, indent = '', kind = '', about = '', body = ''] = found;
    const line = text.slice(0, found.index).split('\n').length;
    return { page, line, kind, about, text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), '') };
  });
};
const BLOCKS = PAGES.flatMap(blocksOf);
const of = (...kinds: string[]) =>
  BLOCKS.filter(({ kind }) => kinds.includes(kind)).map(
    (block) => [`${block.page}:${block.line}`, block] as const,
  );

/** What begins a shell line, and what the rest of it has to be. */
const PROGRAMS: Readonly<Record<string, (words: readonly string[], line: string) => void>> = {
  npm(words) {
    const [verb = '', name = '', ...rest] = words;
    if (verb === 'ci') return expect(words).toEqual(['ci']);
    const script = verb === 'run' ? name : verb;
    if (verb !== 'sbom') expect(Object.keys(scripts)).toContain(script);
    // What a script is told comes behind `--`, or npm keeps it for itself.
    const told = verb === 'run' ? rest : [name, ...rest].filter(Boolean);
    if (told.some((word) => word.startsWith('-'))) expect(told[0]).toBe('--');
  },
  npx(words) {
    expect(words.slice(0, 2)).toEqual(['vitest', 'run']);
    for (const file of words.slice(2)) expect(isThere(file), file).toBe(true);
  },
  cp([from = '', to = '']) {
    expect(isThere(from), from).toBe(true);
    expect(read('.gitignore').split('\n')).toContain(to);
  },
  docker(words, line) {
    expect(words[0]).toBe('compose');
    const used = [...line.matchAll(/--profile (\S+)/g)].map(([, profile = '']) => profile);
    const profiles = Object.values(compose.services).flatMap((service) => service.profiles ?? []);
    expect(profiles).toEqual(expect.arrayContaining(used));
    const scaled = [...line.matchAll(/--scale ([\w-]+)=\d+/g)].map(([, service = '']) => service);
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(scaled));
    expect(line).toMatch(/ (?:up -d|logs|ps|pull|build|down|run --rm [\w-]+)\b/);
  },
  node([file = '']) {
    expect(isThere(file), file).toBe(true);
  },
  git: ([verb]) => expect(['clone', 'pull']).toContain(verb),
  cd: () => {},
  grep: (words) => expect(words.at(-1)).toMatch(/\.log$/),
  openssl: (words) => expect(words.join(' ')).toBe('rand -base64 32'),
};
/** Looked at by operations-page.test.ts, which compares them with the programs that name them. */
const OF_POSTGRES = /^(?:pg_dump|pg_restore|psql) /;

function checkLine(line: string): void {
  for (const step of line.replace(/\s+#.*$/, '').split(/ && | \| /)) {
    if (OF_POSTGRES.test(step)) continue;
    // A setting in front of a program: `PORT=3001 npm run demo`.
    const words = step.trim().split(/\s+/);
    while (/^[A-Z_]+=/.test(words[0] ?? ''))
      expect(SETTING_NAMES).toContain(words.shift()?.split('=')[0]);
    const [program = '', ...rest] = words;
    expect(Object.keys(PROGRAMS), `${program} in "${line}"`).toContain(program);
    PROGRAMS[program]?.(rest, step);
  }
}

test('no two pages have names that some file systems take for one', () => {
  expect(new Set(PAGES.map((page) => page.toLowerCase())).size).toBe(PAGES.length);
});

test('there are pages with blocks, and each block is of a kind that something looks at', () => {
  expect(BLOCKS.length).toBeGreaterThan(30);
  const known = ['sh', 'ts', 'json', 'yaml', 'env', 'ini', 'sql', 'text', ''];
  expect(BLOCKS.filter(({ kind }) => !known.includes(kind))).toEqual([]);
  // What is no kind is a drawing or a conversation: no line of it is a command.
  for (const { text } of BLOCKS.filter(({ kind }) => kind === 'text' || kind === ''))
    expect(text).not.toMatch(/^\s*(?:\$ |npm |npx |docker |import |const )/m);
  // SQL is run by the test of its page, or shown as it stands in the sources.
  const sql = [...new Set(BLOCKS.filter(({ kind }) => kind === 'sql').map(({ page }) => page))];
  expect(sql.filter((page) => !['docs/operations.md', 'docs/scaling.md'].includes(page))).toEqual(
    [],
  );
});

test.each(of('sh'))('%s: its lines can be typed', (_at, { text }) => {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) checkLine(line);
});

test('commands within sentences are there, too', () => {
  for (const page of PAGES) {
    const prose = read(page).replace(/^ *```[\s\S]*?^ *```$/gm, '');
    const named = [...prose.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name);
    for (const name of named) expect(scripts, `npm run ${name} in ${page}`).toHaveProperty([name]);
  }
});

test.each(of('ts'))('%s: is an excerpt of a file', (_at, { about, text }) => {
  expect(about, 'the file stands behind ```ts').toMatch(/^(?:src|examples|test)\/[\w/.-]+\.ts$/);
  expect(`\n${read(about)}`).toContain(`\n${text}`);
});

test('the blocks about the example, put together, are the example', () => {
  const shown = (file: string) =>
    blocksOf('docs/adding-a-platform.md')
      .filter(({ about }) => about === file)
      .map(({ text }) => text)
      .join('');
  for (const file of globSync('examples/terminal/*.ts', { cwd: ROOT }))
    expect(shown(file)).toBe(read(file));
  const lines = globSync('examples/terminal/*', { cwd: ROOT }).map(
    (file) => read(file).split('\n').length - 1,
  );
  expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(150);
});

test.each(of('json', 'yaml'))('%s: parses', (_at, { kind, text }) => {
  expect(() => (kind === 'json' ? JSON.parse(text) : parse(text))).not.toThrow();
});

test.each(of('env'))('%s: names settings, with values that they take', (_at, { text }) => {
  const given = Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('#'))
      .map((line) => {
        const [, name = line, value = ''] = /^([A-Z_]+)=(\S*)/.exec(line) ?? [];
        return [name, value] as const;
      }),
  );
  expect(SETTING_NAMES).toEqual(expect.arrayContaining(Object.keys(given)));
  expect(() => readSettings({ NEMO_TOKEN: 'nmv_usr_x', PLAYGROUND: 'on', ...given })).not.toThrow();
});

test('settings that are named are settings', () => {
  // Of Compose, of the tests, of other programs, and those that `examples/` brings itself.
  const others =
    /^(?:NEMO_BOT_PORTS|POSTGRES_PASSWORD|PUBLIC_HOST|PGPASSWORD|NODE_\w+|SHOTS|TERMINAL|HEAD|GUILD_\w+|MESSAGE_\w+)$/;
  for (const page of ['README.md', 'docs/adding-a-platform.md', 'docs/CONTRIBUTING.md']) {
    const named = [...read(page).matchAll(/`([A-Z][A-Z0-9]*_[A-Z0-9_]+)(?:=[^`]*)?`/g)];
    const unknown = named
      .map(([, name = '']) => name)
      .filter((name) => !SETTING_NAMES.includes(name) && !others.test(name));
    expect(unknown, page).toEqual([]);
  }
});

describe('links', () => {
  test.each(PAGES)('of %s lead somewhere', (page) => {
    const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to);
    const broken = links
      .filter((to) => !/^(?:https?:|#|mailto:)/.test(to))
      .map((to) => path.posix.join(path.posix.dirname(page), to.split('#')[0] ?? ''))
      .filter((to) => !isThere(to));
    expect(broken).toEqual([]);
  });

  test('within README lead to its headings', () => {
    const text = read('README.md');
    const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-'),
    );
    const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, to = '']) => to);
    expect(headings).toEqual(expect.arrayContaining(links));
  });

  test('every page of docs/ is reached from README', () => {
    const text = read('README.md');
    const lonely = PAGES.filter((page) => page !== 'README.md' && !text.includes(`](${page}`));
    expect(lonely).toEqual([]);
  });
});

/** docs/privacy.md is held to what is there: tables, maps, scopes, intents, addresses and terms. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { LEFT_MS } from '../src/conversation/data/erasures.ts';
import { NEMO_PRIVACY, NEMO_TERMS } from '../src/conversation/data/nemo-pages.ts';
import { QUOTA_KEPT_MS } from '../src/ledger/forgetting.ts';
import { slackManifest } from '../src/platforms/slack/manifest.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const page = read('docs/privacy.md');
const operations = read('docs/operations.md');
const quoted = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, it = '']) => it);

/** The rows of the table behind a heading, cell by cell. */
const rowsUnder = (text: string, heading: string): string[][] =>
  (text.split(`${heading}\n`)[1]?.split('\n#')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.slice(2, -2).split(' | '));
const named = (heading: string): string[] =>
  rowsUnder(page, heading).flatMap(([names]) => quoted(names));

const tablesIn = (file: string): string[] =>
  [...read(file).matchAll(/CREATE TABLE (?:IF NOT EXISTS )?(?:\$\{\w+\}\.)?(\w+)/g)].map(
    ([, name = '']) => name,
  );
const DAY_MS = 86_400_000;

test('every table is on the page, and no other', () => {
  const stores = [
    tablesIn('src/ledger/sqlite/schema.ts'),
    tablesIn('src/ledger/postgres/schema.ts'),
  ].map((tables) => [...tables, ...tablesIn('src/state/sqlite/keyv-store.ts')]);
  for (const tables of stores) expect([...tables].sort()).toEqual(named('## The database').sort());
  expect(tablesIn('src/platforms/web/schema.ts').sort()).toEqual(
    named('### The playground').sort(),
  );
});

test('every map of the state is on the page, with the term that it has', () => {
  const maps = globSync('src/**/*.ts', { cwd: ROOT }).flatMap((file) =>
    [...read(file).matchAll(/state\.map\(\s*'([\w-]+)'/g)].map(([, name = '']) => name),
  );
  const rows = rowsUnder(page, '### Maps of the state');
  expect(rows.flatMap(([names]) => quoted(names)).sort()).toEqual([...new Set(maps)].sort());
  const terms = new Map(
    rowsUnder(operations, '## What is kept, and how long').flatMap(([names, , kept = '']) =>
      quoted(names).map((name) => [name, Number.parseInt(kept, 10)] as const),
    ),
  );
  for (const [names, , kept = ''] of rows) {
    const longest = Math.max(...quoted(names).map((name) => terms.get(name) ?? Number.NaN));
    if (/^\d+ days$/.test(kept)) expect(`${longest} days`, names).toBe(kept);
  }
  for (const row of rows) expect(row).toHaveLength(4);
});

test('every scope and every intent that is asked for has its reason, and no other', () => {
  const { bot, bot_optional: optional } = slackManifest({ mode: 'socket', oauth: false })
    .oauth_config.scopes;
  expect(named('## Slack: why each scope').sort()).toEqual([...bot, ...optional].sort());
  const intents = [
    ...read('src/platforms/discord/client.ts').matchAll(/GatewayIntentBits\.(\w+)/g),
  ].map(([, name = '']) => name);
  expect(named('## Discord: why each intent').sort()).toEqual(intents.sort());
  for (const heading of ['## Slack: why each scope', '## Discord: why each intent'])
    for (const [, why] of rowsUnder(page, heading)) expect(why).toMatch(/\w{3}/);
});

test('its terms are those of the code, its addresses the ones that people are shown', () => {
  expect(page).toContain(`${LEFT_MS / DAY_MS} days\nlater`);
  expect(page).toContain(`for ${QUOTA_KEPT_MS / DAY_MS} days whose quota`);
  for (const address of [NEMO_TERMS, NEMO_PRIVACY]) expect(page).toContain(`(${address})`);
  expect(read('README.md')).toContain('](docs/privacy.md)');
});

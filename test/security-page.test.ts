/** The page on security names guards and tests; a name that leads nowhere is worse than none. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const page = readFileSync(path.join(ROOT, 'docs/threats.md'), 'utf8');
const rows = page
  .split('## Threats')
  .slice(1)
  .flatMap((section) => section.split('\n').filter((line) => line.startsWith('| ')))
  .filter((line) => !line.startsWith('| threat |') && !line.startsWith('|---'))
  .map((line) => line.slice(2, -2).split(' | '));

test('there is a row for each threat, with a guard and a test', () => {
  expect(rows.length).toBeGreaterThan(40);
  expect(rows.filter((row) => row.length !== 3)).toEqual([]);
});

test.each(rows)('%s', (_threat, guard = '', named = '') => {
  const files = [...guard.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file);
  expect(files.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  const [, file = '', title = ''] = /^`(test\/[^`]+)`: "(.+)"$/.exec(named) ?? [];
  const source = readFileSync(path.join(ROOT, file), 'utf8');
  // As the first argument of a call: `test('…'`, `describe('…'` or the call behind a table.
  const titles = [...source.matchAll(/\(\s*(['"`])(.+)/g)].map(([, , text = '']) => text);
  expect(titles.some((text) => text.startsWith(title))).toBe(true);
});

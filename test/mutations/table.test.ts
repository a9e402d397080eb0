/** The table of guards that are taken out one at a time still fits the sources; trying them is `npm run test:mutations`. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { MUTATIONS } from './table.ts';

const below = (folder: string, file: string) =>
  path.resolve(import.meta.dirname, '../..', folder, file);

test.each(MUTATIONS.map((mutation) => [mutation.name, mutation] as const))(
  '%s',
  (_name, { file, find, replace, test: named, title }) => {
    expect(readFileSync(below('src', file), 'utf8').split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
    expect(existsSync(below('test', named)), named).toBe(true);
    expect(title === undefined || title.length > 0).toBe(true);
  },
);

test('no two have one name', () => {
  expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length);
});

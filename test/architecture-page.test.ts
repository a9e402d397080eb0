/** docs/architecture.md and the house agree: what it names is there, and every room is named. */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const page = readFileSync(path.join(ROOT, 'docs/architecture.md'), 'utf8');
const files = globSync('{src,test}/**/*.ts', { cwd: ROOT }).map((file) =>
  file.split(path.sep).join('/'),
);

const foldersIn = (folder: string) =>
  readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

/** The rows `| \`folder/\` | … |` of the table under a heading row. */
function foldersUnder(heading: string): string[] {
  const table = page.slice(page.indexOf(heading)).split('\n\n')[0] ?? '';
  return [...table.matchAll(/^\| `([\w-]+)\/` \|/gm)].map((row) => row[1] ?? '').sort();
}

const named = [...new Set([...page.matchAll(/`([\w*/.-]+\.ts)`/g)].map((found) => found[1] ?? ''))];

/** A path of src or of test; a short name stands for the one in the folder that the sentence speaks of. */
function isThere(name: string): boolean {
  const wanted = new RegExp(`(?:^|/)${name.replaceAll('.', '\\.').replaceAll('*', '[\\w-]*')}$`);
  return files.some((file) => wanted.test(file));
}

describe('the page about the house', () => {
  test('names every room of the sources, and no other', () => {
    expect([...foldersUnder('| folder | what it knows |'), 'cli'].sort()).toEqual(foldersIn('src'));
  });

  test('names every room of the conversation, and no other', () => {
    expect(foldersUnder('| `conversation/…` | |')).toEqual(foldersIn('src/conversation'));
  });

  test.each(named)('%s is there', (name) => {
    expect(isThere(name)).toBe(true);
  });

  test('the table of where to find things begins each row with a whole path', () => {
    const table = page.slice(page.indexOf('## Where do I find'));
    const rows = [...table.matchAll(/^\| (?!behaviour|---)[^|]+\| `([^`]+)`/gm)].map(
      (row) => row[1],
    );
    expect(rows.length).toBeGreaterThan(40);
    const loose = rows.filter(
      (name = '') => !name.endsWith('/') && !globSync(`{src,.}/${name}`, { cwd: ROOT }).length,
    );
    expect(loose).toEqual([]);
  });
});

/** A build is used while it is one of the sources that lie beside it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshBuild, stampFile, stampOf } from '../../src/runtime/build.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'nemo-bot-build-'));
  mkdirSync(path.join(root, 'src/folder'), { recursive: true });
  mkdirSync(path.join(root, 'dist'));
  write('src/run.ts', 'one');
  write('src/folder/other.ts', 'two');
  write('package-lock.json', '{}');
  writeFileSync(stampFile(root), stampOf(root));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (file: string, text: string) => writeFileSync(path.join(root, file), text);
const used = () => freshBuild('run.js', root);

test('the build of these sources is used', () => {
  expect(used()).toBe(pathToFileURL(path.join(root, 'dist/run.js')).href);
});

test.each([
  ['a source has changed, at the same length', () => write('src/folder/other.ts', 'TWO')],
  ['a source is new', () => write('src/folder/third.ts', '')],
  ['a source is gone', () => rmSync(path.join(root, 'src/folder/other.ts'))],
  ['a package is another one', () => write('package-lock.json', '{"lockfileVersion":3}')],
  ['the lock of the packages is gone', () => rmSync(path.join(root, 'package-lock.json'))],
  ['the build was not finished', () => rmSync(stampFile(root))],
  ['there is none', () => rmSync(path.join(root, 'dist'), { recursive: true })],
])('%s: the sources run', (_why, change) => {
  change();
  expect(used()).toBeUndefined();
});

test('what is no source makes no difference', () => {
  write('src/folder/page.css', 'a {}');
  expect(used()).toBeDefined();
});

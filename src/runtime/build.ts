/** The build in `dist/`: what the sources are bundled into for a quick start. Made by cli/build.ts. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export const ROOT = path.resolve(import.meta.dirname, '../..');
export const DIST = path.join(ROOT, 'dist');
export const STAMP = path.join(DIST, 'stamp');

/** What a build is made of, in one hash: every source file, and the packages by their lock file. */
export function stampOf(root: string): string {
  const hash = createHash('sha1');
  const src = path.join(root, 'src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  for (const file of files.sort()) hash.update(file).update(readFileSync(path.join(src, file)));
  return hash.update(readFileSync(path.join(root, 'package-lock.json'))).digest('hex');
}

/** The address of a file of the build; undefined where there is none, or where the sources have changed since. */
export function freshBuild(entry: string): string | undefined {
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== stampOf(ROOT)) return undefined;
  return pathToFileURL(path.join(DIST, entry)).href;
}

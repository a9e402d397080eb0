/** The build in `dist/`: what the sources are bundled into for a quick start. cli/build.ts makes it. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** Where Node keeps compiled code: not in the shared folder for temporary files, where others could leave theirs. */
export const COMPILE_CACHE = path.join(ROOT, 'node_modules/.cache/compile');

export const distOf = (root: string): string => path.join(root, 'dist');

/** The last file of a build to be written. */
export const stampFile = (root: string): string => path.join(distOf(root), 'stamp');

/** What a build is made of, as one hash: every source file, and the packages by their lock file. */
export function stampOf(root: string): string {
  const hash = createHash('sha1');
  const src = path.join(root, 'src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.ts')).sort())
    hash.update(file).update(readFileSync(path.join(src, file)));
  const lock = path.join(root, 'package-lock.json');
  // Whoever installs by other means builds without one.
  if (existsSync(lock)) hash.update(readFileSync(lock));
  return hash.digest('hex');
}

/** The address of a file of the build; undefined where there is none, or where the sources are others by now. */
export function freshBuild(entry: string, root = ROOT): string | undefined {
  const stamp = stampFile(root);
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== stampOf(root)) return undefined;
  return pathToFileURL(path.join(distOf(root), entry)).href;
}

/** Copies of a database file, made while a bot works on it, and put back while none does. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { DatabaseUnusable } from '../database-unusable.ts';
import { damageOf, keepToOwner } from './integrity-check.ts';

/** A copy waits for the bot's writes, never the other way round. */
const BUSY_MS = 30_000;

const versionRow = z.object({ user_version: z.number() });

/**
 * What is on record at one moment, as a file that is whole or not there. By VACUUM INTO, which is one read: the copy by pages of
 * `node:sqlite` begins anew whenever another process writes.
 */
export function backUp(path: string, to: string): void {
  if (!isFile(path)) throw new DatabaseUnusable(`There is no database file ${path}.`);
  if (existsSync(to))
    throw new DatabaseUnusable(`${to} is there already; a backup replaces nothing.`);
  const part = `${to}.part`;
  rmSync(part, { force: true });
  // For the owner alone, as the database is, from its first byte.
  closeSync(openSync(part, 'wx', 0o600));
  {
    using db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_MS });
    db.prepare('VACUUM INTO :part').run({ part });
  }
  requireSound(part);
  settle(part, to);
}

/**
 * What is there now is put aside, under the name that is given back. `mayReplace` throws where a bot is at work on it; nothing is
 * changed then, nor where the backup is no sound database.
 */
export function putBack(from: string, path: string, mayReplace: () => void): string | undefined {
  requireSound(from);
  if (!isFile(path)) {
    settle(copyOf(from, path), path);
    return undefined;
  }
  mayReplace();
  const part = copyOf(from, path);
  const aside = `${path}.before-${new Date().toISOString().replaceAll(':', '-')}`;
  // Its log first: alone it would be taken for the log of what comes in its place.
  for (const ending of ['-wal', '-shm', ''])
    if (existsSync(path + ending)) renameSync(path + ending, aside + ending);
  settle(part, path);
  return aside;
}

function copyOf(from: string, path: string): string {
  const part = `${path}.part`;
  copyFileSync(from, part);
  keepToOwner(part);
  return part;
}

/** On disk, with its name, before it is said to be. */
function settle(part: string, to: string): void {
  flush(part);
  renameSync(part, to);
  flush(dirname(to));
}

function flush(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function requireSound(path: string): void {
  if (!isFile(path)) throw new DatabaseUnusable(`There is no file ${path}.`);
  const damage = damageOf(path, BUSY_MS);
  if (damage) throw new DatabaseUnusable(`${path} is damaged (${damage.replaceAll('\n', ' ')}).`);
  using db = new DatabaseSync(path, { readOnly: true });
  if (versionRow.parse(db.prepare('PRAGMA user_version').get()).user_version === 0)
    throw new DatabaseUnusable(`${path} is no database of nemo-bot.`);
}

const isFile = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** Room for the database, and for videos that wait to be sent. */
import { stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Finding, weak, well, wrong } from '../../runtime/finding.ts';

const MB = 1024 * 1024;
/** A few videos at once; below it SQLite and downloads fail in the middle of a turn. */
const LEAST_BYTES = 300 * MB;
const PLENTY_BYTES = 2_000 * MB;

export async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Of folders on one disk the first is told. */
export async function checkDisk(
  folders: readonly string[],
  freeBytes: (folder: string) => Promise<number>,
): Promise<readonly Finding[]> {
  const disks = new Map<number, string>();
  for (const folder of [...folders, tmpdir()]) {
    const there = await existing(path.resolve(folder));
    const { dev } = await stat(there);
    if (!disks.has(dev)) disks.set(dev, there);
  }
  return await Promise.all(
    Array.from(disks.values(), async (folder) => told(folder, await freeBytes(folder))),
  );
}

function told(folder: string, free: number): Finding {
  const what = `${Math.floor(free / MB)} MB are free for ${folder}`;
  if (free < LEAST_BYTES)
    return wrong(
      `Only ${what}`,
      'make room there, or point DATABASE_URL (and TMPDIR) at a larger disk; KEEP_DAYS says how long finished turns stay',
    );
  if (free < PLENTY_BYTES)
    return weak(`${what}, which a few videos at once can fill`, 'make room there in time');
  return well(what);
}

/** It may not have been made yet: then its disk is that of the folder it will be made in. */
async function existing(folder: string): Promise<string> {
  try {
    await stat(folder);
    return folder;
  } catch {
    const above = path.dirname(folder);
    return above === folder ? folder : existing(above);
  }
}

/** Where ffmpeg is on this machine. */
import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';

const NAMES = process.platform === 'win32' ? ['ffmpeg.exe'] : ['ffmpeg'];

/** `given` alone, where it is given; else the first in the folders of `searched`. Undefined: none can be run. */
export async function findFfmpeg(
  given: string | undefined,
  searched: string,
): Promise<string | undefined> {
  const folders = searched.split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const candidates =
    given === undefined
      ? folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)))
      : [path.resolve(given)];
  for (const candidate of candidates) if (await canRun(candidate)) return candidate;
  return undefined;
}

async function canRun(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

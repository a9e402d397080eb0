/** `.env` holds every token: nobody else on the machine is to read it. */
import { statSync } from 'node:fs';
import { type Finding, weak } from '../../runtime/finding.ts';

export function readableByOthers(file: string): readonly Finding[] {
  // On Windows the bits say nothing.
  if (process.platform === 'win32') return [];
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found || (found.mode & 0o077) === 0) return [];
  return [weak(`${file} can be read by others on this machine`, `chmod 600 ${file}`)];
}

/** Folders that a test needs, gone when it is over. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** Removed after the hooks that close what lies in it. Call it inside of a test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'nemo-bot-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A database file that another house can open after the first. */
export const databaseFile = async (): Promise<string> =>
  path.join(await temporaryFolder(), 'bot.db');

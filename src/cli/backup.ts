/** `npm run backup -- --to FILE`: a copy of the SQLite file of DATABASE_URL, made while the bot runs. */
import { requireNode } from '../runtime/node-version.ts';

requireNode();
const { copyCommand } = await import('./copy-command.ts');
const { backUp } = await import('../runtime/sqlite/backup.ts');

await copyCommand(
  'to',
  'pg_dump --format=custom --schema=nemo_bot --schema=nemo_bot_jobs --file=FILE "$DATABASE_URL"',
  async (path, to) => {
    backUp(path, to);
    return `${to} is a copy of ${path}.`;
  },
);

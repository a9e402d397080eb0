/**
 * `npm run migrate -- --from sqlite:data/nemo-bot.db --to postgres://user:password@host:5432/name`: everything on record goes over.
 * With `--dry-run` it only says what would be done; with `--undo` the file is used again.
 */
import { parseArgs } from 'node:util';
import { requireNode } from '../runtime/node-version.ts';

requireNode();
const { DatabaseUnusable } = await import('../runtime/database-unusable.ts');
const { MoveFailed } = await import('../runtime/move/move.ts');
const { databaseUrl } = await import('../settings/database-url.ts');
const { moveDatabase, rehearse, undo } = await import('./move-database.ts');

const USAGE = `Usage: npm run migrate -- --from sqlite:FILE --to postgres://user:password@host:5432/name [--dry-run | --undo]
The other direction does not exist.
`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  process.exitCode = await run();
} catch (error) {
  if (!(error instanceof MoveFailed || error instanceof DatabaseUnusable)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function run(): Promise<number> {
  const asked = read();
  const from = databaseUrl.safeParse(asked?.from).data;
  const to = asked?.to === undefined ? undefined : databaseUrl.safeParse(asked.to).data;
  const isUndone = asked?.undo === true;
  if (
    from?.kind !== 'sqlite' ||
    (to?.kind !== 'postgres' && !(isUndone && asked?.to === undefined))
  ) {
    process.stderr.write(USAGE);
    return 2;
  }
  const url = to?.kind === 'postgres' ? to.url : undefined;
  if (isUndone) await undo({ from: from.path, ...(url !== undefined && { to: url }), say });
  else if (url !== undefined)
    await (asked?.['dry-run'] ? rehearse : moveDatabase)({ from: from.path, to: url, say });
  return 0;
}

function read() {
  try {
    return parseArgs({
      options: {
        from: { type: 'string' },
        to: { type: 'string' },
        'dry-run': { type: 'boolean' },
        undo: { type: 'boolean' },
      },
    }).values;
  } catch {
    return undefined;
  }
}

/** `npm run restore -- --from FILE`: a backup takes the place of the SQLite file of DATABASE_URL, which is put aside. */
import { requireNode } from '../runtime/node-version.ts';

requireNode();
const { copyCommand } = await import('./copy-command.ts');
const { ledgerSource } = await import('../ledger/move-ledger.ts');
const { putBack } = await import('../runtime/sqlite/backup.ts');

await copyCommand(
  'from',
  `psql "$DATABASE_URL" --command='DROP SCHEMA IF EXISTS nemo_bot, nemo_bot_jobs CASCADE'
pg_restore --single-transaction --exit-on-error --dbname="$DATABASE_URL" FILE`,
  async (path, from) => {
    const { mayHold } = await ledgerSource();
    const aside = putBack(from, path, () => mayHold?.(path));
    return `${path} is ${from} from now on.${aside === undefined ? '' : ` What was there is ${aside}.`}`;
  },
);

/** SIGKILL of the real process, at work in Discord: a sample of the matrix. `npm run test:crash` is the whole. */
import { describePostgres } from '../doubles/use-postgres.ts';
import { discordPlace } from './matrix/places.ts';
import { postgresStore } from './matrix/stores.ts';
import { tellPoints } from './sample.ts';

tellPoints(
  discordPlace,
  [
    'after discord POST channels messages threads #1',
    'after discord POST channels messages #2',
    'before nemo run_sse says #3',
    'before write update turns delivered #2',
  ],
  ['before nemo run_sse #1'],
);

describePostgres('with PostgreSQL, where another process goes on', () => {
  tellPoints(discordPlace, ['after nemo render #1'], [], postgresStore);
});

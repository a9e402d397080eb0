/** SIGKILL of the real process, at work in Slack: a sample of the matrix. `npm run test:crash` is the whole. */
import { describePostgres } from '../doubles/use-postgres.ts';
import { slackPlace } from './matrix/places.ts';
import { postgresStore } from './matrix/stores.ts';
import { tellPoints } from './sample.ts';

tellPoints(slackPlace, ['after slack files.completeUploadExternal #1'], ['before nemo run_sse #2']);

describePostgres('with PostgreSQL, where another process goes on', () => {
  tellPoints(
    slackPlace,
    ['after nemo run_sse #1', 'before write update turns answered #1'],
    [],
    postgresStore,
  );
});

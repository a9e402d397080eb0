/** SIGKILL of the real process, at work in Discord: a sample of the matrix. `npm run test:crash` is the whole. */
import { discordPlace } from './matrix/places.ts';
import { tellPoints } from './sample.ts';

tellPoints(
  discordPlace,
  [
    'after discord POST channels messages threads #1',
    'after discord POST channels messages #2',
    'before write update turns delivered #2',
  ],
  ['before nemo run_sse #1'],
);

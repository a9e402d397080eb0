import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { sharedFiles } from './test/workers.ts';

/** Files of minutes. On a fresh clone nothing tells how long a file takes, and one of these at the end has the others wait. */
const LONG = [
  'test/floods/documents.test.ts',
  'test/floods/messages.test.ts',
  'test/crash/discord.test.ts',
  'test/crash/slack.test.ts',
  'test/simulation/simulation.test.ts',
  'test/simulation/postgres.test.ts',
  'test/demo.test.ts',
  'test/crash.test.ts',
  // Of those that share a worker: small files of many cases, which would come last by their size.
  'test/ledger/sqlite-ledger.test.ts',
  'test/ledger/postgres-ledger.test.ts',
  'test/simulator/renders.test.ts',
  'test/move/commands.test.ts',
  'test/move/move.test.ts',
  'test/platforms/discord/replicas.test.ts',
  'test/platforms/slack/outage.test.ts',
  'test/platforms/web/page-weather.test.ts',
  'test/platforms/web/versions-page.test.ts',
  'test/conversation/scenarios/failed-looks.test.ts',
  'test/edge/postgres.test.ts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((file) => moduleId.endsWith(file));
      return at < 0 ? LONG.length : at;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

/**
 * discord.js, left while it connects, comes back once more and may trip over the second connection that it then has. Nobody
 * holds the promise that fails with it: the bot's process says so in its log and goes on (src/runtime/process.ts).
 */
const isLeftClient = ({ message, stack = '' }: { message: string; stack?: string }): boolean =>
  message.startsWith('WebSocket is not open') && stack.includes('@discordjs/ws');

const shared = sharedFiles();

export default defineConfig({
  test: {
    // Only what hangs takes so long, however busy the machine is.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    // More than a small machine has cores: of a shared file's seconds three in five are waiting for scaled clocks and child processes.
    maxWorkers: 4,
    onUnhandledError: (error) => (isLeftClient(error) ? false : undefined),
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: { name: 'alone', include: ['test/**/*.test.ts'], exclude: [...shared] },
      },
      // `alone` comes first by its name: what is left at the end are files of a second.
      { extends: true, test: { name: 'shared', include: [...shared], isolate: false } },
    ],
  },
});

import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of minutes. On a fresh clone nothing tells how long a file takes, and one of these at the end has the others wait. */
const LONG = [
  'test/floods/documents.test.ts',
  'test/floods/messages.test.ts',
  'test/crash/discord.test.ts',
  'test/crash/slack.test.ts',
  'test/simulation/simulation.test.ts',
  'test/demo.test.ts',
  'test/crash.test.ts',
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

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Most of the time is waiting for scaled clocks and child processes, not CPU.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
  },
});

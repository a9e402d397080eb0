/** How long finished turns are kept is the operator's to say. */
import { expect, test } from 'vitest';
import { forgetOldTurns } from '../../src/ledger/forget-old-turns.ts';

const silent = () => {};
const log = { debug: silent, info: silent, warn: silent, error: silent, always: silent };

test.each([1, 30])('what ended more than %i days ago is forgotten', (days) => {
  const asked: number[] = [];
  const prune = async (before: number) => {
    asked.push(before);
    return 0;
  };
  const before = Date.now();
  forgetOldTurns({ prune }, days, log)();
  const [at = 0] = asked;
  expect(at).toBeGreaterThanOrEqual(before - days * 86_400_000);
  expect(at).toBeLessThanOrEqual(Date.now() - days * 86_400_000);
});

import { expect, test } from 'vitest';
import { runAll } from '../../src/runtime/run-all.ts';

test('a step that fails keeps no other from being run, and all failures are reported', async () => {
  const ran: string[] = [];
  const step = (what: string, failure?: string) => ({
    what,
    run: async () => {
      ran.push(what);
      if (failure) throw new Error(failure);
    },
  });
  const ended = runAll([
    step('listening', 'socket gone'),
    step('the drain'),
    step('the close of slack', 'not open'),
    step('the close of the ledger'),
  ]);
  await expect(ended).rejects.toThrow(
    'listening failed: socket gone; the close of slack failed: not open',
  );
  expect(ran).toEqual(['listening', 'the drain', 'the close of slack', 'the close of the ledger']);
});

test('without a failure it resolves', async () => {
  await runAll([{ what: 'nothing', run: async () => {} }]);
});

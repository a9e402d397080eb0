/** Questions that change nothing, and hearing of work. */
import { describe, expect, test } from 'vitest';
import { toRenderId, toThreadKey, toTurnId } from '../../../src/runtime/ids.ts';
import {
  type LedgerStore,
  mustAppend,
  mustClaim,
  newTurn,
  type TestLedger,
  useStore,
} from '../support.ts';

export function describeLooking(open: () => Promise<LedgerStore>): void {
  let ledger: TestLedger;
  useStore(open, (fresh) => {
    ({ ledger } = fresh);
  });

  describe('looking', () => {
    test('unfinished lists the ordered turns of the thread, oldest first', async () => {
      const [first, second, third] = [
        await mustAppend(ledger),
        await mustAppend(ledger),
        await mustAppend(ledger),
      ];
      await ledger.append(newTurn({ lane: 'immediate' }));
      await ledger.append(newTurn({ thread: 'elsewhere' }));
      const ids = async () => (await ledger.unfinished(first.turn.thread)).map((turn) => turn.id);
      expect(await ids()).toEqual([first.turn.id, second.turn.id, third.turn.id]);
      await ledger.finish(await mustClaim(ledger), 'delivered');
      expect(await ids()).toEqual([second.turn.id, third.turn.id]);
      expect(await ledger.countUnfinished()).toBe(4);
    });

    test('a thread is known from its first ordered turn on', async () => {
      await ledger.append(newTurn({ thread: 't', lane: 'immediate' }));
      expect(await ledger.knows(toThreadKey('t'))).toBe(false);
      await ledger.append(newTurn({ thread: 't' }));
      expect(await ledger.knows(toThreadKey('t'))).toBe(true);
      expect(await ledger.knows(toThreadKey('T'))).toBe(false);
    });

    test('an immediate turn makes its thread known where it says so', async () => {
      await ledger.append({ ...newTurn({ thread: 't', lane: 'immediate' }), opens: true });
      expect(await ledger.knows(toThreadKey('t'))).toBe(true);
    });

    test('what is not there is undefined', async () => {
      expect(await ledger.turn(toTurnId('none'))).toBeUndefined();
      expect(await ledger.render(toRenderId('none'))).toBeUndefined();
      expect(await ledger.renders(toThreadKey('none'))).toEqual([]);
      expect(await ledger.unfinished(toThreadKey('none'))).toEqual([]);
    });
  });
}

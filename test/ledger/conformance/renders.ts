/** A render is written by the turn that it belongs to; of two that take it over, one has it. */

import { describe, expect, test } from 'vitest';
import { type Claim, type Render, RenderTaken } from '../../../src/ledger/ledger.ts';
import { toRenderId, toTurnId } from '../../../src/runtime/ids.ts';
import {
  type LedgerStore,
  mustAppend,
  mustClaim,
  newRender,
  newTurn,
  type TestLedger,
  useStore,
} from '../support.ts';

export function describeRenders(open: () => Promise<LedgerStore>): void {
  let store: LedgerStore;
  let ledger: TestLedger;
  useStore(open, (fresh) => {
    ({ store, ledger } = fresh);
  });

  /** The owner of a render, and another turn of the thread. */
  async function twoTurns(): Promise<{ own: Claim; other: Claim; render: Render }> {
    await mustAppend(ledger);
    const own = await mustClaim(ledger);
    const render = newRender(own, { phase: 'rendering' });
    await ledger.advance(own, { render });
    await mustAppend(ledger, newTurn({ lane: 'immediate' }));
    return { own, other: await mustClaim(ledger, 'worker', 'immediate'), render };
  }

  describe('whose a render is', () => {
    test.each(['advance', 'finish', 'park'] as const)(
      'another turn writes nothing of it, nor anything that came along (%s)',
      async (how) => {
        const { own, other, render } = await twoTurns();
        const change = {
          render: { ...render, turn: other.turn.id, phase: 'ready' },
          notes: '{"taken":1}',
        } as const;
        const written = {
          advance: () => ledger.advance(other, change),
          finish: () => ledger.finish(other, 'delivered', change),
          park: () => ledger.park(other, { change }),
        }[how]();
        await expect(written).rejects.toThrow(RenderTaken);
        expect(await ledger.render(render.id)).toEqual(render);
        expect(await ledger.turn(other.turn.id)).toEqual(other.turn);
        await ledger.advance(own, { render: { ...render, phase: 'ready' } });
        expect((await ledger.render(render.id))?.phase).toBe('ready');
      },
    );

    test('it is taken over as it was read; who had it writes it no longer', async () => {
      const { own, other, render } = await twoTurns();
      const taken = { ...render, turn: other.turn.id };
      await ledger.advance(other, { render: taken, taking: render });
      expect(await ledger.render(render.id)).toEqual(taken);
      const late = ledger.advance(own, { render: { ...render, phase: 'ready' } });
      await expect(late).rejects.toThrow(RenderTaken);
      await ledger.advance(other, { render: { ...taken, phase: 'ready' } });
    });

    test('it is not taken over when it went on meanwhile, changed hands, or is forgotten', async () => {
      const { own, other, render } = await twoTurns();
      const taken = { ...render, turn: other.turn.id };
      await ledger.advance(own, { render: { ...render, phase: 'delivered' } });
      for (const taking of [render, { turn: toTurnId('somebody'), phase: 'delivered' } as const]) {
        const written = ledger.advance(other, { render: taken, taking });
        await expect(written).rejects.toThrow(RenderTaken);
      }
      expect((await ledger.render(render.id))?.phase).toBe('delivered');
      const gone = { ...taken, id: toRenderId('forgotten') };
      await expect(ledger.advance(other, { render: gone, taking: render })).rejects.toThrow(
        RenderTaken,
      );
    });

    test('of turns in several processes that take it at once, one has it', async () => {
      const { render } = await twoTurns();
      const claims: { on: TestLedger; claim: Claim }[] = [];
      for (let n = 0; n < 3; n += 1) {
        const on = await store.connect();
        await mustAppend(on, newTurn({ lane: 'immediate' }));
        claims.push({ on, claim: await mustClaim(on, 'worker', 'immediate') });
      }
      const taken = await Promise.allSettled(
        claims.map(({ on, claim }) =>
          on.advance(claim, { render: { ...render, turn: claim.turn.id }, taking: render }),
        ),
      );
      const won = claims.filter((_claim, at) => taken[at]?.status === 'fulfilled');
      expect(won).toHaveLength(1);
      expect((await ledger.render(render.id))?.turn).toBe(won[0]?.claim.turn.id);
    });

    test('an order that goes on under another id leaves the first one behind, in one stroke', async () => {
      const { own, other, render } = await twoTurns();
      const second = { ...render, id: toRenderId('render-1-2') };
      await expect(
        ledger.advance(other, { render: { ...second, turn: other.turn.id }, abandons: render.id }),
      ).rejects.toThrow(RenderTaken);
      await ledger.advance(own, { render: second, abandons: render.id });
      expect(await ledger.renders(render.thread)).toEqual([
        second,
        { ...render, phase: 'abandoned' },
      ]);
    });
  });
}

/** Finished videos are numbered in the transaction that marks them ready, and what they were made of is kept. */
import { describe, expect, test } from 'vitest';
import type { Claim, Render } from '../../../src/ledger/ledger.ts';
import { toMessageId, toRenderId, toSessionId } from '../../../src/runtime/ids.ts';
import {
  LEASE_MS,
  type LedgerStore,
  mustAppend,
  mustClaim,
  newRender,
  newTurn,
  SERVED,
  type TestLedger,
  useStore,
} from '../support.ts';

export function describeVersions(open: () => Promise<LedgerStore>): void {
  let store: LedgerStore;
  let ledger: TestLedger;
  useStore(open, (fresh) => {
    ({ store, ledger } = fresh);
  });

  const finished = (claim: Claim, name: string, over: Partial<Render> = {}): Render =>
    newRender(claim, { id: toRenderId(name), draft: name, phase: 'ready', ...over });
  const versionOf = async (name: string) => (await ledger.render(toRenderId(name)))?.version;

  describe('the versions of a thread', () => {
    test('are numbered as they are finished; another form of one cut is no new version', async () => {
      const { turn } = await mustAppend(ledger);
      const claim = await mustClaim(ledger);
      await ledger.advance(claim, { render: finished(claim, 'first', { phase: 'rendering' }) });
      expect(await versionOf('first')).toBeUndefined();
      await ledger.advance(claim, { render: finished(claim, 'second') });
      await ledger.advance(claim, { render: finished(claim, 'first') });
      const wide = { draft: 'second', resolution: '720p', copyOf: toRenderId('second') };
      await ledger.advance(claim, { render: finished(claim, 'wide', wide) });
      const other = { draft: 'second', session: toSessionId('another') };
      await ledger.advance(claim, { render: finished(claim, 'other', other) });
      await ledger.advance(claim, { render: finished(claim, 'failed', { phase: 'failed' }) });
      const numbers = (await ledger.renders(turn.thread)).map(({ id, version }) => [id, version]);
      expect(Object.fromEntries(numbers)).toEqual({
        first: 2,
        second: 1,
        wide: 1,
        other: 3,
        failed: undefined,
      });
      expect((await ledger.render(toRenderId('wide')))?.copyOf).toBe('second');
    });

    test('a number once given stays, whatever is said of it afterwards', async () => {
      await mustAppend(ledger);
      const claim = await mustClaim(ledger);
      await ledger.advance(claim, { render: finished(claim, 'first') });
      const message = toMessageId('posted');
      const said = { version: 7, phase: 'delivered', message, deliveredAt: 5 } as const;
      await ledger.advance(claim, { render: finished(claim, 'first', said) });
      await ledger.finish(claim, 'delivered', { render: finished(claim, 'first') });
      expect(await ledger.render(toRenderId('first'))).toMatchObject({
        version: 1,
        message,
        deliveredAt: 5,
      });
    });

    test('of a cut that is not known each render is one of its own; each thread counts for itself', async () => {
      for (const thread of ['one', 'two']) {
        await mustAppend(ledger, newTurn({ thread }));
        const claim = await mustClaim(ledger);
        for (const name of [`${thread} a`, `${thread} b`])
          await ledger.advance(claim, { render: finished(claim, name, { draft: undefined }) });
        expect([await versionOf(`${thread} a`), await versionOf(`${thread} b`)]).toEqual([1, 2]);
      }
    });

    test('a number is not given again when its video is forgotten', async () => {
      await mustAppend(ledger);
      const claim = await mustClaim(ledger);
      await ledger.finish(claim, 'delivered', {
        render: finished(claim, 'old', { createdAt: store.now() - 1 }),
      });
      await ledger.prune(store.now() + LEASE_MS);
      expect(await ledger.render(toRenderId('old'))).toBeUndefined();
      await mustAppend(ledger);
      const next = await mustClaim(ledger);
      await ledger.advance(next, { render: finished(next, 'new') });
      expect(await versionOf('new')).toBe(2);
    });

    test('several processes that finish videos at once give each number once', async () => {
      await mustAppend(ledger);
      const first = await mustClaim(ledger);
      const works = [{ on: ledger, claim: first }];
      for (let n = 0; n < 3; n += 1) {
        const on = await store.connect();
        await mustAppend(on, newTurn({ lane: 'immediate' }));
        works.push({ on, claim: await mustClaim(on, `worker ${n}`, 'immediate') });
      }
      await Promise.all(
        works.map(({ on, claim }, n) =>
          on.advance(claim, {
            // Two of the four show the same cut.
            render: finished(claim, `video ${n}`, { draft: `cut ${n % 3}` }),
          }),
        ),
      );
      const numbers = (await ledger.renders(first.turn.thread)).map(({ version }) => version);
      expect(new Set(numbers)).toEqual(new Set([1, 2, 3]));
      expect(await versionOf('video 0')).toBe(await versionOf('video 3'));
    });
  });

  describe('the cut of a render', () => {
    test('is kept with its first row, also when the order goes on under another id', async () => {
      await mustAppend(ledger);
      const claim = await mustClaim(ledger, 'worker', SERVED.lane);
      const ordered = newRender(claim);
      await ledger.advance(claim, { render: ordered, cut: '{"draft":1}' });
      await ledger.advance(claim, { render: { ...ordered, polls: 1 } });
      const renamed = { ...ordered, id: toRenderId('theirs') };
      await ledger.advance(claim, { render: renamed, abandons: ordered.id });
      expect(await ledger.cut(ordered.id)).toBe('{"draft":1}');
      expect(await ledger.cut(renamed.id)).toBe('{"draft":1}');
      await ledger.advance(claim, { render: newRender(claim, { id: toRenderId('bare') }) });
      expect(await ledger.cut(toRenderId('bare'))).toBeUndefined();
      expect(await ledger.cut(toRenderId('none'))).toBeUndefined();
    });
  });
}

/** A file from before there were versions: what was delivered has its number in order, and the next goes on from there. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openSqliteLedger } from '../../src/ledger/sqlite/open-ledger.ts';
import { toRenderId } from '../../src/runtime/ids.ts';
import { newRender, newTurn, SERVED } from './support.ts';

const BEFORE = 6;
const ADDED = ['cut', 'delivered_at', 'message', 'version', 'copy_of'];

test('deliveries of an earlier program are numbered by their cuts, each thread for itself', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'nemo-versions-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'bot.db');
  const open = () => openSqliteLedger({ path, leaseMs: 60_000 });
  const ledger = open();
  for (const thread of ['one', 'two']) await ledger.append(newTurn({ thread }));
  for (;;) {
    const claim = await ledger.claim('worker', SERVED);
    if (!claim) break;
    for (const [name, draft, phase] of [
      ['a', 'first', 'delivered'],
      ['b', undefined, 'delivered'],
      ['c', 'failed', 'failed'],
      ['d', 'second', 'delivered'],
      ['e', 'first', 'delivered'],
    ] as const) {
      const id = toRenderId(`${claim.turn.thread} ${name}`);
      await ledger.advance(claim, { render: newRender(claim, { id, draft, phase }) });
    }
    await ledger.finish(claim, 'delivered');
  }
  await ledger.close();
  const db = new DatabaseSync(path);
  for (const column of ADDED) db.exec(`ALTER TABLE renders DROP COLUMN ${column}`);
  // What came after it.
  db.exec('DROP TABLE spendings; DROP INDEX turns_by_thread; DROP INDEX turns_by_person');
  // What it had, and went.
  db.exec('CREATE INDEX turns_open ON turns (seq) WHERE finished_at IS NULL');
  db.exec('CREATE INDEX turns_leased ON turns (owner, lease_until) WHERE owner IS NOT NULL');
  db.exec(`ALTER TABLE threads DROP COLUMN versions; PRAGMA user_version = ${BEFORE}`);
  db.close();
  const later = open();
  onTestFinished(() => later.close());
  const appended = await later.append(newTurn({ thread: 'two' }));
  if (appended.outcome !== 'new') throw new Error('nothing was appended');
  const { thread } = appended.turn;
  const renders = await later.renders(thread);
  const numbers = renders.map(({ id, version }) => [id.split(' ')[1], version]);
  expect(Object.fromEntries(numbers)).toEqual({ a: 1, b: 2, c: undefined, d: 3, e: 1 });
  const claim = await later.claim('worker', SERVED);
  if (!claim) throw new Error('nothing to claim');
  const next = newRender(claim, { id: toRenderId('next'), draft: 'third', phase: 'ready' });
  await later.advance(claim, { render: next });
  expect((await later.render(next.id))?.version).toBe(4);
});

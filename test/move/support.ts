/** An SQLite file with something of everything, and what is in it. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type End, isEnd, PHASES, type Phase } from '../../src/ledger/ledger.ts';
import type { ClaimingLedger } from '../../src/ledger/sqlite/claiming-ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite/open-ledger.ts';
import { toTurnId } from '../../src/runtime/ids.ts';
import { openSqliteState } from '../../src/state/sqlite/open-state.ts';
import { mustAppend, newTurn, placeOf } from '../ledger/support.ts';

/** A turn in each phase, with projects, renders, a turn that waits behind another and one that watches a render. */
const OLD = fileURLToPath(new URL('../ledger/fixtures/version-2.db', import.meta.url));

/** The key that its secret was written under. */
export const KEY = Buffer.alloc(32, 7).toString('base64');

export const secret = z.object({ token: z.string() });
export const plain = z.object({ text: z.string() });

export interface SqliteFile {
  readonly path: string;
  remove(): Promise<void>;
}

export async function emptyFile(): Promise<SqliteFile> {
  const folder = await mkdtemp(join(tmpdir(), 'nemo-bot-move-'));
  return { path: join(folder, 'bot.db'), remove: () => rm(folder, { recursive: true }) };
}

/** Of an earlier version, as its bot left it. */
export async function olderFile(): Promise<SqliteFile> {
  const file = await emptyFile();
  await copyFile(OLD, file.path);
  return file;
}

const OPEN = PHASES.filter((phase): phase is Exclude<Phase, End> => !isEnd(phase));

/** A thread for each phase with a turn in it and one that waits behind; some that crashed, were parked, or called off. */
export async function fullFile(): Promise<SqliteFile> {
  const file = await emptyFile();
  const ledger = openSqliteLedger({ path: file.path, leaseMs: 60_000 });
  for (const phase of OPEN) {
    const thread = `slack:T1:C1:${phase}`;
    await mustAppend(ledger, newTurn({ key: phase, thread, name: 'Tee & "Kräuter" 🎬' }));
    await inPhase(ledger, phase);
    await mustAppend(ledger, newTurn({ key: `${phase} next`, thread, requester: 'grace' }));
  }
  await mustAppend(ledger, newTurn({ key: 'aside', lane: 'immediate', requester: 'grace' }));
  await mustAppend(ledger, newTurn({ key: 'called off', thread: 'slack:T1:C1:off' }));
  await claimOf(ledger, 'slack:T1:C1:off');
  await ledger.withdraw('called off');
  const stopped = await mustAppend(
    ledger,
    newTurn({ key: 'to be stopped', thread: 'slack:T1:C1:stop' }),
  );
  await ledger.requestStop(stopped.turn.id, 'grace');
  await mustAppend(
    ledger,
    newTurn({ key: 'over', thread: 'slack:T1:C1:over', counts: 'requests', weight: 3 }),
  );
  const over = await claimOf(ledger, 'slack:T1:C1:over');
  await ledger.finish(over, 'delivered', { project: '{"session":"s"}' });
  await mustAppend(ledger, newTurn({ key: 'withdrawn', thread: 'slack:T1:C1:withdrawn' }));
  await ledger.withdraw('withdrawn');
  await mustAppend(
    ledger,
    newTurn({
      key: 'opens',
      lane: 'immediate',
      opens: true,
      thread: placeOf('discord:G:C:1', { platform: 'discord' }),
    }),
  );
  for (let n = 0; n < 5; n += 1) await ledger.begin(`begun ${n}`);
  const spending = { turn: over.turn.id, thread: over.turn.thread, account: 'trial' };
  await ledger.beginSpending(spending, 60_000);
  await ledger.endSpending(spending, { was: 100, is: 3.5 });
  await ledger.beginSpending({ ...spending, turn: toTurnId('open') }, 60_000);
  await ledger.close();

  const state = openSqliteState({ path: file.path, encryptionKey: KEY });
  await state.map('secrets', secret, { secret: true }).set('T1', { token: 'xoxb-secret' });
  await state
    .map('talk', plain, { ttlMs: 86_400_000 })
    .set('a\0b\\0c', { text: 'with a \0 in its key' });
  await state.map('talk-of-all-time', plain).set('ключ', { text: '永远' });
  await state.close();
  return file;
}

/** Every second one is parked, the others have lost their worker. */
async function inPhase(ledger: ClaimingLedger, phase: Exclude<Phase, End>): Promise<void> {
  if (phase === 'accepted') return;
  const claim = await claimOf(ledger, `slack:T1:C1:${phase}`);
  const change = { phase, notes: JSON.stringify({ noted: phase }) };
  if (OPEN.indexOf(phase) % 2 === 0) await ledger.park(claim, { change });
  else await ledger.advance(claim, change);
}

/** Claims are given to whoever has least; what else comes is put back. */
async function claimOf(ledger: ClaimingLedger, thread: string) {
  const others = [];
  try {
    for (;;) {
      const claim = await ledger.claim('a worker of an earlier life', {
        lane: 'ordered',
        platforms: ['slack'],
      });
      if (!claim) throw new Error(`nothing to claim in ${thread}`);
      if (claim.turn.thread === thread) return claim;
      others.push(claim);
    }
  } finally {
    for (const other of others) await ledger.park(other);
  }
}

/** The steps of a turn as the ledgers are asked for them, without anybody who dispatches. */
import { randomUUID } from 'node:crypto';
import type { Arrival, Claim } from '../../src/ledger/ledger.ts';
import { jobData, queueOf } from '../../src/ledger/postgres/jobs.ts';
import type { PostgresLedger } from '../../src/ledger/postgres/open-ledger.ts';
import { toThreadKey } from '../../src/runtime/ids.ts';
import type { Log } from '../../src/runtime/log.ts';

export const quiet: Log = { debug() {}, info() {}, warn() {}, error() {}, always() {} };

const PAYLOAD = JSON.stringify({ text: 'x'.repeat(300) });

export const arrivalOf = (key: string, thread: string, requester = 'U1'): Arrival => ({
  key,
  thread: {
    key: toThreadKey(thread),
    platform: 'slack',
    workspace: 'T1',
    channel: 'C1',
    ref: thread,
  },
  lane: 'ordered',
  requester,
  payload: PAYLOAD,
  counts: 'requests',
});

/** As the dispatcher does: pg-boss gives out a job, the turn's row is taken. */
export async function claimNext(ledger: PostgresLedger): Promise<Claim | undefined> {
  const [job] = await ledger.boss.fetch(queueOf('ordered', 'slack'), {
    batchSize: 1,
    includeMetadata: true,
  });
  if (!job) return undefined;
  const { turn } = jobData.parse(job.data);
  const { retryCount: attempt, startedOn } = job;
  const taken = await ledger.take({ id: turn, lane: 'ordered', attempt, startedOn }, randomUUID());
  return taken?.claim;
}

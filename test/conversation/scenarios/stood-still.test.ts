/** A worker that stands still past its lease between the mark that it is about to order, and the order. */
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { TurnChange } from '../../../src/ledger/ledger.ts';
import { machineTimers, type Timers } from '../../../src/runtime/clock.ts';
import { StoreUnavailable } from '../../../src/runtime/store-outage.ts';
import type { House } from '../../doubles/house.ts';
import { refused } from '../../doubles/nemo/answers.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { renders } from './exporting.ts';
import { edit, hear, open, runs, story } from './support.ts';

const PAST_THE_LEASE_MS = 45_000;

type Mark = (change: TurnChange) => boolean;
const orders: Mark = ({ render }) => render?.phase === 'submitting';
const sends: Mark = ({ phase }) => phase === 'sending';

/** Stands still once, right after the mark is on record; `meanwhile` is what happens in the rest of the world. */
async function standsStillAfter(mark: Mark, meanwhile: (path: string, house: House) => void) {
  const marked = Promise.withResolvers<void>();
  let asleep = 0;
  const ledgerTimers: Timers = {
    ...machineTimers,
    now: () => machineTimers.now() + asleep,
    monotonic: () => machineTimers.monotonic() + asleep,
  };
  const path = await databaseFile();
  const house = await open({ path, ledgerTimers, rules: { autoExport: 'first' } });
  const { advance } = house.ledger;
  house.ledger.advance = async (claim, change) => {
    await advance(claim, change);
    if (asleep > 0 || !mark(change)) return;
    asleep = PAST_THE_LEASE_MS;
    meanwhile(path, house);
    marked.resolve();
  };
  house.nemo.script(...edit(sampleDraft, 'It is in.'));
  await house.room.write('A film about tea.');
  await marked.promise;
  return house;
}

function taken(path: string): void {
  using db = new DatabaseSync(path);
  const sql =
    "UPDATE turns SET owner = 'another', fence = fence + 1, lease_until = lease_until + 1e9";
  expect(db.prepare(`${sql} WHERE finished_at IS NULL`).run().changes).toBe(1);
}

test.each([
  ['its render was looked for', orders, { messages: 1, renders: 0 }],
  ['its message was given up', sends, { messages: 0, renders: 0 }],
])('%s by another worker meanwhile: it lets go, and nothing goes out', async (_what, mark, out) => {
  const house = await standsStillAfter(mark, taken);
  while (house.conversation.running() > 0) await new Promise((resolve) => setImmediate(resolve));
  expect(runs(house)).toBe(out.messages);
  expect(renders(house)).toHaveLength(out.renders);
  expect(await house.ledger.countUnfinished()).toBe(1);
});

test.each([
  ['it was turned away for now', refused(429, 429, 'busy')],
  ['it was refused', refused(422, 422, 'duplicate')],
])(
  '%s, and the worker stood still before the next try: nothing goes out beside its successor',
  async (_what, answer) => {
    const path = await databaseFile();
    let asleep = 0;
    const ledgerTimers: Timers = {
      ...machineTimers,
      now: () => machineTimers.now() + asleep,
      monotonic: () => machineTimers.monotonic() + asleep,
    };
    const house = await open({ path, ledgerTimers, rules: { autoExport: 'first' } });
    house.nemo.on('render', () => {
      if (asleep === 0) taken(path);
      asleep = PAST_THE_LEASE_MS;
      return answer;
    });
    house.nemo.script(...edit(sampleDraft, 'It is in.'));
    await house.room.write('A film about tea.');
    await house.nemo.arrival('render');
    while (house.conversation.running() > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(house.nemo.received('render')).toHaveLength(1);
    expect(await house.ledger.countUnfinished()).toBe(1);
  },
);

/** Says once that it cannot tell. */
function unreadable(_path: string, { ledger }: House): void {
  const { renew } = ledger;
  ledger.renew = async () => {
    ledger.renew = renew;
    throw new StoreUnavailable('the database is locked');
  };
}

test.each([
  ['order', orders],
  ['message', sends],
])(
  'nobody can tell whose turn it is: its %s waits for that, and goes out once',
  async (_what, mark) => {
    const house = await standsStillAfter(mark, unreadable);
    await hear(house, /Video ready!/);
    await house.idle();
    expect(house.logged.join('\n')).toContain('waits for what is out of reach');
    expect(story(house)).not.toMatch(/nothing has changed|restarted/);
    expect(runs(house)).toBe(1);
    expect(renders(house)).toHaveLength(1);
  },
);

/** Claims hold: from the log that the database itself has kept. */
import type { Evidence } from './audit.ts';
import type { LogRow } from './books.ts';
import { LEASE_MS, type Worker } from './world.ts';

/** A turn that may run is begun within this, while somebody has room for it. */
const START_MS = 400;

export function auditClaims({ house, books }: Evidence): void {
  const { world } = house;
  const log = books.log();
  /** In whose name each worker claims, as its first claim shows. */
  const workers = new Map<string, Worker>();
  for (const { what, owner, writer } of log) {
    const worker = world.workers.find(({ name }) => name === writer);
    if (worker && owner !== null && what !== 'write') workers.set(owner, worker);
  }
  for (const row of log) {
    if (row.what === 'claim') auditClaim(row);
    // One of those in front is at work; the others wait.
    if (row.what === 'new' && row.lane === 'ordered' && row.ahead > house.rules.maxQueued)
      world.blame('the queue is bounded', `${row.turn} came with ${row.ahead} in front`);
    // Whoever writes to a turn holds it. A release of what the dead have left is no work on it.
    const holder = row.old_owner === null ? undefined : workers.get(row.old_owner);
    if (row.what === 'write' && row.touched && holder?.name !== row.writer)
      world.blame(
        'no write after a lost claim',
        `${row.writer} wrote ${row.old_phase} → ${row.phase} to ${row.turn}`,
      );
  }
  auditStarts(log);

  function auditClaim(row: LogRow): void {
    if (row.lane === 'ordered' && row.ahead > 0)
      world.blame('one after the other', `${row.turn} was claimed with ${row.ahead} in front`);
    const before = row.old_owner === null ? undefined : workers.get(row.old_owner);
    if (!before) return;
    const living = before.endedAt === undefined || before.endedAt > row.at;
    if (!living) return;
    if ((row.old_lease ?? 0) > row.wall)
      world.blame(
        'one holder',
        `${row.writer} took ${row.turn} from ${before.name} under its lease`,
      );
    else if (!excused(before, row))
      world.blame(
        'a living worker keeps its claims',
        `${row.writer} took ${row.turn} from ${before.name}`,
      );
  }

  /** It slept, the store could not be written, or the clock was set before that: its lease could run out. */
  function excused(worker: Worker, { at, wall, old_lease: lease }: LogRow): boolean {
    const since = Math.min(at, at - wall + (lease ?? wall)) - 2 * LEASE_MS;
    const { store, jumps } = world.faults;
    return (
      worker.naps.some(({ from, to }) => from <= at && to >= since) ||
      store.some(({ from, to }) => from <= at && to >= since) ||
      jumps.some((jump) => jump.by > 0 && jump.at <= at && jump.at >= since)
    );
  }

  function auditStarts(rows: readonly LogRow[]): void {
    if (house.maxRunningTurns < 20) return;
    const claimed = new Set<string>();
    const ready = new Map<string, { readonly at: number; readonly turn: string }>();
    const waiting = new Map<string, LogRow[]>();
    for (const row of rows) {
      if (row.what === 'new' && row.owner === null) {
        if (row.ahead === 0) ready.set(row.turn, row);
        else waiting.set(row.thread, [...(waiting.get(row.thread) ?? []), row]);
      }
      if (row.what === 'claim' && !claimed.has(row.turn)) {
        claimed.add(row.turn);
        const since = ready.get(row.turn)?.at;
        if (since !== undefined && row.at - since > START_MS && workable(since, row.at))
          world.blame('work begins at once', `${row.turn} waited ${Math.round(row.at - since)} ms`);
      }
      const ends = ['delivered', 'failed', 'stopped'].includes(row.phase);
      if (row.what === 'write' && row.lane === 'ordered' && ends) {
        const [next, ...rest] = waiting.get(row.thread) ?? [];
        waiting.set(row.thread, rest);
        if (next) ready.set(next.turn, { at: row.at, turn: next.turn });
      }
    }
  }

  /** One worker at least was there all the time and awake, and nothing was wrong with the store. */
  function workable(from: number, to: number): boolean {
    const touches = (window: { from: number; to: number }) =>
      window.from <= to && window.to >= from;
    const { store, jumps, shutdowns } = world.faults;
    if (store.some(touches) || jumps.some(({ at }) => at <= to)) return false;
    // Who wakes up for a turn is the one who appended it or ended the one before: it must have lived on.
    const disturbed = world.workers.some(
      (it) =>
        it.naps.some(touches) ||
        (it.endedAt !== undefined && it.endedAt >= from - 1_000 && it.endedAt <= to),
    );
    return !disturbed && !shutdowns.some((at) => at <= to && at >= from - 60_000);
  }
}

import { describe, expect, test } from 'vitest';
import { sleepOn } from '../../src/runtime/clock.ts';
import { type RetryPolicy, retry } from '../../src/runtime/retry.ts';
import { manualTimers } from '../doubles/manual-timers.ts';

/** Fails with these, one after the other, then gives "done". */
function failing(...errors: readonly unknown[]) {
  let made = 0;
  const work = async (): Promise<string> => {
    made += 1;
    if (made <= errors.length) throw errors[made - 1];
    return 'done';
  };
  return { work, made: () => made };
}

const busy = new Error('busy');

function house(given: Partial<RetryPolicy> = {}) {
  const manual = manualTimers();
  const advance = async (ms: number) => {
    // A pause begins after the failure has come through.
    await manual.rest();
    await manual.advance(ms);
  };
  const timers = { ...manual, advance };
  const policy: RetryPolicy = {
    tries: 3,
    pauses: [100, 200],
    clock: sleepOn(manual),
    again: () => true,
    ...given,
  };
  return { timers, policy };
}

describe('retry', () => {
  test('pauses as long as the policy says; the last figure stands for all that follow', async () => {
    const { timers, policy } = house({ tries: 5 });
    const { work, made } = failing(busy, busy, busy);
    const result = retry(policy, work);
    await timers.advance(99);
    expect(made()).toBe(1);
    await timers.advance(1 + 200 + 200);
    expect(await result).toBe('done');
    expect(timers.asked).toEqual([100, 200, 200]);
  });

  test('gives the error of the last try when all are used up, without a pause after it', async () => {
    const { timers, policy } = house({ tries: 2 });
    const last = new Error('the last');
    const { work, made } = failing(busy, last, busy);
    const result = expect(retry(policy, work)).rejects.toBe(last);
    await timers.advance(1_000);
    await result;
    expect(made()).toBe(2);
    expect(timers.asked).toEqual([100]);
  });

  test('an answer is not asked for again', async () => {
    const { timers, policy } = house({ again: (error) => error !== busy });
    const { work, made } = failing(busy);
    await expect(retry(policy, work)).rejects.toBe(busy);
    expect([made(), timers.asked]).toEqual([1, []]);
  });

  test('an error that says how long to wait is obeyed', async () => {
    const { timers, policy } = house({ again: () => 7_000 });
    const result = retry(policy, failing(busy).work);
    await timers.advance(7_000);
    expect(await result).toBe('done');
    expect(timers.asked).toEqual([7_000]);
  });

  test('a pause that the patience does not cover is not begun', async () => {
    const { timers, policy } = house({ tries: 9, pauses: (n) => n * 100, patienceMs: 500 });
    const { work, made } = failing(busy, busy, busy, busy, busy);
    const result = expect(retry(policy, work)).rejects.toBe(busy);
    await timers.advance(10_000);
    await result;
    expect([made(), timers.asked]).toEqual([3, [100, 200]]);
  });

  test('is told of each pause before it', async () => {
    const told: unknown[] = [];
    const { timers, policy } = house({ onPause: (...each) => void told.push(each) });
    const result = retry(policy, failing(busy).work);
    await timers.rest();
    expect(told).toEqual([[busy, 100]]);
    await timers.advance(100);
    await result;
  });

  test('asks before each further try, and ends with what that rejects with', async () => {
    const lost = new Error('not ours any more');
    const asked: number[] = [];
    const { work, made } = failing(busy, busy, busy);
    const confirm = async () => {
      asked.push(made());
      if (made() === 2) throw lost;
    };
    const { timers, policy } = house({ confirm });
    const result = expect(retry(policy, work)).rejects.toBe(lost);
    await timers.advance(10_000);
    await result;
    expect([asked, made()]).toEqual([[1, 2], 2]);
  });

  test('is called off in a pause, during a try, and before the first', async () => {
    const stop = new Error('stop');
    const [pausing, trying] = [new AbortController(), new AbortController()];
    const first = house({ signal: pausing.signal });
    const { work, made } = failing(busy);
    const result = expect(retry(first.policy, work)).rejects.toBe(stop);
    await first.timers.rest();
    pausing.abort(stop);
    await result;
    await first.timers.advance(1_000);
    expect(made()).toBe(1);

    const final = { ...first.policy, signal: trying.signal, again: () => false };
    const during = retry(final, async () => {
      trying.abort(stop);
      throw busy;
    });
    await expect(during).rejects.toBe(stop);
    const never = failing();
    const late = { ...first.policy, signal: AbortSignal.abort(stop) };
    await expect(retry(late, never.work)).rejects.toBe(stop);
    expect(never.made()).toBe(0);
  });
});

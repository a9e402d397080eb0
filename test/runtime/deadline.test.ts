import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { withDeadline, within } from '../../src/runtime/deadline.ts';
import { manualTimers } from '../doubles/manual-timers.ts';

const never = () => new Promise<never>(() => {});

describe('a deadline', () => {
  test('rejects with the given error, and aborts the work with it', async () => {
    const timers = manualTimers();
    const late = new Error('too late');
    let seen: AbortSignal | undefined;
    const wait = withDeadline({ ms: 500, late: () => late, timers }, (signal) => {
      seen = signal;
      return never();
    });
    const result = expect(wait).rejects.toBe(late);
    await timers.advance(499);
    expect(seen?.aborted).toBe(false);
    await timers.advance(1);
    await result;
    expect(seen?.reason).toBe(late);
  });

  test('begins anew with every sign of life', async () => {
    const timers = manualTimers();
    let touch = () => {};
    const wait = withDeadline({ ms: 500, timers }, (_signal, touched) => {
      touch = touched;
      return never();
    });
    let failure: unknown;
    wait.catch((error: unknown) => {
      failure = error;
    });
    for (let n = 0; n < 3; n += 1) {
      await timers.advance(499);
      touch();
    }
    expect(failure).toBeUndefined();
    await timers.advance(500);
    expect(failure).toMatchObject({ name: 'TimeoutError' });
    touch();
    await timers.advance(10_000);
    expect(timers.asked).toHaveLength(4);
  });

  test('passes an abort on at once, and begins nothing under one', async () => {
    const timers = manualTimers();
    const outer = new AbortController();
    const stop = new Error('stop');
    let seen: AbortSignal | undefined;
    const wait = withDeadline({ ms: 500, signal: outer.signal, timers }, (signal) => {
      seen = signal;
      return never();
    });
    outer.abort(stop);
    await expect(wait).rejects.toBe(stop);
    expect(seen?.reason).toBe(stop);
    let begun = false;
    const again = withDeadline({ ms: 500, signal: outer.signal, timers }, async () => {
      begun = true;
    });
    await expect(again).rejects.toBe(stop);
    expect(begun).toBe(false);
  });

  test('leaves no timer and no listener behind, and calls off what outlives the work', async () => {
    const timers = manualTimers();
    const outer = new AbortController();
    let seen: AbortSignal | undefined;
    const work = async (signal: AbortSignal) => {
      seen = signal;
      return 'done';
    };
    let rung = 0;
    const late = () => {
      rung += 1;
      return new Error('late');
    };
    const bound = { ms: 500, signal: outer.signal, late, timers };
    expect(await withDeadline(bound, work)).toBe('done');
    expect(seen?.reason).toMatchObject({ name: 'AbortError' });
    expect(getEventListeners(outer.signal, 'abort')).toEqual([]);
    await timers.advance(1_000);
    expect(rung).toBe(0);
    const wrong = new Error('wrong');
    const failing = withDeadline({ ms: 500, signal: outer.signal, timers }, async () => {
      throw wrong;
    });
    await expect(failing).rejects.toBe(wrong);
    expect(getEventListeners(outer.signal, 'abort')).toEqual([]);
  });

  test('work that fails after the deadline is nobody’s unhandled rejection', async () => {
    const timers = manualTimers();
    const work = Promise.withResolvers<never>();
    const wait = within(500, 'nothing', () => work.promise, timers);
    await timers.advance(500);
    expect(await wait).toBe('nothing');
    work.reject(new Error('late, and wrong'));
    await timers.rest();
  });

  test('what may be missing is replaced when it is late, not when it fails', async () => {
    const timers = manualTimers();
    expect(await within(500, 'nothing', async () => 'it', timers)).toBe('it');
    const wrong = new Error('wrong');
    const failing = within(500, 'nothing', () => Promise.reject(wrong), timers);
    await expect(failing).rejects.toBe(wrong);
  });
});

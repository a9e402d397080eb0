import { describe, expect, test } from 'vitest';
import { newestOnly } from '../../src/runtime/newest-only.ts';

/** Showings that end when the test says so. */
function screen() {
  const shown: string[] = [];
  const open: { resolve(): void; reject(error: unknown): void }[] = [];
  const show = (newest: () => string) => {
    shown.push(newest());
    return new Promise<void>((resolve, reject) => open.push({ resolve, reject }));
  };
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const end = async () => {
    open.shift()?.resolve();
    await turn();
  };
  return { shown, show, turn, end, open };
}

describe('newest only', () => {
  test('while one is being shown the others replace each other', async () => {
    const { shown, show, turn, end } = screen();
    const put = newestOnly<string>();
    const first = put('a', 'one', show);
    await turn();
    const [second, third] = [put('a', 'two', show), put('a', 'three', show)];
    await turn();
    expect(shown).toEqual(['one']);
    await end();
    expect(shown).toEqual(['one', 'three']);
    await end();
    await Promise.all([first, second, third]);
    expect(shown).toEqual(['one', 'three']);
  });

  test('values that come in one go are one', async () => {
    const { shown, show, turn, end } = screen();
    const put = newestOnly<string>();
    const both = Promise.all([put('a', 'one', show), put('a', 'two', show)]);
    await turn();
    await end();
    await both;
    expect(shown).toEqual(['two']);
  });

  test('keys do not wait for each other', async () => {
    const { shown, show, turn } = screen();
    const put = newestOnly<string>();
    void put('a', 'one', show);
    void put('b', 'two', show);
    await turn();
    expect(shown).toEqual(['one', 'two']);
  });

  test('a value that is taken at the last moment is not shown once more', async () => {
    const put = newestOnly<string>();
    const shown: string[] = [];
    const wait = Promise.withResolvers<void>();
    const show = async (newest: () => string) => {
      await wait.promise;
      shown.push(newest());
    };
    const first = put('a', 'one', show);
    await new Promise((resolve) => setImmediate(resolve));
    const second = put('a', 'two', show);
    wait.resolve();
    await Promise.all([first, second]);
    expect(shown).toEqual(['two']);
  });

  test('a failure is told to all who wait, and the next value is a new attempt', async () => {
    const { shown, show, turn, open, end } = screen();
    const put = newestOnly<string>();
    const refused = new Error('refused');
    const both = Promise.allSettled([put('a', 'one', show), put('a', 'one', show)]);
    await turn();
    open.shift()?.reject(refused);
    const rejected = { status: 'rejected', reason: refused };
    expect(await both).toEqual([rejected, rejected]);
    const next = put('a', 'two', show);
    await turn();
    await end();
    await next;
    expect(shown).toEqual(['one', 'two']);
  });
});

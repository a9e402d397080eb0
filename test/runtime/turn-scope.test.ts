/** Whose turn it is, deep inside and behind its end. */
import { expect, test } from 'vitest';
import { toTurnId } from '../../src/runtime/ids.ts';
import type { Span, SpanFields } from '../../src/runtime/tracing.ts';
import { inSpan, inTurn, turnInScope } from '../../src/runtime/turn-scope.ts';

const [ONE, OTHER] = [toTurnId('turn-one'), toTurnId('turn-other')];

test('is known however deep, of each for itself, and nowhere outside', async () => {
  const deep = async (): Promise<string | undefined> => {
    await new Promise((resolve) => setImmediate(resolve));
    return turnInScope();
  };
  const both = [ONE, OTHER].map((turn) => inTurn(turn, undefined, deep));
  expect(await Promise.all(both)).toEqual([ONE, OTHER]);
  expect(turnInScope()).toBeUndefined();
});

test('is over with the run, also for what the run has left behind', async () => {
  const opened = Promise.withResolvers<void>();
  let left: Promise<unknown> = Promise.resolve();
  await inTurn(ONE, undefined, async () => {
    left = opened.promise.then(() => turnInScope());
  });
  opened.resolve();
  expect(await left).toBeUndefined();
});

test('spans lie in each other as the work does, and end with it, its error with them', async () => {
  const ended: string[] = [];
  const spanOf = (way: string): Span => ({
    traceId: 'trace',
    child: (name) => spanOf(`${way} > ${name}`),
    set: (_fields: SpanFields) => {},
    end: (error) => void ended.push(`${way}${error instanceof Error ? `: ${error.message}` : ''}`),
  });
  const work = inTurn(
    ONE,
    () => spanOf('turn'),
    async () => {
      await inSpan('one', {}, async () => inSpan('deep', {}, async () => 1));
      await inSpan('two', {}, async () => Promise.reject(new Error('no')));
    },
  );
  await expect(work).rejects.toThrow('no');
  expect(ended).toEqual(['turn > one > deep', 'turn > one', 'turn > two: no', 'turn: no']);
  expect(await inSpan('outside', {}, async (span) => span)).toBeUndefined();
});

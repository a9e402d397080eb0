import { expect, test } from 'vitest';
import { limitConcurrency } from '../../src/documents/concurrency-limit.ts';

/** A task that ends when the test says so, whatever happens to its signal. */
function task(begun: string[], name: string) {
  const { promise, resolve } = Promise.withResolvers<string>();
  const run = () => {
    begun.push(name);
    return promise;
  };
  return { run, end: () => resolve(name) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const calm = () => new AbortController().signal;

test('first come, first served, no more at a time than there is room for', async () => {
  const begun: string[] = [];
  const gate = limitConcurrency(2);
  const tasks = ['a', 'b', 'c', 'd'].map((name) => task(begun, name));
  const all = tasks.map(({ run }) => gate.run(run, calm()));
  await turn();
  expect(begun).toEqual(['a', 'b']);
  tasks[1]?.end();
  await turn();
  expect(begun).toEqual(['a', 'b', 'c']);
  for (const { end } of tasks) end();
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
});

test('who is called off while waiting leaves the line', async () => {
  const begun: string[] = [];
  const gate = limitConcurrency(1);
  const [first, second, third] = [task(begun, 'a'), task(begun, 'b'), task(begun, 'c')];
  const [stop, reason] = [new AbortController(), new Error('stop')];
  const [one, two, three] = [
    gate.run(first.run, calm()),
    gate.run(second.run, stop.signal),
    gate.run(third.run, calm()),
  ];
  stop.abort(reason);
  await expect(two).rejects.toBe(reason);
  first.end();
  third.end();
  expect(await Promise.all([one, three])).toEqual(['a', 'c']);
  expect(begun).toEqual(['a', 'c']);
});

test('a task that is called off keeps its place until it has really ended', async () => {
  const begun: string[] = [];
  const gate = limitConcurrency(1);
  const [first, second] = [task(begun, 'a'), task(begun, 'b')];
  const stop = new AbortController();
  const one = gate.run(first.run, stop.signal);
  const two = gate.run(second.run, calm());
  await turn();
  stop.abort(new Error('stop'));
  await turn();
  expect(begun).toEqual(['a']);
  first.end();
  expect(await one).toBe('a');
  second.end();
  expect(await two).toBe('b');
});

test('nothing begins under a signal that was aborted before, and a failure gives its place back', async () => {
  const begun: string[] = [];
  const gate = limitConcurrency(1);
  const reason = new Error('stop');
  const late = gate.run(task(begun, 'late').run, AbortSignal.abort(reason));
  await expect(late).rejects.toBe(reason);
  const wrong = new Error('wrong');
  await expect(gate.run(() => Promise.reject(wrong), calm())).rejects.toBe(wrong);
  const next = task(begun, 'next');
  next.end();
  expect(await gate.run(next.run, calm())).toBe('next');
  expect(begun).toEqual(['next']);
});

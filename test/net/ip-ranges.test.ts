/** Is it this machine alone? Asked of settings and of parts of addresses. */
import { expect, test } from 'vitest';
import { isLoopbackHost } from '../../src/net/ip-ranges.ts';

test.each([
  ['localhost', true],
  ['LocalHost', true],
  ['127.0.0.1', true],
  ['127.9.8.7', true],
  ['::1', true],
  ['[::1]', true],
  ['[::ffff:127.0.0.1]', true],
  ['0.0.0.0', false],
  ['[::]', false],
  ['10.0.0.1', false],
  ['localhost.example', false],
  ['[localhost', false],
  ['', false],
])('%s: %s', (host, is) => {
  expect(isLoopbackHost(host)).toBe(is);
});

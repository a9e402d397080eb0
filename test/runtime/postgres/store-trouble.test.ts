/** Which errors of PostgreSQL, of its driver and of the system below are an outage of the store. */
import pg from 'pg';
import { expect, test } from 'vitest';
import { isContention, storeTrouble } from '../../../src/runtime/postgres/store-trouble.ts';
import { isStoreOutage, StoreUnavailable } from '../../../src/runtime/store-outage.ts';

const ofServer = (code: string) =>
  Object.assign(new pg.DatabaseError(`of ${code}`, 0, 'error'), { code });
const ofSystem = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

test.each([
  '08006',
  '25006',
  '25P03',
  '53100',
  '53300',
  '55P03',
  '57014',
  '57P01',
  '57P03',
  '58030',
  'XX001',
])('SQLSTATE %s is an outage', (code) => {
  const told = storeTrouble(ofServer(code));
  expect(told).toBeInstanceOf(StoreUnavailable);
  expect(told?.message).toContain(`of ${code}`);
});

// Unique violation, no such table, syntax, a value that does not fit, division by zero; contention is run again instead.
test.each(['23505', '42P01', '42601', '22021', '22012', '40001', '40P01', 'P0001', 'XX000'])(
  'SQLSTATE %s is none',
  (code) => expect(storeTrouble(ofServer(code))).toBeUndefined(),
);

test.each([
  ofSystem('ECONNREFUSED'),
  ofSystem('ECONNRESET'),
  ofSystem('ENOTFOUND'),
  Object.assign(new AggregateError([ofSystem('ECONNREFUSED')], ''), { code: 'ECONNREFUSED' }),
  new Error('Query read timeout'),
  new Error('Connection terminated unexpectedly'),
  new Error('timeout exceeded when trying to connect'),
  new StoreUnavailable('told before'),
])('%s is an outage', (error) => {
  const told = storeTrouble(error);
  expect(isStoreOutage(told)).toBe(true);
  expect(told?.message).toMatch(/\w$/);
});

test.each([
  ofSystem('ENOENT'),
  new Error('Cannot use a pool after calling end on the pool'),
  new TypeError('of ours'),
  'a text',
  undefined,
])('%s is none', (error) => expect(storeTrouble(error)).toBeUndefined());

test('contention is what was told by the server, and nothing else', () => {
  expect([ofServer('40001'), ofServer('40P01')].map(isContention)).toEqual([true, true]);
  expect([ofServer('23505'), ofSystem('40001'), undefined].map(isContention)).toEqual([
    false,
    false,
    false,
  ]);
});

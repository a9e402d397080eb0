/** Which database DATABASE_URL means, what is said of one that means none, and what of it the log hides. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { createRedact } from '../../src/runtime/redact.ts';
import { secretsIn } from '../../src/settings/database-url.ts';
import { readSettings, SettingsError } from '../../src/settings/settings.ts';

const read = (DATABASE_URL?: string) =>
  readSettings({
    NEMO_TOKEN: 'nmv_usr_x',
    PLAYGROUND: 'on',
    ...(DATABASE_URL && { DATABASE_URL }),
  });

test.each([
  [undefined, path.resolve('data/nemo-bot.db')],
  ['sqlite:data/other.db', path.resolve('data/other.db')],
  ['sqlite:/var/lib/bot.db', '/var/lib/bot.db'],
])('%s is a file, and what is beside it lies in its folder', (url, file) => {
  const { database, dataDir } = read(url);
  expect(database).toEqual({ kind: 'sqlite', path: file });
  expect(dataDir).toBe(path.dirname(file));
});

test.each([
  'postgres://bot:secret@db.example.org:5432/bot',
  'postgresql://bot@localhost/bot?sslmode=require',
  'postgres:///bot?host=/var/run/postgresql',
])('%s is a PostgreSQL, and files lie in data/', (url) => {
  const { database, dataDir } = read(url);
  expect(database).toEqual({ kind: 'postgres', url });
  expect(dataDir).toBe(path.resolve('data'));
});

test.each([
  ['mysql://bot:hunter2@host/bot', /must be like sqlite:.* or postgres:/],
  ['sqlite:', /must be like sqlite:.* or postgres:/],
  ['postgres:bot:hunter2', /must be like/],
  ['postgres://bot:hunter2@host', /names no database/],
  ['postgres://bot:hunter2@host/', /names no database/],
  ['postgres:///bot', /names no host/],
  ['postgres://bot:hunter2/x@host/bot', /%2F/],
  ['postgres://bot:hunter2#x@host/bot', /%23/],
])('%s is refused in words that do not quote it', (url, problem) => {
  expect(() => read(url)).toThrow(SettingsError);
  expect(() => read(url)).toThrow(problem);
  expect(() => read(url)).not.toThrow(/hunter2/);
});

test.each([
  ['postgres://bot:correct-horse@host/bot', 'login with correct-horse failed'],
  ['postgres://bot:correct%20horse@host/bot', 'login with correct horse failed'],
  ['postgres://bot:abc@host/bot', 'no answer from postgres://bot:abc@host/bot'],
  ['postgres:///bot?host=/run&user=bot&password=correct-horse', 'correct-horse is wrong'],
])('the password in %s is hidden in the log', (url, line) => {
  const { database } = read(url);
  const clean = createRedact(() => secretsIn(database))(line);
  expect(clean).toContain('[hidden]');
  expect(clean).not.toMatch(/horse|abc/);
});

test('KEEP_DAYS is a day at least, and thirty unless it is said', () => {
  const keep = (KEEP_DAYS: string) =>
    readSettings({ NEMO_TOKEN: 'nmv_usr_x', PLAYGROUND: 'on', KEEP_DAYS }).keepDays;
  expect([read().keepDays, keep('7')]).toEqual([30, 7]);
  expect(() => keep('0')).toThrow(/KEEP_DAYS: must be a number of days, 1 or more/);
});

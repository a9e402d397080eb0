/** The app as it is put together for `DATABASE_URL=postgres://…`. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createBotProcess } from '../doubles/bot-process.ts';
import { startNemoDouble } from '../doubles/nemo/nemo-double.ts';
import { say } from '../doubles/nemo/steps.ts';
import { PASSWORD } from '../doubles/postgres-account.ts';
import { describePostgres, usePostgres } from '../doubles/use-postgres.ts';

const server = usePostgres();

async function start() {
  const cwd = mkdtempSync(path.join(os.tmpdir(), 'nemo-bot-edge-'));
  const nemo = await startNemoDouble();
  const env = {
    NEMO_API_URL: nemo.url,
    NEMO_TOKEN: nemo.token,
    ENCRYPTION_KEY: Buffer.alloc(32, 'key').toString('base64'),
    DATABASE_URL: await server.freshDatabase(),
    AUTO_EXPORT: 'never',
    LEASE_MS: '10000',
    LOG_LEVEL: 'debug',
    SHUTDOWN_GRACE_MS: '200',
    TIME_SCALE: '0.002',
  };
  const bot = await createBotProcess(env, { cwd });
  onTestFinished(async () => {
    await bot.stop();
    await nemo.close();
    rmSync(cwd, { recursive: true, force: true });
  });
  await bot.start();
  const answered = (thread: string, words: string) =>
    bot.until(thread, (all) => all.some(({ text }) => text.includes(words)));
  return { nemo, bot, answered };
}

describePostgres('a bot on PostgreSQL', () => {
  test('answers, also after the server was away, and writes the password nowhere', async () => {
    const { nemo, bot, answered } = await start();
    nemo.script(say('The film is there.'));
    const thread = await bot.write('A film about tea.');
    await answered(thread, 'The film is there.');
    await server.stop();
    await server.start();
    nemo.script(say('It is slower now.'));
    await bot.write('Make it slower.', thread);
    await answered(thread, 'It is slower now.');
    expect(await bot.stop()).toBe(0);
    expect(bot.output.join('\n')).not.toContain(PASSWORD);
  }, 60_000);

  test('finds after a restart what it was told before', async () => {
    const { nemo, bot, answered } = await start();
    nemo.script(say('The film is there.'));
    const thread = await bot.write('A film about tea.');
    await answered(thread, 'The film is there.');
    expect(await bot.stop()).toBe(0);
    await bot.start();
    nemo.script(say('It is slower now.'));
    await bot.write('Make it slower.', thread);
    await answered(thread, 'It is slower now.');
  }, 60_000);
});

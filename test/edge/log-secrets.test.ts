/** What the process of an operator writes: a secret that the backend repeats in its own words is in no line of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createBotProcess } from '../doubles/bot-process.ts';
import { refused } from '../doubles/nemo/answers.ts';
import { startNemoDouble } from '../doubles/nemo/nemo-double.ts';
import { sampleDraft } from '../doubles/nemo/samples.ts';
import { say } from '../doubles/nemo/steps.ts';

/** Nothing in its shape tells that it is one, and the backend's client knows nothing of it. */
const SECRET = Buffer.alloc(32, 'own words').toString('base64');

test('a secret of the settings, repeated in an error of the backend, is hidden in the log', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'nemo-bot-log-'));
  const nemo = await startNemoDouble();
  const bot = await createBotProcess({
    NEMO_API_URL: nemo.url,
    NEMO_TOKEN: nemo.token,
    ENCRYPTION_KEY: SECRET,
    DATABASE_URL: `sqlite:${path.join(folder, 'bot.db')}`,
    TIME_SCALE: '0.002',
    SHUTDOWN_GRACE_MS: '200',
    LOG_LEVEL: 'debug',
  });
  onTestFinished(async () => {
    await bot.stop();
    await nemo.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await bot.start();
  nemo.on('render', refused(400, 4000, `no such order, ${SECRET}`));
  nemo.script({ draft: sampleDraft }, say('The film is there.'));
  const thread = await bot.write('A film about tea.');
  await bot.until(thread, (all) => all.some(({ text }) => /^⚠️ Failed/.test(text)));
  const told = bot.output.filter((line) => /no such order/.test(line));
  expect(told.length).toBeGreaterThan(0);
  for (const line of told) expect(line).toContain('[hidden]');
  expect(bot.output.join('\n')).not.toContain(SECRET);
});

/** The secrets of the settings are hidden, also where the agent repeats them. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type App, startApp } from '../src/app.ts';
import { readSettings } from '../src/settings/settings.ts';
import { startNemoDouble } from './doubles/nemo/nemo-double.ts';
import { say } from './doubles/nemo/steps.ts';
import type { NemoDouble } from './doubles/nemo/world.ts';

const PASSWORD = 'correct horse battery';
const [KEY = '', OLD = ''] = [1, 2].map(() => randomBytes(32).toString('base64'));

let folder: string;
let nemo: NemoDouble;
let app: App;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nemo-bot-secrets-'));
  nemo = await startNemoDouble();
  const settings = readSettings({
    PORT: '0',
    PLAYGROUND: 'on',
    PLAYGROUND_PASSWORD: PASSWORD,
    ENCRYPTION_KEY: KEY,
    ENCRYPTION_KEYS_OLD: OLD,
    NEMO_TOKEN: nemo.token,
    NEMO_API_URL: nemo.url,
    DATABASE_URL: `sqlite:${join(folder, 'bot.db')}`,
    TIME_SCALE: '0.001',
    LOG_LEVEL: 'silent',
    AUTO_EXPORT: 'never',
  });
  app = await startApp(settings);
});
afterEach(async () => {
  await app.stop();
  await nemo.close();
  await rm(folder, { recursive: true });
});

test('the password and the keys, present and earlier, are never said', async () => {
  nemo.script(say(`The words are ${PASSWORD}, ${KEY} and ${OLD}, as you asked.`));
  const own = { Origin: app.url, 'X-Playground': '1' };
  const signedIn = await fetch(`${app.url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: own,
    body: new URLSearchParams({ password: PASSWORD }),
  });
  const Cookie = signedIn.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
  const path = `${app.url}/api/threads/${randomUUID()}/messages`;
  const body = JSON.stringify({ id: randomUUID(), text: 'What are the words?', files: [] });
  await fetch(path, { method: 'POST', headers: { ...own, Cookie }, body });
  for (let seen = ''; ; ) {
    seen = await (await fetch(path, { headers: { Cookie } })).text();
    if (!seen.includes('The words are')) continue;
    expect(seen).toContain('The words are [hidden], [hidden] and [hidden], as you asked.');
    for (const secret of [PASSWORD, KEY, OLD]) expect(seen).not.toContain(secret);
    return;
  }
});

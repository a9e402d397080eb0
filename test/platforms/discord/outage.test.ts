/** The store takes no writes for a while: what people say on Discord meanwhile is neither lost nor mixed up. */
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { holdDatabase } from '../../doubles/held-database.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { type StudioOptions, startStudio } from './studio.ts';

/** Writes give up after a quarter of it. */
const LEASE_MS = 400;

async function open(more: Partial<StudioOptions> = {}) {
  const path = await databaseFile();
  const studio = await startStudio({ path, leaseMs: LEASE_MS, errors: /./, ...more });
  return { path, studio, ...studio };
}

const refusals = (logged: readonly string[]) =>
  logged.filter((line) => /could not be taken yet/.test(line)).length;

test('messages wait in memory, their person is told once, and all are answered in their order', async () => {
  const { path, studio, discord, nemo, logged } = await open();
  const dm = discord.dm(discord.alice);
  for (const word of ['One.', 'Two.', 'Three.']) nemo.script(say(word));
  const release = holdDatabase(path);
  discord.write(dm, discord.alice, 'A film about tea.');
  await studio.hear(dm.id, /can’t write anything down at the moment/);
  discord.write(dm, discord.alice, 'Slower, please.');
  discord.write(dm, discord.alice, 'Louder, please.');
  discord.mention(discord.general, discord.bob, 'help');
  await studio.hear(discord.dm(discord.bob).id, /can’t write anything down/);
  expect(nemo.received('run_sse')).toEqual([]);
  release();
  await studio.hear(dm.id, /Three\./);
  await studio.idle();
  const told = nemo.received('run_sse').map(({ json }) => JSON.stringify(json));
  for (const [at, words] of ['about tea', 'Slower', 'Louder'].entries())
    expect(told[at]).toContain(words);
  const notices = discord.said(dm.id).filter(({ content }) => /can’t write/.test(content));
  expect(notices).toHaveLength(1);
  expect(refusals(logged)).toBe(2);
});

test('in the language of who writes, and again in the next outage', async () => {
  const { path, studio, discord } = await open();
  const dm = discord.dm(discord.alice);
  const first = holdDatabase(path);
  discord.write(dm, discord.alice, '一部关于茶的短片');
  await studio.hear(dm.id, /暂时无法保存任何内容/);
  first();
  await studio.hear(dm.id, /ready|好了/);
  await studio.idle();
  const second = holdDatabase(path);
  discord.write(dm, discord.alice, '再慢一点');
  const notices = () => discord.said(dm.id).filter(({ content }) => /暂时无法保存/.test(content));
  await discord.until(() => notices().length === 2);
  second();
  await studio.idle();
});

test('a shutdown in the outage does not wait for it; the next start finds what was left', async () => {
  const { path, studio, discord, nemo } = await open();
  const dm = discord.dm(discord.alice);
  discord.write(dm, discord.alice, 'help');
  await studio.hear(dm.id, /Try saying/);
  await studio.idle();
  const release = holdDatabase(path);
  discord.write(dm, discord.alice, 'A film about tea.');
  await studio.hear(dm.id, /can’t write anything down/);
  await studio.down();
  release();
  nemo.script(say('One.'));
  const next = await startStudio({ path, discord, nemo });
  await next.hear(dm.id, /One\./);
  await next.idle();
  expect(nemo.received('run_sse')).toHaveLength(1);
});

test('a shutdown right after the outage puts on record what waits', async () => {
  // The next try by itself is half a second away.
  const { path, studio, discord, nemo } = await open({ scale: 1 });
  const release = holdDatabase(path);
  discord.write(discord.dm(discord.alice), discord.alice, 'A film about tea.');
  await studio.hear(discord.dm(discord.alice).id, /can’t write anything down/);
  release();
  await studio.down();
  // Nobody looks for it: it is in the ledger.
  const db = new DatabaseSync(path);
  expect(db.prepare('SELECT count(*) AS n FROM turns').get()).toEqual({ n: 1 });
  db.close();
  expect(nemo.received('run_sse').length).toBeLessThanOrEqual(1);
});

test('a command in the outage is answered at once, to its person alone', async () => {
  const { path, studio, discord } = await open();
  const dm = discord.dm(discord.alice);
  discord.write(dm, discord.alice, 'A film about tea.');
  await studio.hear(dm.id, /Your video is ready/);
  await studio.idle();
  const release = holdDatabase(path);
  const used = discord.interactions.slash('new', discord.alice, dm);
  await discord.until(() => used.replies.some(({ text }) => /I have not done this/.test(text)));
  release();
  await studio.idle();
});

test('what memory has no room for is read in its channel afterwards: all of it, once, in its order', async () => {
  const { path, studio, discord, nemo } = await open({
    mostKept: { messages: 1, size: 1e6, looks: 10 },
  });
  const dm = discord.dm(discord.alice);
  for (const word of ['One.', 'Two.', 'Three.']) nemo.script(say(word));
  const release = holdDatabase(path);
  discord.write(dm, discord.alice, 'A film about tea.');
  await studio.hear(dm.id, /can’t write anything down/);
  discord.write(dm, discord.alice, 'Slower, please.');
  discord.write(dm, discord.alice, 'Louder, please.');
  // Events come in order: what was said before this has come in, too.
  discord.mention(discord.general, discord.bob, 'help');
  await studio.hear(discord.dm(discord.bob).id, /can’t write anything down/);
  release();
  await studio.hear(dm.id, /Three\./);
  await studio.idle();
  const told = nemo.received('run_sse').map(({ json }) => JSON.stringify(json));
  expect(told).toHaveLength(3);
  for (const [at, words] of ['about tea', 'Slower', 'Louder'].entries())
    expect(told[at]).toContain(words);
});

test('what could not even be noted to be read is found at the next start, however late that is', async () => {
  const now = Date.now;
  let later = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + later);
  onTestFinished(() => void vi.restoreAllMocks());
  const { path, studio, discord, nemo, logged } = await open({
    mostKept: { messages: 1, size: 1e6, looks: 0 },
  });
  const [alices, bobs] = [discord.dm(discord.alice), discord.dm(discord.bob)];
  discord.write(bobs, discord.bob, 'help');
  await studio.hear(bobs.id, /Try saying/);
  await studio.idle();
  const release = holdDatabase(path);
  discord.write(alices, discord.alice, 'A film about tea.');
  await studio.hear(alices.id, /can’t write anything down/);
  discord.write(bobs, discord.bob, 'A film about rain.');
  await expect.poll(() => logged.join()).toMatch(/looked for at the next start/);
  release();
  await studio.hear(alices.id, /Your video is ready/);
  await studio.idle();
  // The process goes on, and notes now and then that it hears.
  later = 3_600_000;
  await studio.down();
  nemo.script(say('Rain it is.'));
  const next = await startStudio({ path, discord, nemo });
  await next.hear(bobs.id, /Rain it is/);
  await next.idle();
  expect(nemo.received('run_sse')).toHaveLength(2);
});

/** The store takes no writes for a while: what people say on Discord meanwhile is neither lost nor mixed up. */
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { holdDatabase } from '../../doubles/held-database.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { databaseFile, startStudio } from './studio.ts';

/** Writes give up after a quarter of it. */
const LEASE_MS = 400;

async function open(errors = /./) {
  const path = await databaseFile();
  const studio = await startStudio({ path, leaseMs: LEASE_MS, errors });
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
  await studio.hear(dm.id, /Next:|ready|下一步|好了/);
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
  const { path, studio, discord, nemo } = await open();
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

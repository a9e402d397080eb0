/** Messages that are edited or deleted after they came, and threads that people name, as Discord tells of it. */
import { expect, test } from 'vitest';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { gate, type Studio, type StudioOptions, startStudio } from './studio.ts';

/** A thread whose first run is open until `finish`. */
async function busy(options: StudioOptions = {}) {
  const studio = await startStudio(options);
  const { discord, nemo } = studio;
  const first = gate();
  nemo.script(
    { heartbeat: true },
    { until: first.opened },
    { draft: sampleDraft },
    say('First is done.'),
  );
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await nemo.arrival('run_sse');
  const thread = discord.thread(asked);
  const waiting = async (text: string) => {
    const message = discord.write(thread, discord.alice, text);
    await discord.until(() => message.reactions.has('🕓'));
    return message;
  };
  return { studio, discord, nemo, asked, thread, waiting, finish: first.open };
}

const told = ({ nemo }: Pick<Studio, 'nemo'>) =>
  nemo.received('run_sse').map(({ json }) => JSON.stringify(json));

test('messages that are deleted while they wait are never sent, and the next one is', async () => {
  const { studio, discord, nemo, asked, waiting, finish } = await busy();
  const gone = await waiting('Slower, please.');
  const [one, other] = [await waiting('Louder, please.'), await waiting('And more rain.')];
  await waiting('And a blue title.');
  discord.erase(gone);
  discord.erase(one, other);
  discord.redeliver(gone);
  nemo.script(say('Blue it is.'));
  // Gateway events are in order: what follows is heard after the deletions are on record.
  discord.write(discord.thread(asked), discord.alice, 'status');
  await studio.hear(asked.id, /Working on it/);
  finish();
  await studio.hear(asked.id, /Blue it is/);
  await studio.idle();
  expect(told({ nemo })).toHaveLength(2);
  expect(told({ nemo })[1]).toContain('blue title');
  expect(discord.said(asked.id).filter((m) => /while I was already/.test(m.content))).toEqual([]);
});

test('a message that is edited while it waits runs in its new words, also after a restart', async () => {
  const path = await databaseFile();
  const { studio, discord, nemo, asked, waiting, finish } = await busy({ path });
  const followUp = await waiting('Slower, please.');
  discord.edit(followUp, 'Faster, please.');
  discord.unfurl(followUp, []);
  discord.redeliver(followUp);
  discord.write(discord.thread(asked), discord.alice, 'status');
  await studio.hear(asked.id, /Working on it/);
  const down = studio.down();
  finish();
  await down;
  nemo.script(say('Faster it is.'));
  const again = await startStudio({ path, discord, nemo });
  await again.hear(asked.id, /Faster it is/);
  await again.idle();
  expect(told({ nemo })).toHaveLength(2);
  expect(told({ nemo })[1]).toContain('Faster, please.');
});

test('a waiting message becomes what its new words ask for', async () => {
  const { studio, discord, nemo, asked, waiting } = await busy();
  const followUp = await waiting('Slower, please.');
  const aside = await waiting('And a blue title.');
  discord.edit(aside, `<@${discord.bob.id}> and a blue title?`);
  await discord.until(() => !aside.reactions.has('🕓'));
  discord.edit(followUp, 'stop');
  await studio.hear(asked.id, /what was already charged stays charged/);
  await studio.idle();
  expect(told({ nemo })).toHaveLength(1);
});

test('edited and deleted while it runs: said once, and Stop stops it', async () => {
  const { studio, discord, nemo, asked } = await busy();
  discord.edit(asked, `<@${discord.bot.id}> A film about milk.`);
  const notice = await studio.hear(asked.id, /You changed your message while/);
  expect(notice.notified).toEqual([discord.alice.id]);
  discord.edit(asked, `<@${discord.bot.id}> A film about water.`);
  discord.erase(asked);
  discord.interactions.press(notice, 'Stop', discord.alice);
  await studio.hear(asked.id, /what was already charged stays charged/);
  await studio.idle();
  const notices = discord.said(asked.id).filter((m) => /while I was already/.test(m.content));
  expect(notices).toHaveLength(1);
  expect(told({ nemo })).toHaveLength(1);
});

test('a mention that is deleted before it has a thread is dropped: nothing is sent, said or counted', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const held = gate();
  const make = 'POST /channels/\\d+/messages/\\d+/threads';
  discord.failNext(make, { status: 200, until: held.opened });
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await discord.until(() => discord.callsTo(make).length > 0);
  asked.deleted = true;
  held.open();
  await studio.idle();
  expect(nemo.received('run_sse')).toEqual([]);
  expect(discord.said(discord.general.id)).toEqual([]);
  expect(discord.said(discord.dm(discord.alice).id)).toEqual([]);
  const { ledger } = studio;
  expect(await ledger.used({ requester: discord.alice.id, counts: 'requests', since: 0 })).toBe(0);
});

test('a mention that is deleted while its thread is made leaves no work behind', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const held = gate();
  discord.failNext('POST /channels/\\d+/messages', { status: 200, until: held.opened });
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await discord.until(() => discord.callsTo('POST /channels/\\d+/messages').length > 0);
  discord.erase(asked);
  const elsewhere = discord.mention(discord.general, discord.bob, 'help');
  await studio.hear(elsewhere.id, /Try saying/);
  held.open();
  await studio.idle();
  expect(nemo.received('run_sse')).toEqual([]);
  expect(discord.said(asked.id)).toEqual([]);
  expect(discord.said(discord.general.id)).toEqual([]);
});

test('a thread outlives its first message: what is said goes there, and not into the channel', async () => {
  const path = await databaseFile();
  const { studio, discord, nemo, asked, thread, finish } = await busy({ path });
  finish();
  await studio.hear(asked.id, /First is done/);
  await studio.idle();
  await studio.down();
  discord.erase(asked);
  // Threads that sleep are not shown to a bot that starts.
  thread.archived = true;
  nemo.script(say('Slower now.'));
  const again = await startStudio({ path, discord, nemo });
  discord.mention(thread, discord.alice, 'Slower, please.');
  await again.hear(asked.id, /Slower now/);
  await again.idle();
  expect(discord.said(discord.general.id)).toEqual([]);
});

test('a name that a person gives a thread stays', async () => {
  const { studio, discord, asked, thread, finish } = await busy();
  discord.rename(thread, 'Tea, second try');
  discord.write(thread, discord.alice, 'status');
  await studio.hear(asked.id, /Working on it/);
  finish();
  await studio.hear(asked.id, /First is done/);
  await studio.idle();
  expect(thread.name).toBe('Tea, second try');
});

test('without another name a thread is named after its project', async () => {
  const { studio, discord, asked, thread, finish } = await busy();
  discord.rename(thread, thread.name);
  finish();
  await studio.hear(asked.id, /First is done/);
  await studio.idle();
  expect(thread.names.length).toBeGreaterThan(2);
});

import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { createFileLimits } from '../../../src/platforms/discord/file-size-limit.ts';
import { createSendFile } from '../../../src/platforms/discord/files-out.ts';
import type { Send } from '../../../src/platforms/discord/posting.ts';
import { render } from '../../../src/platforms/discord/render-message.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { gate, png, startStudio, toldAgent } from './studio.ts';

test('a link that has run out is fetched anew from its message', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  discord.settings.linkMs = -1000;
  const asked = discord.mention(discord.general, discord.alice, 'With this', {
    files: [png('door.png')],
  });
  discord.settings.linkMs = 60_000;
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  expect(nemo.received('upload')).toHaveLength(1);
  expect(discord.callsTo(`GET /channels/${discord.general.id}/messages/${asked.id}`)).toHaveLength(
    1,
  );
});

test('a file whose message is gone is refused by name, the rest is used', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  discord.settings.linkMs = -1000;
  const asked = discord.mention(discord.general, discord.alice, 'A film about doors.', {
    files: [png('door.png')],
  });
  await studio.hear(asked.id, /\*\*door\.png\*\*.*no longer there[\s\S]*/);
  await studio.idle();
  expect(toldAgent(studio.nemo)).toContain('A film about doors.');
});

test('a long post that Discord turned into message.txt is the script', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const script = `Scene one: a kettle. ${'It sings in the morning. '.repeat(120)}`;
  const files = [
    { name: 'message.txt', type: 'text/plain; charset=utf-8', bytes: Buffer.from(script) },
  ];
  const asked = discord.mention(discord.general, discord.alice, '', { files });
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  expect(toldAgent(nemo)).toContain('It sings in the morning. It sings');
  expect(nemo.received('upload')).toEqual([]);
});

test('a mention in reply to a message takes that message as material', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const theirs = discord.write(discord.general, discord.bob, 'Mountains, mist, and a kettle.', {
    files: [png('kettle.png')],
  });
  const asked = discord.mention(discord.general, discord.alice, 'make this a short', {
    replyTo: theirs,
  });
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  expect(toldAgent(nemo)).toContain('Mountains, mist, and a kettle.');
  expect(nemo.received('upload')[0]?.parts?.[0]?.filename).toBe('kettle.png');
});

test("a mention in somebody's thread takes its first message; other talk there is left alone", async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const theirs = discord.write(discord.general, discord.bob, 'Mountains, mist, and a kettle.');
  const thread = discord.channel('mountains', {
    id: theirs.id,
    type: 11,
    parent: discord.general.id,
    owner: discord.bob.id,
  });
  discord.write(thread, discord.bob, 'what do you think?');
  discord.mention(thread, discord.alice, 'make this a short');
  await studio.hear(thread.id, /Your video is ready/);
  discord.write(thread, discord.bob, 'nice');
  nemo.script(say('Slower now.'));
  discord.mention(thread, discord.bob, 'slower');
  await studio.hear(thread.id, /Slower now/);
  await studio.idle();
  expect(toldAgent(nemo)).toContain('Mountains, mist, and a kettle.');
  expect(nemo.received('run_sse')).toHaveLength(2);
  expect(nemo.sessions.size).toBe(1);
});

test('names are read as people see them, and nobody is called by a text of the agent', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  nemo.script(say(`Hello <@${discord.bob.id}> and @everyone, here it is.`));
  const asked = discord.mention(
    discord.general,
    discord.alice,
    `A film for <@${discord.bob.id}> <:tea:123>`,
  );
  const answer = await studio.hear(asked.id, /here it is/);
  await studio.idle();
  expect(toldAgent(nemo)).toContain('A film for @Bob :tea:');
  expect(answer.notified).toEqual([discord.alice.id]);
});

test('at most two uploads are under way at a time, and each gets its turn', async () => {
  const late = gate();
  const begun: string[] = [];
  const send: Send = async ({ delivery }) => {
    begun.push(delivery.key);
    await late.opened;
    return delivery.key;
  };
  const sendFile = createSendFile(send, createFileLimits(Date.now));
  const source = {
    name: 'a.mp4',
    bytes: 1,
    mime: 'video/mp4',
    description: 'A film about tea',
    open: async () => Readable.from([Buffer.alloc(1)]),
  };
  const { parts } = render({ text: 'Here' }, undefined);
  const sent = ['a', 'b', 'c'].map((key) =>
    sendFile({ target: '1', body: parts[0], delivery: { key }, source, workspace: 'g' }),
  );
  await Promise.resolve();
  expect(begun).toEqual(['a', 'b']);
  late.open();
  expect(await Promise.all(sent)).toEqual(['a', 'b', 'c']);
});

test('an answer of more than four messages is its beginning and a file with all of it', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const words = 'A kettle sings in the morning, and the mist answers it. '.repeat(180).trim();
  nemo.script(say(words));
  const asked = discord.mention(discord.general, discord.alice, 'Tell me the plot.');
  await studio.hear(asked.id, /The whole answer is in the file/);
  await studio.idle();
  const answers = discord.said(asked.id).filter(({ files }) => files.length > 0);
  expect(answers.map(({ files }) => files.map(({ filename }) => filename))).toEqual([
    ['answer.md'],
  ]);
  expect(answers[0]?.files[0]?.bytes.toString()).toBe(words);
  expect(discord.said(asked.id).filter((it) => it.content.includes('A kettle sings'))).toHaveLength(
    1,
  );
});

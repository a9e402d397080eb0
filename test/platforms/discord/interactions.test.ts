// Over 250 lines: its cases share one setup and read as one list.
import { PermissionFlagsBits as Bit } from 'discord.js';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { commandsBody } from '../../../src/platforms/discord/commands.ts';
import { inviteLink } from '../../../src/platforms/discord/invite-link.ts';
import { refused } from '../../doubles/nemo/answers.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import {
  delivered,
  expectedVideos,
  makesThree,
  pictures,
} from '../../doubles/nemo/three-videos.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { gate, png, type Studio, startStudio, toldAgent } from './studio.ts';

const commandShape = z.object({
  name: z.string(),
  description: z.string().optional(),
  name_localizations: z.record(z.string(), z.string()),
  type: z.number(),
});
const commandsShape = z.array(commandShape.extend({ options: z.array(commandShape).optional() }));

const Ack = { message: 4, later: 5, quiet: 6, choices: 8, form: 9 } as const;

async function withProject(studio: Studio) {
  const { discord } = studio;
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  const answer = await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  return { asked, answer, thread: discord.thread(asked) };
}

test('commands are registered once, and again only when they have changed', async () => {
  const path = await databaseFile();
  const first = await startStudio({ path });
  const { discord } = first;
  const registered = () => discord.callsTo('PUT /applications/\\d+/commands');
  expect(registered()).toHaveLength(1);
  await first.down();
  await startStudio({ path, discord, nemo: first.nemo });
  expect(registered()).toHaveLength(1);
});

test('what is registered is within what Discord takes', () => {
  const commands = commandsShape.parse(commandsBody('global'));
  expect(commands.map(({ name }) => name)).toEqual([
    'video',
    'credits',
    'status',
    'export',
    'versions',
    'help',
    'new',
    'stop',
    'forget',
    'export-data',
    'video-settings',
    'account',
    'admin',
    'brand',
    'Make a video from this',
  ]);
  for (const { options = [], name_localizations: names, ...command } of commands) {
    const longest = JSON.stringify([command, options]).length;
    expect(options.length).toBeLessThanOrEqual(25);
    expect(longest).toBeLessThan(8_000);
    expect(Object.keys(names ?? {})).toEqual(['zh-CN', 'es-ES', 'es-419', 'fr', 'pt-BR']);
    for (const it of [command, ...options]) {
      expect(it.description?.length ?? 0).toBeLessThanOrEqual(100);
      if (command.type === 1) expect(it.name).toMatch(/^[a-z0-9-]{1,32}$/);
    }
  }
});

test('for development they go to one server, without contexts', async () => {
  const studio = await startStudio({ settings: { guildId: '123456789' } });
  const [[route, body] = []] = [...studio.discord.commands];
  expect(route).toMatch(/^\/applications\/\d+\/guilds\/123456789\/commands$/);
  expect(JSON.stringify(body)).not.toContain('contexts');
});

test('a backend that hangs does not keep an acknowledgement waiting', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const late = gate();
  nemo.on('credits', async () => {
    await late.opened;
    return undefined;
  });
  const used = discord.interactions.slash('credits', discord.alice, discord.general);
  await discord.until(() => used.ack !== undefined);
  expect(used).toMatchObject({ ack: Ack.later, replies: [] });
  late.open();
  await discord.until(() => used.replies.length > 0);
  expect(used.replies[0]?.text).toContain('60 available');
});

test('/status, /export, /new and /help act on the thread they are used in', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const { asked, thread } = await withProject(studio);
  const status = discord.interactions.slash('status', discord.bob, thread);
  const help = discord.interactions.slash('help', discord.bob, discord.general);
  await discord.until(() => status.replies.length > 0 && help.replies.length > 0);
  expect(status.replies[0]?.text).toContain('Nothing is running');
  expect(help.replies[0]?.text).toContain('Try saying');
  discord.interactions.slash('export', discord.bob, thread, { resolution: '1080p' });
  await studio.hear(asked.id, /Video ready/);
  discord.interactions.slash('new', discord.bob, thread);
  await studio.hear(asked.id, /fresh project/);
  await studio.idle();
});

test('/status elsewhere means the latest project, or the one chosen from the list', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  await withProject(studio);
  const choices = discord.interactions.complete(
    'status',
    'project',
    'tea',
    discord.alice,
    discord.general,
  );
  await discord.until(() => choices.choices !== undefined);
  expect(choices.choices?.map(({ name }) => name)).toEqual(['A film about tea.']);
  const project = choices.choices?.[0]?.value ?? '';
  for (const options of [{}, { project }]) {
    const used = discord.interactions.slash('status', discord.alice, discord.general, options);
    await discord.until(() => used.replies.length > 0);
    expect(used.replies[0]?.text).toContain('city timelapse');
  }
});

test('/video without anything shows a form; it takes a long script and files', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const form = discord.interactions.slash('video', discord.alice, discord.general, {
    ratio: '1:1',
  });
  await discord.until(() => form.modal !== undefined);
  const files = [discord.attach(png('door.png'))];
  const sent = discord.interactions.submit(
    form,
    discord.alice,
    discord.general,
    'A film about doors.',
    files,
  );
  await discord.until(() => sent.replies.length > 0);
  const [root] = discord.said(discord.general.id);
  await studio.hear(root?.id ?? '', /Your video is ready/);
  await studio.idle();
  expect(toldAgent(nemo)).toContain('A film about doors.\n\nAspect ratio: 1:1.');
  expect(nemo.received('upload')).toHaveLength(1);
});

test('/video private stays between the two', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const used = discord.interactions.slash('video', discord.alice, discord.general, {
    script: 'A film about tea.',
    private: true,
  });
  await studio.hear(discord.dm(discord.alice).id, /Your video is ready/);
  await discord.until(() => used.replies.length > 0);
  expect(discord.said(discord.general.id)).toEqual([]);
  await studio.idle();
});

test('where the bot is only brought along, the video comes directly', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  discord.settings.personal = true;
  discord.interactions.slash('video', discord.alice, discord.general, {
    script: 'A film about tea.',
  });
  await studio.hear(discord.dm(discord.alice).id, /Your video is ready/);
  expect(discord.said(discord.general.id)).toEqual([]);
  await studio.idle();
});

test('"Make a video from this" takes the message, and starts the thread on it', async () => {
  const studio = await startStudio({ withoutContent: true });
  const { discord, nemo } = studio;
  const message = discord.write(discord.general, discord.bob, 'Mountains, mist, and a kettle.', {
    files: [png('kettle.png')],
  });
  discord.interactions.onMessage('Make a video from this', message, discord.alice);
  const answer = await studio.hear(message.id, /Your video is ready/);
  await studio.idle();
  expect(answer.notified).toEqual([discord.alice.id]);
  expect(toldAgent(nemo)).toContain('Mountains, mist, and a kettle.');
  expect(nemo.received('upload')).toHaveLength(1);
});

test('"Change something" asks in a form, and the thread sees what was asked', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const { asked, answer, thread } = await withProject(studio);
  const form = discord.interactions.press(answer, 'Change something', discord.bob);
  await discord.until(() => form.modal !== undefined);
  nemo.script(say('The title is bigger now.'));
  const sent = discord.interactions.submit(form, discord.bob, thread, 'Make the title bigger');
  const done = await studio.hear(asked.id, /bigger now/);
  await studio.idle();
  expect(sent.ack).toBe(Ack.message);
  expect(done.notified).toEqual([discord.bob.id]);
  expect(
    discord
      .said(asked.id)
      .some((m) => m.content === `✏️ <@${discord.bob.id}>: Make the title bigger`),
  ).toBe(true);
});

test('buttons work after a restart; a press that comes twice does its work once', async () => {
  const path = await databaseFile();
  const before = await startStudio({ path });
  const { discord, nemo } = before;
  const { asked, answer } = await withProject(before);
  await before.down();
  const after = await startStudio({ path, discord, nemo });
  const press = discord.interactions.press(answer, 'Export MP4', discord.alice);
  discord.interactions.redeliver(press);
  await after.hear(asked.id, /Video ready/);
  await after.idle();
  expect(press.ack).toBe(Ack.quiet);
  expect(nemo.received('render')).toHaveLength(1);
  const timeline = discord.interactions.press(answer, 'Timeline', discord.bob);
  await discord.until(() => timeline.replies.length > 0);
  expect(timeline.replies[0]?.text).toContain('city timelapse');
});

test('an example from the help begins a project where there is none', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const asked = discord.mention(discord.general, discord.alice, 'help');
  const help = await studio.hear(asked.id, /Try saying/);
  discord.interactions.press(help, 'Try example 1', discord.alice);
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
});

test('when the talk of an interaction is over, the person is told directly', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const late = gate();
  nemo.on('credits', async () => {
    await late.opened;
    return undefined;
  });
  const used = discord.interactions.slash('credits', discord.alice, discord.general);
  await discord.until(() => used.ack !== undefined);
  discord.interactions.expireTokens();
  late.open();
  await studio.hear(discord.dm(discord.alice).id, /60 available/);
});

test('an acknowledgement whose answer is lost is repeated, and the work done once', async () => {
  const studio = await startStudio({ draft: sampleDraft });
  const { discord } = studio;
  discord.failNext('POST /interactions/.+/callback', { status: 500, apply: true });
  const used = discord.interactions.slash('credits', discord.alice, discord.general);
  await discord.until(() => used.replies.length > 0);
  expect(used.replies).toHaveLength(1);
});

test('what the backend refuses is told to the one who asked, alone', async () => {
  const studio = await startStudio({ errors: /an interaction failed/ });
  const { discord, nemo } = studio;
  nemo.on('credits', refused(503, 503, 'busy'));
  const used = discord.interactions.slash('credits', discord.alice, discord.general);
  await discord.until(() => used.replies.length > 0);
  expect(used.replies[0]?.text).toMatch(/NemoVideo is not answering/);
});

test('/video-settings shows the skill profile to everybody, and lets admins choose another', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const settings = async (by: typeof discord.alice, options: Record<string, string> = {}) => {
    const used = discord.interactions.slash('video-settings', by, discord.general, options);
    await discord.until(() => used.replies.length > 0);
    return used.replies[0]?.text;
  };
  const wish = { profile: 'ai-to-video-free' };
  expect(await settings(discord.alice)).toContain('**text-to-video-high-quality**');
  expect(await settings(discord.alice, wish)).toContain('Only an admin');
  discord.world.admins.add(discord.bob.id);
  expect(await settings(discord.bob, wish)).toContain('**ai-to-video-free**');
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  expect(studio.nemo.received('run_sse')[0]?.headers['x-skill-source']).toBe('ai-to-video-free');
  expect(discord.said(asked.id)[0]?.versions[0]).toMatch(/Connecting…/);
});

test.each([
  ['with the command', true],
  ['with its form', false],
])('/video each: one video for every file, %s', async (_way, direct) => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  makesThree(nemo);
  const files = pictures.map((file) => discord.attach({ ...file, type: 'image/png' }));
  const used = discord.interactions.slash('video', discord.alice, discord.general, {
    each: true,
    ratio: '1:1',
    ...(direct
      ? {
          script: 'Calm, with music.',
          ...Object.fromEntries(files.map((f, n) => [`image${n + 1}`, f])),
        }
      : {}),
  });
  if (!direct) {
    await discord.until(() => used.modal !== undefined);
    discord.interactions.submit(used, discord.alice, discord.general, '', files);
  }
  await discord.until(() => discord.said(discord.general.id).length > 0);
  const root = discord.said(discord.general.id)[0]?.id ?? '';
  await studio.hear(root, /All 3 videos are done/);
  await studio.idle();
  const videos = discord.said(root).flatMap((message) => message.files);
  expect(delivered(videos.map((f) => ({ ...f, name: f.filename })))).toEqual(expectedVideos);
  for (const nth of [1, 2, 3]) expect(toldAgent(nemo, nth)).toContain('Aspect ratio: 1:1.');
});

test('the acknowledgement waits for nothing, not even for Discord telling what a thread is', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const theirs = discord.write(discord.general, discord.bob, 'talk');
  const thread = discord.channel('talk', {
    id: theirs.id,
    type: 11,
    parent: discord.general.id,
    owner: discord.bob.id,
  });
  await discord.until(() => discord.gateway.connected() === 1);
  discord.failNext(`GET /channels/${thread.id}`, { status: 500 });
  const used = discord.interactions.slash('status', discord.alice, thread);
  await discord.until(() => used.ack === Ack.later && used.replies.length > 0);
  const order = discord.calls.map(({ method, path }) => `${method} ${path.split('/')[1]}`);
  const ack = order.lastIndexOf('POST interactions');
  expect(order.slice(0, ack)).not.toContain('GET channels');
});

test('/video where the bot may not write goes to direct messages', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const room = discord.channel('silent', { denied: Bit.SendMessages });
  discord.interactions.slash('video', discord.alice, room, { script: 'A film about tea.' });
  await studio.hear(discord.dm(discord.alice).id, /Your video is ready/);
  await studio.idle();
});

test('the invitation asks for exactly what is needed', () => {
  expect(inviteLink('42')).toBe(
    'https://discord.com/oauth2/authorize?client_id=42&permissions=309237763136&scope=bot+applications.commands',
  );
});

test('the choice for a long script is pressed: quietly, and the video comes', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const novel = {
    name: 'novel.txt',
    type: 'text/plain',
    bytes: Buffer.from(
      Array.from({ length: 900 }, (_, n) => `The keeper climbs stair ${n}.`).join('\n'),
    ),
  };
  const asked = discord.mention(discord.general, discord.alice, 'A calm film', { files: [novel] });
  const question = await studio.hear(asked.id, /novel\.txt\*\* is long/);
  await studio.idle();
  const pressed = discord.interactions.press(question, 'Use the first part', discord.alice);
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  expect(pressed.ack).toBe(Ack.quiet);
  expect(toldAgent(nemo)).toContain('The keeper climbs stair 0.');
});

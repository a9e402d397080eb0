/** Each platform, and the one of examples/, keeps what the chat port promises. The cases are in conformance.ts. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { terminal } from '../../examples/terminal/terminal.ts';
import { PROFILES } from '../../src/conversation/skill-profile.ts';
import { createGuardedFetch } from '../../src/net/guarded-fetch.ts';
import type { Inbox } from '../../src/platforms/chat.ts';
import { createDiscordPlatform } from '../../src/platforms/discord/platform.ts';
import { PLATFORMS } from '../../src/platforms/platforms.ts';
import type { WireMessage } from '../../src/platforms/web/wire.ts';
import { scaledClock } from '../../src/runtime/clock.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { openSqliteState } from '../../src/state/sqlite/open-state.ts';
import { DISCORD_TOKEN, startDiscordDouble } from '../doubles/discord/discord-double.ts';
import type { Used } from '../doubles/discord/interactions.ts';
import { ENCRYPTION_KEY, recorder } from '../doubles/house.ts';
import type { SeenMessage } from '../doubles/slack/world.ts';
import { describeConformance, type Seen, type Subject } from './conformance.ts';
import { startPlatform } from './slack/bare.ts';
import { ask, botDouble, own, startPlayground, upload } from './web/support.ts';

const SUBJECTS: Readonly<Record<string, (inbox: Inbox) => Promise<Subject>>> = {
  web: webSubject,
  slack: slackSubject,
  discord: discordSubject,
  terminal: terminalSubject,
};

test('every platform on the list is among them', () => {
  const names = [...PLATFORMS.map(({ name }) => name), 'terminal'];
  expect(Object.keys(SUBJECTS).toSorted()).toEqual(names.toSorted());
});

for (const [name, start] of Object.entries(SUBJECTS)) describeConformance(name, start);

async function webSubject(inbox: Inbox): Promise<Subject> {
  const playground = await startPlayground({ bot: { ...botDouble(), ...inbox } });
  const thread = crypto.randomUUID();
  const here = { Host: `127.0.0.1:${playground.port}` };
  const send = (where: string, body: object) =>
    ask(
      playground,
      'POST',
      `/api/threads/${thread}/${where}`,
      own(playground),
      JSON.stringify({ id: crypto.randomUUID(), ...body }),
    );
  const messages = async () => {
    const reply = await ask(playground, 'GET', `/api/threads/${thread}/messages`, here);
    return reply.json<{ messages: WireMessage[] }>().messages;
  };
  const bytesOf = async (id: string) => (await ask(playground, 'GET', `/files/${id}`, here)).body;
  return {
    platform: playground.platform,
    async write(text, files = []) {
      const ids: string[] = [];
      for (const { name, bytes } of files)
        ids.push((await upload(playground, name, bytes)).json<{ id: string }>().id);
      await send('messages', { text, files: ids });
    },
    async seen() {
      const all = (await messages()).filter(({ author }) => author === 'bot');
      return Promise.all(
        all.map(async (it) => ({
          text: it.text,
          buttons: it.buttons.flatMap(({ label, does }) => ('url' in does ? [] : label)),
          files: await Promise.all(
            it.files.map(async ({ id, name }) => ({ name, bytes: await bytesOf(id) })),
          ),
          privately: it.private,
        })),
      );
    },
    async press(label) {
      const holder = (await messages()).findLast(({ buttons }) =>
        buttons.some((button) => button.label === label),
      );
      const button = holder?.buttons.findIndex((it) => it.label === label);
      await send('press', { message: holder?.id, button });
    },
    async askCredits() {
      await send('command', { name: 'credits' });
    },
    close: () => playground.close(),
  };
}

async function slackSubject(inbox: Inbox): Promise<Subject> {
  const bare = await startPlatform('http', inbox);
  const { slack, platform } = bare;
  const answered: Seen[] = [];
  let root: string | undefined;
  const sight = (message: SeenMessage): Seen => ({
    // What is shown: the blocks where there are any.
    text: textsOf(message.blocks) || message.text,
    buttons: message.blocks
      .flatMap(({ elements = [] }) => elements)
      .flatMap((it) => ('url' in it && it.url ? [] : (it.text?.text ?? []))),
    files: message.files.map(({ name, bytes }) => ({ name, bytes })),
    privately: message.privateTo !== undefined,
  });
  const ours = () => slack.messages.filter((it) => it.bot && !it.deleted && it.thread_ts === root);
  return {
    platform,
    async write(text, files = []) {
      const refused = slack.deliveries.unacknowledged.length;
      const ts = await slack.write(root ? text : `@bot ${text}`, {
        ...(root ? { thread: root } : { events: ['app_mention'] }),
        files: files.map((file) => ({ ...file, mimetype: 'image/png' })),
      });
      if (slack.deliveries.unacknowledged.length > refused) await slack.redeliver(ts);
      root ??= ts;
    },
    seen: () => [...ours(), ...slack.ephemerals].map(sight).concat(answered),
    async press(label) {
      const holder = ours().findLast((it) => sight(it).buttons.includes(label));
      if (!holder) throw new Error(`nobody offers ${label}`);
      await slack.click(holder, new RegExp(label));
    },
    async askCredits() {
      const { responses } = await slack.command('/credits');
      await slack.untilTrue(() => responses.length > 0);
      for (const { text } of responses)
        answered.push({ text: String(text), buttons: [], files: [], privately: true });
    },
    close: bare.close,
  };
}

const textsOf = (blocks: SeenMessage['blocks']): string =>
  blocks
    .flatMap(({ text }) =>
      typeof text === 'string' ? text : text && typeof text === 'object' ? Object(text).text : [],
    )
    .join(' ');

async function discordSubject(inbox: Inbox): Promise<Subject> {
  const discord = await startDiscordDouble();
  const state = openSqliteState({ path: ':memory:', encryptionKey: ENCRYPTION_KEY });
  const platform = createDiscordPlatform({
    settings: {
      token: DISCORD_TOKEN,
      apiUrl: discord.api,
      guildId: undefined,
      shards: 'auto',
      reactions: [],
    },
    state,
    clock: scaledClock(0.002),
    log: recorder([]),
    guardedFetch: createGuardedFetch({ allowOrigins: [discord.url], allowLoopback: false }),
  });
  await platform.start(inbox);
  const dm = discord.dm(discord.alice);
  const used: Used[] = [];
  const toAlice = (): Seen[] =>
    used.flatMap(({ replies }) =>
      replies.map(({ text }) => ({ text, buttons: [], files: [], privately: true })),
    );
  return {
    platform,
    async write(text, files = []) {
      discord.write(dm, discord.alice, text, {
        files: files.map((file) => ({ ...file, type: 'image/png' })),
      });
    },
    seen: () => [
      ...discord.said(dm.id).map((it) => ({
        text: it.content,
        buttons: it.components
          .flatMap(({ components }) => components)
          .flatMap(({ label, url }) => (url ? [] : label)),
        files: it.files.map(({ filename, bytes }) => ({ name: filename, bytes })),
        // In direct messages nobody else is there.
        privately: true,
      })),
      ...toAlice(),
    ],
    async press(label) {
      const holder = discord
        .said(dm.id)
        .findLast((it) =>
          it.components.some((row) => row.components.some((b) => b.label === label)),
        );
      if (!holder) throw new Error(`nobody offers ${label}`);
      used.push(discord.interactions.press(holder, label, discord.alice));
    },
    async askCredits() {
      used.push(discord.interactions.slash('credits', discord.alice, dm));
    },
    async close() {
      await platform.stopListening();
      await platform.close();
      await state.close();
      await discord.close();
      expect(discord.errors).toEqual([]);
    },
  };
}

async function terminalSubject(inbox: Inbox): Promise<Subject> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'nemo-bot-terminal-'));
  const state = openSqliteState({ path: ':memory:', encryptionKey: ENCRYPTION_KEY });
  const [input, output] = [new PassThrough(), new PassThrough({ encoding: 'utf8' })];
  let screen = '';
  output.on('data', (text: string) => {
    screen += text;
  });
  const { platforms } = readSettings(
    { NEMO_TOKEN: 'nmv_usr_x', TERMINAL: 'on' },
    { modules: [terminal({ input, output })] },
  );
  const platform = await platforms[0]?.create({
    state,
    clock: scaledClock(0.002),
    log: recorder([]),
    dataDir,
    address: () => ({ host: '127.0.0.1', port: 0 }),
    profile: PROFILES['text-to-video-high-quality'],
    maxUploadBytes: 1_000_000,
    helpNotes: () => [],
  });
  if (!platform) throw new Error('the terminal is not on');
  await platform.start(inbox);
  const type = (text: string) => {
    input.write(text);
    return new Promise<void>((resolve) => setImmediate(resolve));
  };
  return {
    platform,
    appends: true,
    async write(text, files = []) {
      for (const { name, bytes } of files) {
        await writeFile(path.join(dataDir, name), bytes);
        await type(`/file ${path.join(dataDir, name)}\n`);
      }
      await type(`${text}\n\n`);
    },
    seen: () =>
      screen
        .split(/^(?=nemo(?:, to you)?> )/m)
        .filter((text) => text !== '')
        .map((text) => ({
          text: text.replace(/^\[:\d+ .*\]\n/gm, ''),
          buttons: [...text.matchAll(/^\[:\d+ (.*)\]$/gm)].map(([, label = '']) => label),
          files: [],
          privately: text.startsWith('nemo, to you>'),
        })),
    async press(label) {
      const [, number] =
        [...screen.matchAll(/^\[:(\d+) (.*)\]$/gm)].findLast(([, , it]) => it === label) ?? [];
      await type(`:${number}\n`);
    },
    askCredits: () => type('/credits\n'),
    async close() {
      await platform.close();
      await state.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

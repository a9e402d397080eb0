// Over 250 lines: its cases share one setup and read as one list.
import { PermissionFlagsBits as Bit, DiscordAPIError } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { asChatError } from '../../../src/platforms/discord/errors.ts';
import { startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { gate, startStudio } from './studio.ts';

const once = (texts: readonly { content: string }[], words: RegExp) =>
  expect(texts.filter(({ content }) => words.test(content))).toHaveLength(1);

describe('calls that fail', () => {
  test('each reply arrives, once, through rate limits, faults and lost answers', async () => {
    const studio = await startStudio();
    const { discord } = studio;
    const posts = 'POST /channels/\\d+/messages';
    discord.failNext('POST /channels/\\d+/messages/\\d+/threads', { status: 500, apply: true });
    discord.failNext(posts, { status: 429, retryAfter: 0.05 });
    discord.failNext(posts, { status: 502 });
    discord.failNext(posts, { status: 500, apply: true });
    discord.failNext(posts, { status: 500, apply: true, cut: true });
    discord.failNext('PATCH /channels/\\d+/messages/\\d+', { status: 503, times: 2 });
    const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
    await studio.hear(asked.id, /Your video is ready/);
    await studio.idle();
    once(discord.said(asked.id), /Your video is ready/);
    once(discord.said(asked.id), /Done in/);
    const firstWords = discord.said(asked.id).map(({ versions }) => versions[0]);
    expect(firstWords).toEqual([...new Set(firstWords)]);
  });

  test('nothing is repeated by who no longer speaks here', async () => {
    const studio = await startStudio();
    const { discord, platform } = studio;
    const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
    await studio.hear(asked.id, /Your video is ready/);
    await studio.idle();
    const workspace = discord.general.guild ?? '';
    const thread = platform.thread({
      platform: 'discord',
      workspace,
      channel: discord.general.id,
      thread: asked.id,
    });
    const { id } = await thread.post({ text: 'here' }, { key: 'k' });
    const confirm = () => Promise.reject(new Error('another worker speaks here'));
    discord.failNext('POST /channels/\\d+/messages', { status: 502 });
    discord.failNext('(PATCH|DELETE) /channels/\\d+/messages/\\d+', { status: 502, times: 2 });
    const calls = [
      () => thread.post({ text: 'late' }, { key: 'l', confirm }),
      () => thread.edit(id, { text: 'late' }, { confirm }),
      () => thread.delete(id, { confirm }),
    ];
    for (const call of calls) await expect(call()).rejects.toThrow(/another worker speaks here/);
    expect(discord.said(asked.id).at(-1)?.content).toBe('here');
    expect(discord.said(asked.id).filter(({ content }) => content === 'late')).toEqual([]);
  });

  test('an upload whose answer is lost is not posted twice', async () => {
    const studio = await startStudio({ draft: sampleDraft });
    const { discord } = studio;
    const asked = discord.mention(discord.general, discord.alice, 'export');
    discord.write(discord.general, discord.bob, 'hello there');
    await studio.hear(asked.id, /Nothing to export/);
    studio.nemo.script(say('Ready when you are.'));
    discord.write(discord.thread(asked), discord.alice, 'A film about tea.');
    await studio.hear(asked.id, /Ready when/);
    await studio.idle();
    discord.failNext('POST /channels/\\d+/messages', { status: 500, apply: true, times: 2 });
    discord.write(discord.thread(asked), discord.alice, 'export');
    await studio.hear(asked.id, /Video ready/);
    await studio.idle();
    once(discord.said(asked.id), /Video ready/);
    expect(discord.said(asked.id).flatMap(({ files }) => files)).toHaveLength(1);
  });
});

describe('places', () => {
  test('no threads allowed: the project lives in replies, and answers to them go on with it', async () => {
    const studio = await startStudio();
    const { discord } = studio;
    const room = discord.channel('no-threads', { denied: Bit.CreatePublicThreads });
    const asked = discord.mention(room, discord.alice, 'A film about tea.');
    const answer = await studio.hear(room.id, /Your video is ready/);
    await studio.idle();
    expect(answer.replyTo).toBe(asked.id);
    studio.nemo.script(say('The title is bigger now.'));
    discord.write(room, discord.alice, 'Make the title bigger', { replyTo: answer });
    await studio.hear(room.id, /bigger now/);
    await studio.idle();
    expect(studio.nemo.sessions.size).toBe(1);
    discord.write(room, discord.alice, 'just talking');
    discord.mention(room, discord.bob, 'Another film.');
    await discord.until(
      () => discord.said(room.id).filter((m) => /Your video/.test(m.content)).length === 2,
    );
    await studio.idle();
    expect(studio.nemo.sessions.size).toBe(2);
  });

  test('no word allowed: the person gets it all directly, with the missing permissions', async () => {
    const studio = await startStudio();
    const { discord } = studio;
    const room = discord.channel('silent', { denied: Bit.SendMessages | Bit.CreatePublicThreads });
    const dm = discord.dm(discord.alice);
    discord.mention(room, discord.alice, 'A film about tea.');
    await studio.hear(dm.id, /Your video is ready/);
    await studio.idle();
    const explained = discord.said(dm.id).filter(({ content }) => /I lack/.test(content));
    expect(explained).toHaveLength(1);
    expect(explained[0]?.content).toContain('*Send Messages*, *Create Public Threads*');
  });

  test('a thread deleted in mid-turn: the answer reaches the person directly', async () => {
    const studio = await startStudio();
    const { discord } = studio;
    const late = gate();
    studio.nemo.script({ heartbeat: true }, { until: late.opened }, say('Here is your film.'));
    const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
    await studio.nemo.arrival('run_sse');
    discord.removeChannel(discord.thread(asked));
    late.open();
    await studio.hear(discord.dm(discord.alice).id, /Here is your film/);
    await studio.idle();
  });

  test('a locked and archived thread is as good as gone; an archived one wakes up', async () => {
    const studio = await startStudio();
    const { discord } = studio;
    const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
    await studio.hear(asked.id, /Your video is ready/);
    await studio.idle();
    const thread = discord.thread(asked);
    const late = gate();
    studio.nemo.script({ heartbeat: true }, { until: late.opened }, say('It is slower.'));
    discord.write(thread, discord.alice, 'slower');
    await studio.nemo.arrival('run_sse', 2);
    thread.archived = true;
    late.open();
    await studio.hear(asked.id, /It is slower/);
    await studio.idle();
    const later = gate();
    studio.nemo.script({ heartbeat: true }, { until: later.opened }, say('It is faster.'));
    discord.write(thread, discord.alice, 'faster');
    await studio.nemo.arrival('run_sse', 3);
    Object.assign(thread, { archived: true, locked: true });
    later.open();
    await studio.hear(discord.dm(discord.alice).id, /It is faster/);
    await studio.idle();
  });

  test('closed direct messages: the person is told in the thread, without what is private', async () => {
    const studio = await startStudio();
    const { discord } = studio;
    discord.dm(discord.alice).closed = true;
    const asked = discord.mention(discord.general, discord.alice, 'credits');
    const told = await studio.hear(asked.id, /direct messages are closed/);
    expect(told.content).not.toContain('60 available');
    expect(told.notified).toEqual([discord.alice.id]);
    await studio.idle();
  });
});

describe('the gateway', () => {
  test('a wrong token ends the start with a sentence', async () => {
    const discord = await startDiscordDouble();
    const start = startStudio({ discord, settings: { token: 'wrong.token.here' } });
    await expect(start).rejects.toThrow(/^DISCORD_TOKEN is not valid/);
    await discord.close();
  });

  test('4004 ends the start with the same sentence', async () => {
    const discord = await startDiscordDouble();
    discord.gateway.refuseWith = 4004;
    await expect(startStudio({ discord })).rejects.toThrow(/^DISCORD_TOKEN is not valid/);
    expect(discord.gateway.identifies).toHaveLength(1);
    await discord.close();
  });

  test('an invalid session: what was said meanwhile in our threads and to us is found', async () => {
    const studio = await startStudio();
    const { discord } = studio;
    const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
    await studio.hear(asked.id, /Your video is ready/);
    await studio.idle();
    discord.gateway.deaf = true;
    studio.nemo.script(say('It is slower.'));
    discord.write(discord.thread(asked), discord.alice, 'slower');
    discord.gateway.deaf = false;
    discord.gateway.invalidate();
    await studio.hear(asked.id, /It is slower/);
    await studio.idle();
    expect(discord.gateway.identifies).toHaveLength(2);
    once(discord.said(asked.id), /Your video is ready/);
  });

  test('a silent gateway is noticed and connected anew, and what it swallowed is found', async () => {
    const discord = await startDiscordDouble({ heartbeatMs: 20 });
    const studio = await startStudio({ discord, silenceMs: 1_500, errors: /gone silent/ });
    const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
    await studio.hear(asked.id, /Your video is ready/);
    await studio.idle();
    discord.gateway.deaf = true;
    discord.gateway.mute = true;
    studio.nemo.script(say('It is slower.'));
    discord.write(discord.thread(asked), discord.alice, 'slower');
    await studio.hear(asked.id, /It is slower/);
    await studio.idle();
    // A machine under load may be silent for so long once more.
    expect(studio.logged.join('\n')).toMatch(/gone silent/);
    expect(discord.gateway.identifies.length).toBeGreaterThan(1);
    once(discord.said(asked.id), /Your video is ready/);
    once(discord.said(asked.id), /It is slower/);
    await studio.close();
    await discord.close();
  });

  test('a shutdown does not wait for a gateway that does not answer', async () => {
    const studio = await startStudio({ errors: /closed the connection/ });
    const { gateway } = studio.discord;
    gateway.stalled = true;
    gateway.drop({ code: 4014 });
    await studio.discord.until(() => gateway.identifies.length === 2);
    await studio.down();
  });

  test('messages that came while the process was down are found on return', async () => {
    const path = await databaseFile();
    const before = await startStudio({ path });
    const { discord, nemo } = before;
    const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
    await before.hear(asked.id, /Your video is ready/);
    discord.write(discord.dm(discord.bob), discord.bob, 'help');
    await before.hear(discord.dm(discord.bob).id, /Try saying/);
    await before.idle();
    await before.down();
    nemo.script(say('It is slower.'));
    discord.write(discord.thread(asked), discord.alice, 'slower');
    discord.write(discord.general, discord.alice, 'not for the bot');
    const missed = discord.mention(discord.general, discord.bob, 'help');
    discord.write(discord.dm(discord.bob), discord.bob, 'status');
    const after = await startStudio({ path, discord, nemo });
    await after.hear(asked.id, /It is slower/);
    await after.hear(missed.id, /Try saying/);
    await after.hear(discord.dm(discord.bob).id, /no project/);
    await after.idle();
    once(discord.said(asked.id), /Your video is ready/);
  });

  test('two processes with the same shards: one turn, one answer to each interaction', async () => {
    const path = await databaseFile();
    const one = await startStudio({ path });
    const { discord, nemo } = one;
    const two = await startStudio({ path, discord, nemo });
    const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
    const used = discord.interactions.slash('credits', discord.alice, discord.general);
    await two.hear(asked.id, /Your video is ready/);
    await discord.until(() => used.replies.length > 0);
    await two.idle();
    expect(nemo.received('run_sse')).toHaveLength(1);
    expect(used.replies).toHaveLength(1);
    once(discord.said(asked.id), /Your video is ready/);
  });

  test('only the shards of the setting are connected', async () => {
    const discord = await startDiscordDouble({ shards: 4 });
    const studio = await startStudio({ discord, settings: { shards: { ids: [1, 3], count: 4 } } });
    expect(discord.gateway.identifies).toHaveLength(2);
    await studio.close();
    await discord.close();
  });
});

test('a token that is refused later is told, and nothing is tried with it any more', async () => {
  const studio = await startStudio({ errors: /no longer accepts/, start: false });
  const { discord, platform } = studio;
  const place = { platform: 'discord', workspace: 'dm', channel: '1', thread: '1' } as const;
  const post = (key: string) => platform.thread(place).post({ text: 'Hello' }, { key });
  expect(platform.trouble()).toBeUndefined();
  discord.failNext('POST /channels/1/messages', { status: 401 });
  await expect(post('a')).rejects.toMatchObject({ reason: 'unreachable' });
  const calls = discord.calls.length;
  await expect(post('b')).rejects.toMatchObject({ reason: 'unreachable' });
  expect(discord.calls).toHaveLength(calls);
  expect(platform.trouble()).toMatch(/DISCORD_TOKEN/);
});

describe('a post after a crash, with the nonce long forgotten', () => {
  const messages = {
    'with buttons': { text: 'Done.', buttons: [{ label: 'Export', does: { action: 'export' } }] },
    'without buttons': { text: 'Stopped. ' },
    'in several parts': {
      text: 'It sings in the morning. '.repeat(100),
      buttons: [{ label: 'Export', does: { action: 'export' } }],
    },
  } as const;

  for (const [name, message] of Object.entries(messages)) {
    test(`${name}: the earlier one is found`, async () => {
      const studio = await startStudio({ start: false });
      const { discord, platform } = studio;
      const asked = discord.write(discord.general, discord.alice, 'hi');
      const ref = {
        platform: 'discord',
        workspace: discord.world.guild.id,
        channel: discord.general.id,
        thread: asked.id,
      } as const;
      const thread = platform.thread(ref);
      const first = await thread.post(message, { key: 'turn:answer' });
      const before = discord.said(asked.id).length;
      discord.settings.nonceMs = 0;
      expect(await thread.post(message, { key: 'turn:answer', again: true })).toEqual(first);
      await thread.post({ text: 'Another.' }, { key: 'turn:other', again: true });
      expect(discord.said(asked.id)).toHaveLength(before + 1);
    });
  }

  test('an equal text with other buttons is another message', async () => {
    const studio = await startStudio({ start: false });
    const { discord, platform } = studio;
    const asked = discord.write(discord.general, discord.alice, 'hi');
    const ref = {
      platform: 'discord',
      workspace: discord.world.guild.id,
      channel: discord.general.id,
      thread: asked.id,
    } as const;
    await platform.thread(ref).post(messages['with buttons'], { key: 'one' });
    await platform.thread(ref).post(messages['with buttons'], { key: 'two', again: true });
    expect(discord.said(asked.id)).toHaveLength(2);
  });
});

test('an edit under way is followed by the newest one alone', async () => {
  const studio = await startStudio({ start: false });
  const { discord, platform } = studio;
  const asked = discord.write(discord.general, discord.alice, 'hi');
  const ref = {
    platform: 'discord',
    workspace: discord.world.guild.id,
    channel: discord.general.id,
    thread: asked.id,
  } as const;
  const thread = platform.thread(ref);
  const { id } = await thread.post({ text: 'Working' }, { key: 'status' });
  await Promise.all(['1', '2', '3', '4'].map((text) => thread.edit(id, { text })));
  const [status] = discord.said(asked.id);
  expect(status?.versions.at(-1)).toBe('4');
  expect(status?.versions.length).toBeLessThan(5);
});

test('an announced outage of a server makes its refusals a matter of waiting', () => {
  const refusal = new DiscordAPIError(
    { message: 'Unknown Channel', code: 10_003 },
    10_003,
    404,
    'POST',
    'http://x',
    { body: undefined, files: undefined },
  );
  expect(asChatError(refusal, 'post').reason).toBe('gone');
  expect(asChatError(refusal, 'post', true).reason).toBe('unreachable');
  expect(asChatError(new Error('socket hang up'), 'post').reason).toBe('unreachable');
});

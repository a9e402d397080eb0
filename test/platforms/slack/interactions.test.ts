// Over 250 lines: its cases share one setup and read as one list.
/** Commands, buttons, shortcuts, the form, the home page, signs of life. */

import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ThreadRef } from '../../../src/platforms/chat.ts';
import { startNemoDouble } from '../../doubles/nemo/nemo-double.ts';
import { type SlackDouble, startSlackDouble } from '../../doubles/slack/slack-double.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { type Bare, type HandMadeInbox, handMadeInbox, startPlatform } from './bare.ts';
import { startTown } from './town.ts';

let inbox: HandMadeInbox;
let bare: Bare | undefined;
beforeEach(() => {
  inbox = handMadeInbox();
});
afterEach(async () => {
  await bare?.close();
  bare = undefined;
});

async function begin(
  mode: 'socket' | 'http' = 'socket',
  options: Parameters<typeof startPlatform>[2] = {},
) {
  bare = await startPlatform(mode, inbox, options);
  return bare;
}

describe.each(['socket', 'http'] as const)('a slash command by %s', (mode) => {
  test.each([
    ['credits', 'credits'],
    ['export', 'export'],
    ['new', 'new'],
    ['stop', 'stop'],
    ['acme-status', 'status'],
    ['our-nemo-help', 'help'],
    ['nemo-stop', 'stop'],
    ['nemostatus', 'status'],
    ['my-video-settings', 'profile'],
  ] as const)(
    'called /%s, as an admin may have added it, reaches the conversation, and its answer its person',
    async (called, name) => {
      const { slack } = await begin(mode);
      inbox.onCommand = (command) => command.respond({ text: `the answer to ${command.name}` });
      const { delivered, responses } = await slack.command(`/${called}`, '1080p', { by: 'U0MEI' });
      await slack.untilTrue(() => responses.length > 0);
      expect(delivered.acked).toBe(true);
      expect(responses[0]).toMatchObject({
        response_type: 'ephemeral',
        text: `the answer to ${name}`,
      });
      expect(inbox.commands[0]).toMatchObject({
        name,
        argument: '1080p',
        platform: 'slack',
        workspace: 'T0TEA',
        channel: 'C0TEA',
        person: { id: 'U0MEI', locale: 'zh-CN' },
      });
    },
  );

  test('is acknowledged before the conversation has an answer', async () => {
    const { slack } = await begin(mode);
    let answer = () => {};
    inbox.onCommand = ({ respond }) =>
      new Promise((resolve) => {
        answer = () => void respond({ text: 'at last' }).then(resolve);
      });
    const { delivered, responses } = await slack.command('/credits');
    expect(delivered.acked).toBe(true);
    await expect.poll(() => inbox.commands.length).toBe(1);
    answer();
    await slack.untilTrue(() => responses.length > 0);
  });
});

describe('/nemo', () => {
  test.each([
    ['credits', 'credits', undefined],
    ['export 1080p', 'export', '1080p'],
    ['导出', 'export', undefined],
    ['', 'help', undefined],
    ['profile text-to-video', 'profile', 'text-to-video'],
  ])('"%s" means %s', async (text, name, argument) => {
    const { slack } = await begin();
    await slack.command('/nemo', text);
    await expect.poll(() => inbox.commands.length).toBe(1);
    expect(inbox.commands[0]).toMatchObject({ name, ...(argument ? { argument } : {}) });
  });

  test.each([
    ['/nemo', 'help'],
    ['/nemo', 'video help'],
    ['/nemo', 'credits 帮助'],
    ['/video', 'help'],
    ['/video', ' Help '],
    ['/video', '帮助'],
    ['/video', 'help!'],
    ['/credits', 'help'],
    ['/film', ''],
  ])('%s %s asks for help, and begins nothing', async (command, text) => {
    const { slack } = await begin();
    await slack.command(command, text);
    await expect.poll(() => inbox.commands.length).toBe(1);
    expect(inbox.commands[0]).toMatchObject({ name: 'help' });
    expect(inbox.commands[0]?.argument).toBeUndefined();
    expect(slack.views).toEqual([]);
    expect(slack.messages).toEqual([]);
    expect(inbox.taken).toEqual([]);
  });

  test.each([
    ['/video', 'help me make a film about tea'],
    ['/nemo', 'video help wanted: a job advert'],
  ])('%s %s is a video about just that', async (command, text) => {
    const { slack } = await begin();
    await slack.command(command, text);
    const { message } = await inbox.next();
    expect(message.text).toBe(text.replace(/^video /, ''));
    expect(inbox.commands).toEqual([]);
  });

  test('with an unknown word lists the known ones', async () => {
    const { slack } = await begin();
    const { responses } = await slack.command('/nemo', 'dance');
    await slack.untilTrue(() => responses.length > 0);
    expect(String(responses[0]?.['text'])).toContain('dance');
    expect(inbox.commands).toEqual([]);
  });
});

describe('renamed', () => {
  const acme = { settings: { commandPrefix: 'acme' } };

  test.each([
    ['/acme', 'export 1080p', 'export', '1080p'],
    ['/acme', '', 'help', undefined],
    ['/acme-credits', '', 'credits', undefined],
    ['/acme-stop', '', 'stop', undefined],
    ['/nemo', 'export', 'export', undefined],
  ])('%s %s means %s', async (command, text, name, argument) => {
    const { slack } = await begin('socket', acme);
    await slack.command(command, text);
    await expect.poll(() => inbox.commands.length).toBe(1);
    expect(inbox.commands[0]).toMatchObject({ name });
    expect(inbox.commands[0]?.argument).toBe(argument);
  });

  test('/acme-video begins a video', async () => {
    const { slack } = await begin('socket', acme);
    await slack.command('/acme-video', 'A film about tea');
    expect((await inbox.next()).message.text).toBe('A film about tea');
  });

  test('a prefix that is itself a word still takes every word', async () => {
    const { slack } = await begin('socket', { settings: { commandPrefix: 'video' } });
    await slack.command('/video', 'export');
    await expect.poll(() => inbox.commands.length).toBe(1);
    expect(inbox.commands[0]).toMatchObject({ name: 'export' });
  });

  test.each(['U0ALICE', 'U0MEI'])(
    'help, home and corrections say the new names (%s)',
    async (by) => {
      const { slack } = await begin('socket', acme);
      const { responses } = await slack.command('/acme', 'dance', { by });
      await slack.untilTrue(() => responses.length > 0);
      await slack.command('/acme-video', 'help', { by });
      await expect.poll(() => inbox.commands.length).toBe(1);
      await slack.openHome('home', by);
      await slack.untilTrue(() => slack.homes.size > 0);
      const told = [responses, inbox.commands[0]?.notes, slack.homes.get(by)].map((it) =>
        JSON.stringify(it),
      );
      for (const text of told) expect(text).toContain('/acme');
      expect(told.join()).not.toMatch(/\/(?:nemo|video|credits)\b/);
      expect(slack.violations).toEqual([]);
    },
  );
});

test('the answer to help names the commands', async () => {
  const town = await startTown();
  const { slack } = town;
  const { responses } = await slack.command('/video', 'help');
  await slack.untilTrue(() => responses.length > 0);
  expect(JSON.stringify(responses)).toMatch(/`\/video` and a script.*`\/nemo status`/);
  await town.close();
});

test('an answer to a command whose address has expired comes as an ephemeral message', async () => {
  const { slack } = await begin();
  inbox.onCommand = async ({ respond }) => {
    for (let n = 0; n < 2; n += 1) await respond({ text: `answer ${n}` });
  };
  const sent = slack.command('/credits');
  slack.expireResponses();
  await sent;
  await slack.untilTrue(() => slack.ephemerals.length === 2);
  expect(slack.ephemerals.map((m) => m.privateTo)).toEqual(['U0ALICE', 'U0ALICE']);
});

test('…or directly, where the bot is no member', async () => {
  const { slack } = await begin();
  inbox.onCommand = ({ respond }) => respond({ text: 'the answer' });
  const sent = slack.command('/credits', '', { channel: 'C0AWAY' });
  slack.expireResponses();
  await sent;
  expect((await slack.until((m) => m.bot)).channel).toBe('D0ALICE');
});

describe('/video', () => {
  test('begins a thread in the channel', async () => {
    const { slack } = await begin();
    const { responses } = await slack.command('/video', 'A film about <tea>');
    await slack.untilTrue(() => responses.length > 0);
    const root = await slack.until((m) => m.bot);
    const { message } = await inbox.next();
    expect(root).toMatchObject({ channel: 'C0TEA' });
    expect(root.thread_ts).toBeUndefined();
    expect(message).toMatchObject({
      text: 'A film about <tea>',
      messageId: root.ts,
      author: { id: 'U0ALICE' },
    });
    expect(message.thread).toMatchObject({ channel: 'C0TEA', thread: root.ts });
    expect(String(responses[0]?.['text'])).toContain(
      `/archives/C0TEA/p${root.ts.replace('.', '')}`,
    );
    expect(slack.violations).toEqual([]);
  });

  test('begins in direct messages where the bot is no member', async () => {
    const { slack } = await begin();
    await slack.command('/video', 'A film about tea', { channel: 'C0AWAY' });
    await inbox.next();
    expect((await slack.until((m) => m.bot)).channel).toBe('D0ALICE');
  });

  test('without a script opens the form, for the channel it was asked in', async () => {
    const { slack } = await begin();
    await slack.command('/video');
    await slack.untilTrue(() => slack.views.length > 0);
    expect(JSON.stringify(slack.views[0]?.view)).toContain('"default_conversation":"C0TEA"');
  });
});

describe('the form', () => {
  const filled = (script: string | null, files: object[] = []) => ({
    script: { text: { type: 'plain_text_input', value: script } },
    files: { files: { type: 'file_input', files } },
    ratio: { value: { type: 'static_select', selected_option: { value: '9:16' } } },
    length: { value: { type: 'static_select', selected_option: { value: '30' } } },
    language: { value: { type: 'static_select', selected_option: null } },
    where: { channel: { type: 'conversations_select', selected_conversation: 'C0TEA' } },
  });

  test('opened by the shortcut and sent begins a thread with script, files and wishes', async () => {
    const { slack } = await begin();
    await slack.shortcut('new_video', { by: 'U0MEI' });
    await slack.untilTrue(() => slack.views.length > 0);
    const [opened] = slack.views;
    expect(JSON.stringify(opened?.view)).toContain('新建视频');
    const file = {
      id: 'F1',
      name: 'leaf.png',
      mimetype: 'image/png',
      size: 10,
      url_private: `${slack.url}/files/F1/leaf.png`,
    };
    const { acked, answer } = await slack.submit(
      opened?.id ?? '',
      filled('A film about tea', [file]),
      'U0MEI',
    );
    const { message } = await inbox.next();
    expect(acked && !answer?.['response_action']).toBe(true);
    expect(message.text).toMatch(/^A film about tea\n\n.*9:16.*30/);
    expect(message.attachments).toMatchObject([{ id: 'F1', name: 'leaf.png', bytes: 10 }]);
  });

  test('with the box ticked asks for one video for each file', async () => {
    const { slack } = await begin();
    await slack.shortcut('new_video');
    await slack.untilTrue(() => slack.views.length > 0);
    const [opened] = slack.views;
    expect(JSON.stringify(opened?.view)).toContain('Make one video for each file');
    const file = (id: string) => ({
      id,
      name: `${id}.png`,
      mimetype: 'image/png',
      size: 10,
      url_private: `${slack.url}/files/${id}/leaf.png`,
    });
    const ticked = { value: { type: 'checkboxes', selected_options: [{ value: 'each' }] } };
    await slack.submit(opened?.id ?? '', {
      ...filled('Calm', [file('F1'), file('F2')]),
      each: ticked,
    });
    expect((await inbox.next()).message).toMatchObject({ each: true });
  });

  test('with the other box ticked asks for a plan before anything is made', async () => {
    const { slack } = await begin();
    await slack.shortcut('new_video');
    await slack.untilTrue(() => slack.views.length > 0);
    const [opened] = slack.views;
    expect(JSON.stringify(opened?.view)).toContain('Show me a plan first');
    const ticked = { value: { type: 'checkboxes', selected_options: [{ value: 'plan' }] } };
    await slack.submit(opened?.id ?? '', { ...filled('A film about tea'), plan: ticked });
    expect((await inbox.next()).message).toMatchObject({ planFirst: true });
  });

  test('sent empty says what is missing, and stays open', async () => {
    const { slack } = await begin();
    await slack.shortcut('new_video');
    await slack.untilTrue(() => slack.views.length > 0);
    const { answer } = await slack.submit(slack.views[0]?.id ?? '', filled(null));
    expect(answer).toMatchObject({
      response_action: 'errors',
      errors: { script: expect.stringContaining('Write something') },
    });
    expect(inbox.taken).toEqual([]);
  });
});

describe('"Make a video from this"', () => {
  test('takes the message as material, in its thread', async () => {
    const { slack } = await begin();
    const ts = await slack.write('The kettle sings.', {
      by: 'U0BOB',
      files: [{ name: 'leaf.png', bytes: Buffer.from('x') }],
    });
    const message = await slack.until((m) => m.ts === ts);
    await slack.shortcut('make_video', { message });
    expect((await inbox.next()).message).toMatchObject({
      text: '',
      messageId: ts,
      author: { id: 'U0ALICE' },
      thread: { channel: 'C0TEA', thread: ts },
      quoted: { text: 'The kettle sings.', attachments: [{ name: 'leaf.png' }] },
    });
    expect(slack.thread(ts).filter((m) => m.bot)).toHaveLength(1);
  });

  test('in a channel without the bot says how to invite it', async () => {
    const { slack } = await begin();
    const ts = await slack.write('The kettle sings.', {
      by: 'U0BOB',
      channel: 'C0AWAY',
      events: [],
    });
    const message = await slack.until((m) => m.ts === ts);
    const { responses } = await slack.shortcut('make_video', { message });
    await slack.untilTrue(() => responses.length > 0);
    expect(String(responses[0]?.['text'])).toContain('/invite');
    expect(inbox.taken).toEqual([]);
  });
});

describe('a button', () => {
  const ref = (thread: string): ThreadRef => ({
    platform: 'slack',
    workspace: 'T0TEA',
    channel: 'C0TEA',
    thread,
  });

  test('is acknowledged, carries its action, value and thread, and is answered privately there', async () => {
    const { slack, platform } = await begin();
    inbox.onPress = (press) => press.respond({ text: 'noted' });
    const ts = await slack.write('@bot hello');
    await platform.thread(ref(ts)).post(
      {
        text: 'hi',
        buttons: [{ label: 'Try example 1', does: { action: 'prompt', value: 'tea' } }],
      },
      { key: 'k' },
    );
    const message = await slack.until((m) => m.bot);
    const { delivered } = await slack.click(message, /example/, 'U0BOB');
    await slack.untilTrue(() => slack.ephemerals.length > 0);
    expect(delivered.acked).toBe(true);
    expect(inbox.presses[0]).toMatchObject({
      action: 'prompt',
      value: 'tea',
      thread: ref(ts),
      person: { id: 'U0BOB', name: 'Bob', admin: false },
    });
    expect(slack.ephemerals[0]).toMatchObject({ privateTo: 'U0BOB', thread_ts: ts, text: 'noted' });
  });

  test('says when it was pressed by somebody who administers the workspace', async () => {
    const { slack, platform } = await begin();
    const ts = await slack.write('@bot hello');
    await platform
      .thread(ref(ts))
      .post({ text: 'hi', buttons: [{ label: 'Stop', does: { action: 'stop' } }] }, { key: 'k' });
    await slack.click(await slack.until((m) => m.bot), /Stop/, 'U0ADMIN');
    await expect.poll(() => inbox.presses[0]?.person.admin).toBe(true);
  });

  test('on a private message still knows its thread', async () => {
    const { slack, platform } = await begin();
    const ts = await slack.write('@bot hello');
    await platform.thread(ref(ts)).postPrivately('U0ALICE', {
      text: 'psst',
      buttons: [{ label: 'Credits', does: { action: 'credits' } }],
    });
    const [message] = slack.ephemerals;
    if (message) await slack.click(message, /Credits/);
    await expect.poll(() => inbox.presses.length).toBe(1);
    // Slack does not say in which thread it is: the row's id does, and that is only a claim.
    expect(inbox.presses[0]).toMatchObject({ channel: 'C0TEA', claim: { claimed: ref(ts) } });
    expect(inbox.presses[0]?.thread).toBeUndefined();
  });

  test('that is a link asks nothing of us, but is acknowledged', async () => {
    const { slack, platform } = await begin();
    const ts = await slack.write('@bot hello');
    await platform
      .thread(ref(ts))
      .post(
        { text: 'hi', buttons: [{ label: 'Register', does: { url: 'https://a.example' } }] },
        { key: 'k' },
      );
    const { delivered } = await slack.click(await slack.until((m) => m.bot), /Register/);
    expect(delivered.acked).toBe(true);
    expect(inbox.presses).toEqual([]);
  });

  test('keeps working after a restart', async () => {
    const file = await databaseFile();
    const [nemo, slack] = await Promise.all([startNemoDouble(), startSlackDouble()]);
    const first = await startTown({ path: file, slack, nemo });
    const thread = await slack.write('@bot A film about tea.');
    const answer = await slack.until((m) => /Your video is ready/.test(m.text));
    await first.house.idle();
    await first.close();
    const second = await startTown({ path: file, slack, nemo });
    await slack.click(answer, /Timeline/, 'U0BOB');
    await slack.untilTrue(() => slack.ephemerals.length > 0);
    expect(slack.ephemerals[0]).toMatchObject({ privateTo: 'U0BOB', thread_ts: thread });
    expect(slack.ephemerals[0]?.text).toContain('Urban Dreams');
    await second.close();
    await Promise.all([nemo.close(), slack.close()]);
  });
});

describe('the home page', () => {
  test('shows how to begin, the credits, and the projects with links to their threads', async () => {
    const thread: ThreadRef = {
      platform: 'slack',
      workspace: 'T0TEA',
      channel: 'C0TEA',
      thread: '17.000001',
    };
    inbox = handMadeInbox({
      recent: [{ thread, name: 'A film about tea', at: 1_790_000_000_000 }],
    });
    const { slack } = await begin();
    await slack.openHome('home');
    await slack.untilTrue(() => slack.homes.has('U0ALICE'));
    const shown = JSON.stringify(slack.homes.get('U0ALICE'));
    expect(shown).toContain('https://tea-house.slack.com/archives/C0TEA/p17000001');
    for (const part of [
      'A film about tea',
      'Credits: 60 available.',
      '*Try saying*',
      '&lt;tea&gt;',
    ])
      expect(shown).toContain(part);
    expect(slack.violations).toEqual([]);
  });

  test.each([
    ['zh', '暂时无法查询余额'],
    ['es', 'Ahora mismo no se conoce el saldo'],
    ['tlh', 'The balance is not known right now'],
  ])('says so when there is no project and no balance to show, in %s', async (language, words) => {
    inbox = handMadeInbox({ credits: undefined, language });
    const { slack } = await begin();
    await slack.openHome('home', 'U0MEI');
    await slack.untilTrue(() => slack.homes.has('U0MEI'));
    expect(JSON.stringify(slack.homes.get('U0MEI'))).toContain(words);
  });

  test('of the conversation with the app is greeted with prompts', async () => {
    const { slack } = await begin();
    await slack.openHome('messages');
    await slack.untilTrue(() => slack.prompts.length > 0);
    expect(slack.prompts[0]).toMatchObject({
      channel_id: 'D0ALICE',
      prompts: [{ message: 'A film about tea' }, { message: 'A film about rain' }],
    });
  });
});

describe('signs of life', () => {
  const withSessions = (slack: SlackDouble) => {
    slack.agentSessions = true;
  };

  const at = (thread: string): ThreadRef => ({
    platform: 'slack',
    workspace: 'T0TEA',
    channel: 'C0TEA',
    thread,
  });

  test('are the status line, set again in time and after every post, and cleared at the end', async () => {
    const { slack, platform } = await begin('socket', { scale: 0.0005 });
    const thread = platform.thread(at(await slack.write('@bot hello')));
    await thread.showActivity('is working…');
    await slack.untilTrue(() => slack.lines.length >= 3);
    await thread.post({ text: 'on the way' }, { key: 'k' });
    const before = slack.lines.length;
    await slack.untilTrue(() => slack.lines.length > before);
    await thread.showActivity(undefined);
    await slack.untilTrue(() => slack.lines.at(-1)?.status === '');
    expect(new Set(slack.lines.slice(0, -1).map((line) => line.status))).toEqual(
      new Set(['is working…']),
    );
    expect(slack.callsOf('agents.sessions.setStatus')).toHaveLength(1);
  });

  test('are cleared at the end also where the line was set anew while a file was on its way', async () => {
    const { slack, platform } = await begin('socket', { scale: 0.0005 });
    const thread = platform.thread(at(await slack.write('@bot hello')));
    await thread.showActivity('is working…');
    const looked = Promise.withResolvers<void>();
    slack.fail('files.info', { until: looked.promise });
    const bytes = Buffer.from('film');
    const sent = thread.postFile(
      {
        name: 'film.mp4',
        mime: 'video/mp4',
        bytes: bytes.length,
        description: 'A film about tea',
        open: async () => Readable.from([bytes]),
      },
      { text: 'here' },
      { key: 'k', signal: AbortSignal.timeout(20_000) },
    );
    await slack.untilTrue(() => slack.callsOf('files.info').length === 1);
    const before = slack.lines.length;
    await slack.untilTrue(() => slack.lines.length > before + 1);
    looked.resolve();
    await sent;
    await thread.showActivity(undefined);
    await slack.untilTrue(() => slack.lines.at(-1)?.status === '');
  });

  test('are the agent session where there is one, which is left at the end', async () => {
    const { slack, platform } = await begin('socket', {
      prepare: withSessions,
    });
    const ts = await slack.write('@bot hello');
    const thread = platform.thread(at(ts));
    await thread.showActivity('is working…');
    await slack.untilTrue(() => slack.sessions.length === 1);
    await thread.showActivity(undefined);
    await slack.untilTrue(() => slack.sessions.length === 2);
    expect(slack.sessions.map((s) => [s.thread_ts, s.status])).toEqual([
      [ts, 'processing'],
      [ts, 'active'],
    ]);
    expect(slack.lines).toEqual([]);
  });

  test('that a workspace has not are not asked for again, and never stand in the way', async () => {
    const { slack, platform } = await begin();
    for (let n = 0; n < 3; n += 1) {
      slack.fail('assistant.threads.setStatus', {
        error: 'missing_scope',
        needed: 'assistant:write',
      });
    }
    for (let n = 0; n < 3; n += 1) {
      const thread = platform.thread(at(await slack.write(`@bot hello ${n}`)));
      await thread.showActivity('is working…');
      await thread.post({ text: `hi ${n}` }, { key: `k${n}` });
      await thread.showActivity(undefined);
    }
    await bare?.close();
    bare = undefined;
    expect(slack.callsOf('agents.sessions.setStatus').length).toBeLessThanOrEqual(3);
    expect(slack.messages.filter((m) => m.bot)).toHaveLength(3);
  });

  test('end with Slack’s own Stop: the turn is stopped, the session is left', async () => {
    const { slack } = await begin('socket', { prepare: withSessions });
    await slack.stopSession('17.000001', 'U0BOB');
    await expect.poll(() => inbox.presses.length).toBe(1);
    expect(inbox.presses[0]).toMatchObject({
      action: 'stop',
      person: { id: 'U0BOB' },
      thread: at('17.000001'),
    });
  });
});

/** `npm run setup`: what is asked, tried and written, and the first message; the questions are answered by a person of the test. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runSetUp } from '../../src/cli/setup/run-setup.ts';
import { createTerminalPrompts } from '../../src/cli/setup/terminal-prompts.ts';
import { Cancelled } from '../../src/runtime/prompts.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { DISCORD_TOKEN } from '../doubles/discord/discord-double.ts';
import { APP_TOKEN, BOT_TOKEN, CONFIG_TOKEN } from '../doubles/slack/world.ts';
import { type Answers, person } from './answers.ts';
import { type Clinic, openClinic } from './clinic.ts';

const EXAMPLE = path.resolve('.env.example');

/** Of the clinic's settings the addresses alone are there, as nobody has set anything up. */
async function open(text?: string) {
  const clinic = await openClinic();
  const { NEMO_API_URL, SLACK_API_URL, DISCORD_API_URL, DATABASE_URL } = clinic.env;
  const env = { NEMO_API_URL, SLACK_API_URL, DISCORD_API_URL, DATABASE_URL };
  const file = path.join(clinic.folder, '.env');
  if (text !== undefined) writeFileSync(file, text);
  return {
    ...clinic,
    file,
    run: (prompts: ReturnType<typeof person>['prompts'], language = 'en-GB') =>
      runSetUp({
        prompts,
        env: { ...env, ...(text === undefined ? {} : parseEnv(text)) },
        outside: new Set(),
        file,
        example: EXAMPLE,
        language,
      }),
    written: () => parseEnv(readFileSync(file, 'utf8')),
  };
}

const ALL = ({ nemo }: Clinic | Awaited<ReturnType<typeof open>>): Answers => ({
  NEMO_TOKEN: [nemo.token],
  'Set up Slack?': ['yes'],
  'Configuration token': [CONFIG_TOKEN],
  SLACK_APP_TOKEN: [APP_TOKEN],
  SLACK_BOT_TOKEN: [BOT_TOKEN],
  'say hello': ['#tea', '#general of Studio'],
  'Set up Discord?': ['yes'],
  DISCORD_TOKEN: [DISCORD_TOKEN],
});

test('from nothing to a first message in both: the app is made, the tokens are tried, the file is written for its owner', async () => {
  const clinic = await open();
  const somebody = person(ALL(clinic));
  await clinic.run(somebody.prompts);
  const { ENCRYPTION_KEY, ...rest } = clinic.written();
  expect(rest).toEqual({
    NEMO_TOKEN: clinic.nemo.token,
    SLACK_APP_TOKEN: APP_TOKEN,
    SLACK_BOT_TOKEN: BOT_TOKEN,
    DISCORD_TOKEN,
  });
  expect(Buffer.from(ENCRYPTION_KEY ?? '', 'base64')).toHaveLength(32);
  expect(statSync(clinic.file).mode & 0o777).toBe(0o600);
  expect(readSettings(clinic.written()).platforms.map(({ name }) => name)).toEqual([
    'slack',
    'discord',
  ]);
  // What the example says is all there.
  const example = readFileSync(EXAMPLE, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('#'));
  const lines = readFileSync(clinic.file, 'utf8').split('\n');
  expect(example.filter((line) => !lines.includes(line))).toEqual([]);

  expect(clinic.slack.app.made).toHaveLength(1);
  expect(clinic.slack.messages.map(({ channel, text }) => [channel, text])).toEqual([
    ['C0TEA', expect.stringMatching(/^Hello! .*<@U0NEMO> make a ten second video about tea$/)],
  ]);
  expect(clinic.discord.said(clinic.discord.general.id).map(({ content }) => content)).toEqual([
    expect.stringContaining(`<@${clinic.discord.bot.id}> make a ten second video`),
  ]);
  expect(somebody.problems).toEqual([]);
  const said = somebody.said.join('\n');
  for (const part of [
    'Made the app A0NEMO: https://api.slack.com/apps/A0NEMO/general',
    'https://api.slack.com/apps/A0NEMO/install-on-team',
    'https://discord.com/oauth2/authorize?client_id=',
    'Said hello in #tea in Slack',
    'Said hello in #general of Studio in Discord',
    'npm start',
  ])
    expect(said).toContain(part);
  const secrets = [clinic.nemo.token, APP_TOKEN, BOT_TOKEN, DISCORD_TOKEN, CONFIG_TOKEN];
  const shown = [...somebody.said, ...somebody.asked, ...somebody.options].join('\n');
  for (const secret of [...secrets, ENCRYPTION_KEY ?? '']) expect(shown).not.toContain(secret);
  expect(clinic.slack.violations).toEqual([]);
});

test('a token that is refused is asked for again, with what is wrong and what to do', async () => {
  const clinic = await open();
  const somebody = person({
    ...ALL(clinic),
    NEMO_TOKEN: ['nmv_usr_wrong_0123456789abcdef', clinic.nemo.token],
    'Configuration token': ['xoxe.xoxp-1-old', ''],
    SLACK_APP_TOKEN: [BOT_TOKEN, 'xapp-1-A0NEMO-2-x', APP_TOKEN],
    SLACK_BOT_TOKEN: ['xoxb-1-wrong', BOT_TOKEN],
    DISCORD_TOKEN: ['', 'MTIz.wrong', DISCORD_TOKEN],
  });
  await clinic.run(somebody.prompts);
  expect(somebody.problems).toEqual([
    expect.stringMatching(/^NemoVideo refuses NEMO_TOKEN/),
    expect.stringMatching(/^Slack refuses \(invalid_auth: make a new configuration token/),
    'it begins with xapp-',
    expect.stringMatching(/^Slack refuses SLACK_APP_TOKEN \(invalid_auth\).*connections:write/),
    expect.stringMatching(/^Slack refuses SLACK_BOT_TOKEN \(token_revoked\)/),
    'without it there is no bot',
    expect.stringMatching(/^Discord refuses DISCORD_TOKEN.*"Reset Token"/),
  ]);
  expect(clinic.written()).toMatchObject({ SLACK_APP_TOKEN: APP_TOKEN, DISCORD_TOKEN });
  // By hand: the link has the whole manifest in it.
  expect(clinic.slack.app.made).toEqual([]);
  const link = /https:\/\/api\.slack\.com\/apps\?new_app=1&manifest_json=(\S+)/.exec(
    somebody.said.join('\n'),
  );
  expect(JSON.parse(decodeURIComponent(link?.[1] ?? '')).settings.socket_mode_enabled).toBe(true);
});

test('what is there already is kept by Enter, and no app is made anew; of the file nothing else changes', async () => {
  const text = `# my own\nLOG_LEVEL=debug\nSLACK_BOT_TOKEN=${BOT_TOKEN}\nSLACK_APP_TOKEN=${APP_TOKEN}\nENCRYPTION_KEY=${Buffer.alloc(32, 3).toString('base64')}\n`;
  const clinic = await open(text);
  await clinic.run(
    person({
      NEMO_TOKEN: [''],
      'Set up Slack?': ['yes'],
      SLACK_APP_TOKEN: [''],
      SLACK_BOT_TOKEN: [''],
      'say hello': ['Nowhere'],
      'Set up Discord?': ['no'],
    }).prompts,
  );
  expect(readFileSync(clinic.file, 'utf8')).toBe(text);
  expect(clinic.slack.messages).toEqual([]);
  expect(clinic.slack.app.made).toEqual([]);
});

test('who invites the bot only now, looks again, and it greets in the language of the machine', async () => {
  const clinic = await open();
  const tea = clinic.slack.channels.get('C0TEA');
  if (!tea) throw new Error('no channel');
  tea.member = false;
  let asked = 0;
  const somebody = person(
    {
      ...ALL(clinic),
      'say hello': ['Look again', '#tea'],
      'Set up Discord?': ['no'],
    },
    {
      async before(question) {
        if (question.includes('say hello')) asked += 1;
        if (asked === 1) tea.member = true;
      },
    },
  );
  await clinic.run(somebody.prompts, 'es-MX');
  expect(clinic.slack.messages.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^¡Hola! .*<@U0NEMO> haz un video/),
  ]);
});

test('install settings are set where that is agreed to', async () => {
  const clinic = await open();
  clinic.discord.world.app.installs = {};
  await clinic.run(
    person({
      ...ALL(clinic),
      'Set up Slack?': ['no'],
      'Set the install settings': ['yes'],
      'say hello': ['Nowhere'],
    }).prompts,
  );
  expect(Object.keys(clinic.discord.world.app.installs)).toEqual(['0', '1']);
});

test('what cannot be looked up or set on the way is told, and the answers are not lost', async () => {
  const clinic = await open();
  clinic.discord.world.app.installs = {};
  clinic.discord.failNext('PATCH /applications/@me', { status: 500 });
  clinic.discord.failNext('GET /users/@me/guilds', { status: 500 });
  clinic.slack.fail('users.conversations', { drop: true });
  const somebody = person({
    ...ALL(clinic),
    'Set the install settings': ['yes'],
    'say hello': ['Look again', '#tea', 'Look again', '#general'],
  });
  await clinic.run(somebody.prompts);
  const said = somebody.said.join('\n');
  expect(said).toMatch(/! Slack does not list the bot's channels/);
  expect(said).toMatch(/! The install settings are not set: .*status 500.*--fix/);
  expect(said).toMatch(/! The bot's servers cannot be listed: .*status 500/);
  expect(clinic.written()).toMatchObject({ SLACK_BOT_TOKEN: BOT_TOKEN, DISCORD_TOKEN });
});

test('settings that are malformed end it with their sentence', async () => {
  const text = 'SLACK_COMMAND_PREFIX=Acme\n';
  const clinic = await open(text);
  await expect(clinic.run(person(ALL(clinic)).prompts)).rejects.toThrow(
    /SLACK_COMMAND_PREFIX: must be of small letters/,
  );
  expect(readFileSync(clinic.file, 'utf8')).toBe(text);
});

test('a first message that fails is told, once, and the file is written all the same', async () => {
  const clinic = await open();
  clinic.slack.fail('chat.postMessage', { error: 'restricted_action' });
  const somebody = person({ ...ALL(clinic), 'Set up Discord?': ['no'] });
  await clinic.run(somebody.prompts);
  expect(somebody.said.join('\n')).toContain('The first message was not sent: Slack refuses');
  expect(clinic.slack.callsOf('chat.postMessage')).toHaveLength(1);
  expect(clinic.written()['SLACK_BOT_TOKEN']).toBe(BOT_TOKEN);
});

describe('Ctrl+C', () => {
  test('at any question leaves the file as it was, and nobody is greeted', async () => {
    const text = '# untouched\nNEMO_TOKEN=\n';
    const clinic = await open(text);
    const questions = 8;
    for (let at = 1; at <= questions; at += 1) {
      const somebody = person(ALL(clinic), { leavesAt: at });
      await expect(clinic.run(somebody.prompts)).rejects.toThrow(Cancelled);
      expect(readFileSync(clinic.file, 'utf8')).toBe(text);
    }
    expect(clinic.slack.messages).toEqual([]);
    const somebody = person(ALL(clinic), { leavesAt: questions + 2 });
    await clinic.run(somebody.prompts);
    expect(somebody.asked).toHaveLength(questions + 1);
  });

  test('makes no file where there was none', async () => {
    const clinic = await open();
    await expect(clinic.run(person({}, { leavesAt: 1 }).prompts)).rejects.toThrow(Cancelled);
    expect(existsSync(clinic.file)).toBe(false);
  });
});

describe('a real terminal', () => {
  /** For one question: with it the output ends, where it is not that of the process. */
  function terminal() {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
    const output = Object.assign(new PassThrough(), { isTTY: true, columns: 200, rows: 50 });
    let shown = '';
    const watchers = new Set<() => void>();
    output.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
      for (const look of [...watchers]) look();
    });
    onTestFinished(() => void input.destroy());
    return {
      prompts: createTerminalPrompts({ input, output }),
      shown: () => shown,
      type: (keys: string) => void input.write(keys),
      /** And whatever is drawn with it. */
      async until(part: string) {
        await new Promise<void>((resolve) => {
          const look = () => {
            if (!shown.includes(part)) return;
            watchers.delete(look);
            resolve();
          };
          watchers.add(look);
          look();
        });
        await setImmediate();
      },
    };
  }

  test('never shows a secret, and a check asks again', async () => {
    const { prompts, shown, type, until } = terminal();
    const secret = prompts.secret('The token', async (value) =>
      value === 'right-one' ? undefined : 'that is not it',
    );
    await until('The token');
    type('wrong-one\r');
    await until('that is not it');
    // Ctrl+T would show it, were that not switched off.
    type('\u0015\u0014right-one\r');
    expect(await secret).toBe('right-one');
    expect(shown()).not.toMatch(/right|wrong/);
  });

  test('gives a choice by the arrows, and a no', async () => {
    const one = terminal();
    const choice = one.prompts.choose('Where', [
      { value: 'a', name: 'Here' },
      { value: 'b', name: 'There' },
    ]);
    await one.until('There');
    one.type('\u001b[B');
    one.type('\r');
    expect(await choice).toBe('b');
    const another = terminal();
    const agreed = another.prompts.confirm('Sure?');
    await another.until('Sure?');
    another.type('n\r');
    expect(await agreed).toBe(false);
  });

  test('takes Ctrl+C as leaving', async () => {
    const { prompts, type, until } = terminal();
    const secret = prompts.secret('The token');
    const left = expect(secret).rejects.toThrow(Cancelled);
    await until('The token');
    type('\u0003');
    await left;
  });
});

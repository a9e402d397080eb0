/** The doctor finds what is wrong with an installation, one mistake at a time, and names the cure; of one that is well it says so. */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { PermissionFlagsBits as Bit } from 'discord.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startApp } from '../../src/app.ts';
import type { Section } from '../../src/cli/doctor/examine.ts';
import { repair } from '../../src/cli/doctor/repair.ts';
import { asJson, asText, isWell, redactFor } from '../../src/cli/doctor/report.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite/open-ledger.ts';
import { slackManifest } from '../../src/platforms/slack/manifest.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { openSqliteState } from '../../src/state/sqlite/open-state.ts';
import { refused } from '../doubles/nemo/answers.ts';
import { SIGNING_SECRET } from '../doubles/slack/world.ts';
import { type Clinic, openClinic } from './clinic.ts';

const all = (sections: readonly Section[]) => sections.flatMap(({ findings }) => findings);
const MB = 1024 ** 2;
const MINUTE = 60_000;

interface Mistake {
  readonly name: string;
  readonly plant: (clinic: Clinic) => unknown;
  readonly says: RegExp;
  readonly cure: RegExp;
  /** It works, but not all of it. */
  readonly weak?: true;
}

const openLedger = ({ file }: Clinic) => openSqliteLedger({ path: file, leaseMs: 60_000 });

async function fill(clinic: Clinic): Promise<void> {
  await openLedger(clinic).close();
  await openSqliteState({ path: clinic.file, encryptionKey: clinic.env['ENCRYPTION_KEY'] }).close();
}

const inManifest = (clinic: Clinic, change: (text: string) => string): void => {
  clinic.slack.app.manifest = JSON.parse(change(JSON.stringify(clinic.slack.app.manifest)));
};

const SECRET = '5f1c0a9be7d24f68b3a1905c7e6d8f42';

function byHttp({ slack, env }: Clinic, address: string): void {
  env['SLACK_MODE'] = 'http';
  env['SLACK_SIGNING_SECRET'] = SECRET;
  slack.app.manifest = { ...slackManifest({ mode: 'http', oauth: false, address }) };
}

const MISTAKES: readonly Mistake[] = [
  {
    name: 'a setting that is malformed',
    plant: ({ env }) => (env['AUTO_EXPORT'] = 'sometimes'),
    says: /AUTO_EXPORT: must be one of first, always, never/,
    cure: /\.env.*npm run setup/,
  },
  {
    name: 'a key of the wrong length',
    plant: ({ env }) => (env['ENCRYPTION_KEY'] = randomBytes(16).toString('base64')),
    says: /ENCRYPTION_KEY: must be 32 bytes in base64/,
    cure: /npm run setup/,
  },
  {
    name: 'a name with a typing error',
    plant: ({ env }) => (env['SLACK_COMAND_PREFIX'] = 'acme'),
    says: /SLACK_COMAND_PREFIX is set, and is no setting/,
    cure: /\.env\.example/,
    weak: true,
  },
  {
    name: 'a file of settings that others can read',
    plant: ({ machine }) => writeFileSync(machine.envFile, '', { mode: 0o644 }),
    says: /\.env can be read by others/,
    cure: /chmod 600/,
    weak: true,
  },
  {
    name: 'an old Node',
    plant: ({ machine }) => (machine.nodeVersion = '22.4.0'),
    says: /needs Node 24\.11 or newer; this is 22\.4\.0/,
    cure: /npm ci/,
  },
  {
    name: 'a database that must not be written',
    plant: ({ env }) => (env['DATABASE_URL'] = 'sqlite:/sys/nemo-bot/bot.db'),
    says: /\/sys\/nemo-bot\/bot\.db cannot be opened: .*(?:not permitted|denied|no such file)/i,
    cure: /Check the path in DATABASE_URL and the rights on the file/,
  },
  {
    name: 'a database that is damaged',
    async plant(clinic) {
      await fill(clinic);
      const bytes = readFileSync(clinic.file);
      bytes.fill(0xff, 4096);
      writeFileSync(clinic.file, bytes);
    },
    says: /bot\.db is damaged/,
    cure: /Put a backup in its place/,
  },
  {
    name: 'a database of a newer version',
    async plant(clinic) {
      await fill(clinic);
      using db = new DatabaseSync(clinic.file);
      db.exec('PRAGMA user_version = 999');
    },
    says: /written by a newer version \(schema 999/,
    cure: /Start that version again/,
  },
  {
    name: 'a database of another key',
    async plant(clinic) {
      await fill(clinic);
      clinic.env['ENCRYPTION_KEY'] = randomBytes(32).toString('base64');
    },
    says: /ENCRYPTION_KEY is not/,
    cure: /ENCRYPTION_KEYS_OLD/,
  },
  {
    name: 'a database that another program keeps locked',
    async plant(clinic) {
      await fill(clinic);
      const db = new DatabaseSync(clinic.file);
      onTestFinished(() => db.close());
      db.exec('BEGIN IMMEDIATE');
    },
    says: /Another program keeps .*bot\.db locked/,
    cure: /close what has it open/,
  },
  {
    name: 'a disk that is nearly full',
    plant: ({ machine }) => (machine.freeBytes = async () => 120 * MB),
    says: /Only 120 MB are free for/,
    cure: /make room there, or point DATABASE_URL/,
  },
  {
    name: 'a clock that is off by ten minutes',
    plant: ({ machine }) => (machine.now = () => Date.now() + 10 * MINUTE),
    says: /clock of this machine is (?:10\.0|9\.9) minutes ahead of that of 127\.0\.0\.1/,
    cure: /NTP/,
  },
  {
    name: 'an ffmpeg that is not there',
    plant: ({ env }) => (env['FFMPEG_PATH'] = '/no/such/ffmpeg'),
    says: /FFMPEG_PATH names \/no\/such\/ffmpeg, which cannot be run/,
    cure: /which ffmpeg/,
  },
  {
    name: 'no font',
    plant: ({ machine }) => (machine.fontFolders = ['/no/such/folder']),
    says: /There is no font with Chinese/,
    cure: /install fonts-noto-cjk/,
    weak: true,
  },
  {
    name: 'a backend that cannot be reached',
    plant: ({ env }) => (env['NEMO_API_URL'] = 'http://127.0.0.1:9'),
    says: /NemoVideo cannot be used at http:\/\/127\.0\.0\.1:9/,
    cure: /check NEMO_API_URL/,
  },
  {
    name: 'a token of NemoVideo that has expired',
    plant: ({ nemo }) => nemo.tokens.clear(),
    says: /NemoVideo refuses NEMO_TOKEN/,
    cure: /make a new token.*NEMO_TOKEN/,
  },
  {
    name: 'no credits',
    plant: ({ nemo }) => (nemo.credits = { available: 0, frozen: 0, total: 0 }),
    says: /No credits are left/,
    cure: /top them up/,
  },
  {
    name: 'a backend that says no credits by an error',
    plant: ({ nemo }) => nemo.on('credits', refused(402, 2001, 'no credits')),
    says: /No credits are left/,
    cure: /top them up/,
  },
  {
    name: 'a token of Slack that was revoked',
    plant: ({ slack }) => slack.tokens.clear(),
    says: /Slack refuses SLACK_BOT_TOKEN \(token_revoked\)/,
    cure: /"Install App", install it again/,
  },
  {
    name: 'a scope that was not granted',
    plant: ({ slack }) => (slack.scopes = slack.scopes.filter((it) => it !== 'files:write')),
    says: /Slack scope missing: files:write \(for the finished video as a file/,
    cure: /npm run manifest.*reinstall/,
  },
  {
    name: 'an app token without its scope',
    plant: ({ slack, env }) => slack.app.appTokens.set(env['SLACK_APP_TOKEN'] ?? '', []),
    says: /Slack refuses SLACK_APP_TOKEN \(missing_scope\)/,
    cure: /connections:write/,
  },
  {
    name: 'an app token that Slack does not know',
    plant: ({ env }) => (env['SLACK_APP_TOKEN'] = 'xapp-1-A0NEMO-9-another'),
    says: /Slack refuses SLACK_APP_TOKEN \(invalid_auth\)/,
    cure: /"App-Level Tokens"/,
  },
  {
    name: 'a bot token in place of an app token',
    plant: ({ env }) => (env['SLACK_APP_TOKEN'] = env['SLACK_BOT_TOKEN'] ?? ''),
    says: /SLACK_APP_TOKEN: must begin with xapp- .*"App-Level Tokens"/,
    cure: /npm run setup/,
  },
  {
    name: 'tokens of two apps',
    plant({ slack, env }) {
      env['SLACK_APP_TOKEN'] = 'xapp-1-A0OTHER-1-x';
      slack.app.appTokens.set('xapp-1-A0OTHER-1-x', ['connections:write']);
    },
    says: /SLACK_APP_TOKEN is of the app A0OTHER, and SLACK_BOT_TOKEN of the app A0NEMO/,
    cure: /apps\/A0NEMO\/general/,
  },
  {
    name: 'Socket Mode that is off',
    plant: ({ slack }) => (slack.app.socketMode = false),
    says: /Socket Mode is off/,
    cure: /switch it on: .*"Socket Mode"/,
  },
  {
    name: 'a signing secret that is a token',
    plant({ env }) {
      env['SLACK_SIGNING_SECRET'] = 'xoxb-in-the-wrong-line';
      env['SLACK_MODE'] = 'http';
    },
    says: /SLACK_SIGNING_SECRET does not look like one: It is a token/,
    cure: /"App Credentials"/,
  },
  {
    name: 'a signing secret that is cut',
    plant({ env }) {
      env['SLACK_SIGNING_SECRET'] = SIGNING_SECRET;
      env['SLACK_MODE'] = 'http';
      delete env['SLACK_CONFIG_TOKEN'];
    },
    says: /SLACK_SIGNING_SECRET does not look like one/,
    cure: /"App Credentials"/,
    weak: true,
  },
  {
    name: 'an app that sends events elsewhere',
    plant({ env }) {
      env['SLACK_SIGNING_SECRET'] = '5f1c0a9be7d24f68b3a1905c7e6d8f42';
      env['SLACK_MODE'] = 'http';
    },
    says: /manifest differs from ours: settings\.socket_mode_enabled is on there, and should be off/,
    cure: /npm run manifest/,
  },
  {
    name: 'an address that no bot answers at',
    plant: (clinic) => byHttp(clinic, 'http://127.0.0.1:9'),
    says: /No bot answers at http:\/\/127\.0\.0\.1:9\/slack\/events/,
    cure: /start the bot; let that address/,
    weak: true,
  },
  {
    name: 'a command of another name',
    plant: (clinic) => inManifest(clinic, (text) => text.replace('"/video"', '"/film"')),
    says: /features\.slash_commands lacks \/video/,
    cure: /npm run manifest.*SLACK_COMMAND_PREFIX/,
  },
  {
    name: 'an event that the app does not send',
    plant: (clinic) => inManifest(clinic, (text) => text.replace('"reaction_added",', '')),
    says: /settings\.event_subscriptions\.bot_events lacks reaction_added/,
    cure: /npm run manifest/,
  },
  {
    name: 'a configuration token that has ended',
    plant: ({ slack }) => slack.app.configTokens.clear(),
    says: /manifest of the app A0NEMO cannot be read \(invalid_auth/,
    cure: /of a person, that made the app/,
  },
  {
    name: 'a token that Discord refuses',
    plant: ({ env }) => (env['DISCORD_TOKEN'] = 'MTIz.another.token'),
    says: /Discord refuses DISCORD_TOKEN/,
    cure: /"Reset Token"/,
  },
  {
    name: 'the Message Content intent that is off',
    plant: ({ discord }) => (discord.gateway.contentAllowed = false),
    says: /Message Content Intent is off/,
    cure: /To switch it on: .*\/bot/,
    weak: true,
  },
  {
    name: 'a channel in which a permission is missing',
    plant: ({ discord }) => (discord.general.denied = Bit.AttachFiles),
    says: /In #general of Studio the bot lacks Attach Files/,
    cure: /"Permissions" there: allow them/,
    weak: true,
  },
  {
    name: 'a server in which a permission is missing',
    plant: ({ discord }) => (discord.world.granted &= ~Bit.CreatePublicThreads),
    says: /In the server Studio the bot lacks Create Public Threads/,
    cure: /give them to its role there, or invite it anew: https:\/\/discord\.com\/oauth2/,
  },
  {
    name: 'commands that are not registered',
    plant: ({ discord }) => discord.commands.clear(),
    says: /commands are not registered .*missing: video, credits/,
    cure: /the first start/,
    weak: true,
  },
  {
    name: 'a command of an earlier version',
    plant({ discord }) {
      const [[at = '', list = []] = []] = [...discord.commands];
      const text = JSON.stringify(list).replace('"max_length":6000', '"max_length":4000');
      discord.commands.set(at, JSON.parse(text));
    },
    says: /of another version: video\)/,
    cure: /the first start/,
    weak: true,
  },
  {
    name: 'install settings without the bot',
    plant: ({ discord }) => (discord.world.app.installs = { '0': {} }),
    says: /install settings: for servers "Add App" lacks the scopes .*bot; for people the app cannot/,
    cure: /\/installation/,
  },
  {
    name: 'commands that Discord sends elsewhere',
    plant: ({ discord }) => (discord.world.app.interactionsUrl = 'https://old.example.com/'),
    says: /"Interactions Endpoint URL"/,
    cure: /empty that field/,
  },
];

test('an installation that is well has nothing that is wrong or weak, and shows the links', async () => {
  const clinic = await openClinic();
  const sections = await clinic.examine();
  expect(all(sections).filter(({ ok, weak }) => !ok || weak)).toEqual([]);
  expect(isWell(sections)).toBe(true);
  const text = asText(sections, clinic.redact());
  for (const part of [
    /\/oauth2\/authorize\?client_id=\d+&permissions=\d+&scope=bot\+applications\.commands/,
    /\/oauth2\/authorize\?client_id=\d+&scope=applications\.commands&integration_type=1/,
    /5000 credits available/,
    /The clock agrees with that of 127\.0\.0\.1/,
    /has the manifest of this version, with the commands \/nemo, \/video and \/credits/,
  ])
    expect(text).toMatch(part);
  expect(clinic.slack.violations).toEqual([]);
  expect(clinic.nemo.violations).toEqual([]);
  expect(clinic.discord.errors).toEqual([]);
  // It has only looked.
  expect(clinic.discord.calls.filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(clinic.slack.messages).toEqual([]);
  expect(readdirSync(clinic.folder)).toEqual(['Test-Regular.ttf']);
});

test('beside a bot that runs all is well, and what Slack sends by HTTP is tried at the address that the app has', async () => {
  const clinic = await openClinic();
  const { env } = clinic;
  byHttp(clinic, 'http://127.0.0.1');
  const { DISCORD_TOKEN: _, ...served } = env;
  const app = await startApp(readSettings({ ...served, PORT: '0', LOG_LEVEL: 'silent' }));
  onTestFinished(() => app.stop());
  byHttp(clinic, app.url);
  const found = all(await clinic.examine());
  expect(found.filter(({ ok, weak }) => !ok || weak)).toEqual([]);
  expect(found.map(({ what }) => what)).toContain(
    `What Slack sends to ${app.url}/slack/events reaches a bot`,
  );
  expect(found.map(({ what }) => what)).toContain('A bot is working on it, which may go on');
  env['SLACK_SIGNING_SECRET'] = SECRET.replace('5', '6');
  const wrong = all(await clinic.examine()).filter(({ ok }) => !ok);
  expect(wrong.map(({ what, hint }) => `${what}: ${hint}`)).toEqual([
    expect.stringMatching(/for a stranger's: .*start it again with these settings/),
  ]);
});

test.each(MISTAKES)('$name is found, and its cure named', async ({ plant, says, cure, weak }) => {
  const clinic = await openClinic();
  await plant(clinic);
  const sections = await clinic.examine();
  const found = all(sections).find(({ what }) => says.test(what));
  expect(found, asText(sections, clinic.redact())).toBeDefined();
  expect(`${found?.what} ${found?.hint}`).toMatch(cure);
  expect(found?.ok).toBe(weak ?? false);
  expect(found?.weak).toBe(weak);
  expect(isWell(sections)).toBe(weak ?? false);
});

describe('what is put right by --fix', () => {
  test('commands, install settings and the manifest, once; afterwards all is well', async () => {
    const clinic = await openClinic();
    const { discord, slack } = clinic;
    discord.commands.clear();
    discord.world.app.installs = {};
    inManifest(clinic, (text) => text.replace('"reaction_added",', '').replace('"nemo"', '"acme"'));
    const done = await repair(await clinic.examine());
    expect(done).toEqual([
      'Slack: the app A0NEMO has the manifest of this version now',
      'Discord: the install settings are those of this version now',
      expect.stringMatching(/^Discord: the commands are registered everywhere/),
    ]);
    const after = all(await clinic.examine());
    expect(after.filter(({ ok }) => !ok)).toEqual([]);
    // What the operator calls the bot is left alone.
    expect(JSON.stringify(slack.app.manifest)).toContain('"display_name":"acme"');
    expect(after.filter(({ weak }) => weak).map(({ what }) => what)).toEqual([
      expect.stringContaining('features.bot_user.display_name is "acme" there'),
    ]);
    expect(await repair(await clinic.examine())).toHaveLength(1);
  });

  test('what is refused is told, and the next is tried', async () => {
    const clinic = await openClinic();
    clinic.discord.commands.clear();
    clinic.discord.world.app.installs = {};
    clinic.discord.failNext('PATCH /applications/@me', { status: 500 });
    const [first, second] = await repair(await clinic.examine());
    expect(first).toMatch(/^Discord: not put right .*status 500/);
    expect(second).toMatch(/^Discord: the commands are registered/);
  });
});

describe('what is printed', () => {
  test('holds no secret, well or broken, as text and as JSON', async () => {
    const clinic = await openClinic();
    const { env } = clinic;
    const secrets = Object.entries(env)
      .filter(([name]) => /TOKEN|KEY/.test(name))
      .map(([, value]) => value);
    expect(secrets).toHaveLength(6);
    const said = async () => {
      const sections = await clinic.examine();
      const repeated = secrets.map((secret) => ({ ok: false, what: secret, hint: `x ${secret}` }));
      const with_ = [...sections, { about: 'Echo', findings: repeated }];
      return asText(with_, clinic.redact()) + asJson(with_, secrets, clinic.redact());
    };
    const texts = [await said()];
    clinic.slack.tokens.clear();
    clinic.nemo.tokens.clear();
    env['SLACK_APP_TOKEN'] = 'a-token-in-the-wrong-form';
    texts.push(await said());
    for (const text of texts)
      for (const secret of secrets) expect(text.includes(secret), secret).toBe(false);
  });

  test('is one object as JSON, with what can be put right marked', async () => {
    const clinic = await openClinic();
    clinic.discord.world.app.installs = {};
    const json = JSON.parse(asJson(await clinic.examine(), [], clinic.redact()));
    expect(json.ok).toBe(false);
    expect(json.findings.filter(({ level }: { level: string }) => level !== 'ok')).toEqual([
      {
        about: 'Discord',
        level: 'error',
        what: expect.stringContaining('install settings'),
        hint: expect.any(String),
        fixable: true,
      },
    ]);
  });

  test('hides a password in an address of the database, also where the settings cannot be read', () => {
    const redact = redactFor({ DATABASE_URL: 'postgres://bot:a-secret-one@db:5432/bot' });
    expect(redact('cannot reach postgres://bot:a-secret-one@db')).not.toContain('a-secret-one');
  });
});

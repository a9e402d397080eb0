/** An installation that is well: all three services, a database, a machine. A test breaks one thing of it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { examine, type Machine, type Section } from '../../src/cli/doctor/examine.ts';
import { redactFor } from '../../src/cli/doctor/report.ts';
import { commandsBody } from '../../src/platforms/discord/commands.ts';
import { slackManifest } from '../../src/platforms/slack/manifest.ts';
import { DISCORD_TOKEN, startDiscordDouble } from '../doubles/discord/discord-double.ts';
import { ENCRYPTION_KEY } from '../doubles/house.ts';
import { startNemoDouble } from '../doubles/nemo/nemo-double.ts';
import { startSlackDouble } from '../doubles/slack/slack-double.ts';
import { APP_TOKEN, BOT_TOKEN, CONFIG_TOKEN } from '../doubles/slack/world.ts';
import { makeFont } from '../pictures/make-font.ts';

export type Clinic = Awaited<ReturnType<typeof openClinic>>;

const GB = 1024 ** 3;

export async function openClinic() {
  const [slack, discord, nemo, folder] = await Promise.all([
    startSlackDouble(),
    startDiscordDouble(),
    startNemoDouble(),
    mkdtemp(path.join(tmpdir(), 'nemo-bot-doctor-')),
  ]);
  onTestFinished(async () => {
    await Promise.all([slack.close(), discord.close(), nemo.close()]);
    await rm(folder, { recursive: true, force: true });
  });
  nemo.credits = { available: 5_000, frozen: 0, total: 5_000 };
  slack.app.manifest = { ...slackManifest({ mode: 'socket', oauth: false }) };
  discord.commands.set(`/applications/${discord.bot.id}/commands`, commandsBody('global'));
  await writeFile(path.join(folder, 'Test-Regular.ttf'), makeFont('Timelinñe时间轴', 'Test'));
  const file = path.join(folder, 'bot.db');
  const env: Record<string, string> = {
    NEMO_TOKEN: nemo.token,
    NEMO_API_URL: nemo.url,
    ENCRYPTION_KEY,
    DATABASE_URL: `sqlite:${file}`,
    FFMPEG_PATH: process.execPath,
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_APP_TOKEN: APP_TOKEN,
    SLACK_CONFIG_TOKEN: CONFIG_TOKEN,
    SLACK_API_URL: slack.apiUrl,
    DISCORD_TOKEN,
    DISCORD_API_URL: discord.api,
  };
  const machine = {
    env,
    nodeVersion: process.versions.node,
    now: Date.now,
    freeBytes: async () => 50 * GB,
    fontFolders: [folder],
    envFile: path.join(folder, '.env'),
  } satisfies Machine;
  const clinic = {
    slack,
    discord,
    nemo,
    folder,
    file,
    env,
    /** Of `Machine`; a test may put others in their place. */
    machine: machine as { -readonly [K in keyof Machine]: Machine[K] },
    examine: (): Promise<readonly Section[]> => examine(clinic.machine),
    redact: () => redactFor(env),
  };
  return clinic;
}

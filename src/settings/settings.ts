/**
 * Every setting of the bot, from the environment or `.env`; all mistakes are reported at once, in
 * words. Nothing else knows the names of the environment.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ProfileName } from '../conversation/skill-profile.ts';
import { isLoopback } from '../net/ip-ranges.ts';
import { type Env, SHARDS, settingsSchema } from './schema.ts';

export interface Settings {
  readonly nemo: {
    readonly token: string | undefined;
    readonly apiUrl: string;
    readonly webUrl: string;
    readonly clientId: string | undefined;
    readonly skill: ProfileName;
    readonly skillVersion: string;
    readonly skillPlatform: string;
  };
  readonly slack: SlackSettings | undefined;
  readonly discord: DiscordSettings | undefined;
  readonly database: { readonly path: string };
  readonly encryptionKey: string | undefined;
  /** Earlier keys, under which stored values may still be. */
  readonly encryptionKeysOld: readonly string[];
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Of its own, for the metrics; undefined: they are on `port`. */
    readonly metricsPort: number | undefined;
  };
  readonly playground: boolean;
  readonly playgroundPassword: string | undefined;
  readonly autoExport: 'first' | 'always' | 'never';
  readonly heartbeatMode: 'edit' | 'post';
  readonly maxUploadBytes: number | undefined;
  readonly maxRunningTurns: number;
  readonly access: {
    readonly workspaces: readonly string[];
    readonly channels: readonly string[];
    readonly users: readonly string[];
    readonly admins: readonly string[];
    readonly dailyTurns: number;
    readonly dailyExports: number;
    readonly maxQueued: number;
  };
  readonly log: { readonly level: string; readonly format: 'json' | 'pretty' };
  readonly shutdownGraceMs: number;
  readonly leaseMs: number;
  readonly timeScale: number;
  readonly waits: Waits;
}

export interface SlackSettings {
  readonly mode: 'socket' | 'http';
  readonly botToken: string | undefined;
  readonly appToken: string | undefined;
  readonly signingSecret: string | undefined;
  readonly oauth:
    | { readonly clientId: string; readonly clientSecret: string; readonly stateSecret: string }
    | undefined;
  readonly apiUrl: string | undefined;
  /** Only these may install the app; empty: all. */
  readonly allowedWorkspaces: readonly string[];
  /** Renames the slash commands. */
  readonly commandPrefix: string | undefined;
}

export interface DiscordSettings {
  readonly token: string;
  readonly apiUrl: string | undefined;
  readonly guildId: string | undefined;
  readonly shards: 'auto' | { readonly ids: readonly number[]; readonly count: number };
}

/** Product milliseconds; every wait on them goes through the clock, which scales it. */
export interface Waits {
  readonly heartbeat: number;
  readonly streamMax: number;
  readonly streamSilence: number;
  readonly streamSettle: number;
  readonly recoveryFirst: number;
  readonly recoveryEvery: number;
  readonly recoveryTries: number;
  readonly silentEditPoll: number;
  readonly renderFirstPoll: number;
  readonly renderPoll: number;
  readonly renderPolls: number;
  readonly rateLimitWait: number;
  readonly statusEdit: number;
}

/** The start stops here; `problems` are sentences for the operator. */
export class SettingsError extends Error {
  override name = 'SettingsError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(
      `The settings have ${problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`}:\n${problems.map((p) => `  - ${p}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/** All names, for `.env.example` and its test. */
export const SETTING_NAMES: readonly string[] = Object.keys(settingsSchema.shape);

/** Rejects with `SettingsError`. An empty value counts as absent, as in a half-filled `.env`. */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  terminal = false,
): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, v]) => v?.trim()));
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) {
    throw new SettingsError(parsed.error.issues.map((i) => `${String(i.path[0])}: ${i.message}`));
  }
  const e = parsed.data;
  const problems = [
    ...slackProblems(e),
    ...accountProblems(e),
    ...portProblems(e),
    ...exposureProblems(e),
    ...nothingToServe(e),
  ];
  if (problems.length > 0) throw new SettingsError(problems);
  return arrange(e, terminal);
}

function slackProblems(e: Env): string[] {
  const problems: string[] = [];
  const oauth = [e.SLACK_CLIENT_ID, e.SLACK_CLIENT_SECRET, e.SLACK_STATE_SECRET];
  if (oauth.some(Boolean) && !oauth.every(Boolean)) {
    problems.push(
      'SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET belong together: set all three, or none',
    );
  }
  if (oauth.every(Boolean) && !e.ENCRYPTION_KEY) {
    problems.push(
      'ENCRYPTION_KEY: needed to store the tokens of several Slack workspaces: openssl rand -base64 32',
    );
  }
  if (e.SLACK_MODE === 'socket' && !e.SLACK_APP_TOKEN)
    problems.push('SLACK_APP_TOKEN: needed for SLACK_MODE=socket');
  if (e.SLACK_MODE === 'http' && !e.SLACK_SIGNING_SECRET)
    problems.push('SLACK_SIGNING_SECRET: needed for SLACK_MODE=http');
  if (e.SLACK_BOT_TOKEN && !e.SLACK_APP_TOKEN && !e.SLACK_SIGNING_SECRET) {
    problems.push(
      'SLACK_BOT_TOKEN alone is not enough: add SLACK_APP_TOKEN (Socket Mode, no public address needed) or SLACK_SIGNING_SECRET (HTTP)',
    );
  }
  if (
    !e.SLACK_BOT_TOKEN &&
    !oauth.every(Boolean) &&
    (e.SLACK_APP_TOKEN || e.SLACK_SIGNING_SECRET)
  ) {
    problems.push('SLACK_BOT_TOKEN: missing (Slack app, "OAuth & Permissions", begins with xoxb-)');
  }
  return problems;
}

function accountProblems(e: Env): string[] {
  if (e.ENCRYPTION_KEYS_OLD.length > 0 && !e.ENCRYPTION_KEY) {
    return [
      'ENCRYPTION_KEYS_OLD: needs ENCRYPTION_KEY, the key that values are encrypted with now',
    ];
  }
  if (e.NEMO_TOKEN || e.ENCRYPTION_KEY) return [];
  return [
    'NEMO_TOKEN: not set, so a trial token would be fetched and stored, and for that ENCRYPTION_KEY is needed (openssl rand -base64 32). Set one of the two',
  ];
}

function portProblems(e: Env): string[] {
  // Zero is any free port, so two of them are two ports.
  if (!e.METRICS_PORT || e.METRICS_PORT !== e.PORT) return [];
  return ['METRICS_PORT: must be another port than PORT, or be left out'];
}

/** Whoever reaches the playground reads everything and spends the credits. */
function exposureProblems(e: Env): string[] {
  if (!e.PLAYGROUND || e.PLAYGROUND_PASSWORD || isLoopbackHost(e.HOST)) return [];
  return [
    `PLAYGROUND_PASSWORD: needed, because HOST=${e.HOST} lets other machines reach the playground. Set one, or HOST=127.0.0.1, or PLAYGROUND=off`,
  ];
}

const isLoopbackHost = (host: string): boolean =>
  host.toLowerCase() === 'localhost' || isLoopback(host.replace(/^\[(.*)\]$/, '$1'));

function nothingToServe(e: Env): string[] {
  if (e.SLACK_BOT_TOKEN || e.SLACK_CLIENT_ID || e.DISCORD_TOKEN || e.PLAYGROUND) return [];
  return [
    'Neither Slack nor Discord is set up. Slack: SLACK_BOT_TOKEN and SLACK_APP_TOKEN. Discord: DISCORD_TOKEN. To try the bot without any account, run: npm run demo',
  ];
}

function arrange(e: Env, terminal: boolean): Settings {
  return {
    nemo: {
      token: e.NEMO_TOKEN,
      apiUrl: e.NEMO_API_URL,
      webUrl: e.NEMO_WEB_URL,
      clientId: e.NEMO_CLIENT_ID,
      skill: e.NEMO_SKILL,
      skillVersion: e.NEMO_SKILL_VERSION,
      skillPlatform: e.SKILL_SOURCE ?? platformOfInstallPath(import.meta.dirname),
    },
    slack: slackOf(e),
    discord: e.DISCORD_TOKEN
      ? {
          token: e.DISCORD_TOKEN,
          apiUrl: e.DISCORD_API_URL,
          guildId: e.DISCORD_GUILD_ID,
          shards: shardsOf(e.DISCORD_SHARDS),
        }
      : undefined,
    database: { path: path.resolve(e.DATABASE_URL.slice('sqlite:'.length)) },
    encryptionKey: e.ENCRYPTION_KEY,
    encryptionKeysOld: e.ENCRYPTION_KEYS_OLD,
    http: { host: e.HOST, port: e.PORT, metricsPort: e.METRICS_PORT },
    playground: e.PLAYGROUND,
    playgroundPassword: e.PLAYGROUND_PASSWORD,
    autoExport: e.AUTO_EXPORT,
    heartbeatMode: e.HEARTBEAT_MODE,
    maxUploadBytes:
      e.MAX_UPLOAD_MB === undefined ? undefined : Math.floor(e.MAX_UPLOAD_MB * 1024 * 1024),
    maxRunningTurns: e.MAX_RUNNING_TURNS,
    access: {
      workspaces: e.ALLOWED_WORKSPACES,
      channels: e.ALLOWED_CHANNELS,
      users: e.ALLOWED_USERS,
      admins: e.ADMIN_USERS,
      dailyTurns: e.USER_DAILY_TURNS,
      dailyExports: e.USER_DAILY_EXPORTS,
      maxQueued: e.MAX_QUEUED_PER_THREAD,
    },
    log: { level: e.LOG_LEVEL, format: e.LOG_FORMAT ?? (terminal ? 'pretty' : 'json') },
    shutdownGraceMs: e.SHUTDOWN_GRACE_MS,
    leaseMs: e.LEASE_MS,
    timeScale: e.TIME_SCALE,
    waits: {
      heartbeat: e.HEARTBEAT_MS,
      streamMax: e.STREAM_MAX_MS,
      streamSilence: e.STREAM_SILENCE_MS,
      streamSettle: e.STREAM_SETTLE_MS,
      recoveryFirst: e.RECOVERY_FIRST_MS,
      recoveryEvery: e.RECOVERY_EVERY_MS,
      recoveryTries: e.RECOVERY_TRIES,
      silentEditPoll: e.SILENT_EDIT_POLL_MS,
      renderFirstPoll: e.RENDER_FIRST_POLL_MS,
      renderPoll: e.RENDER_POLL_MS,
      renderPolls: e.RENDER_POLLS,
      rateLimitWait: e.RATE_LIMIT_WAIT_MS,
      statusEdit: e.STATUS_EDIT_MS,
    },
  };
}

function slackOf(e: Env): SlackSettings | undefined {
  const {
    SLACK_CLIENT_ID: clientId,
    SLACK_CLIENT_SECRET: clientSecret,
    SLACK_STATE_SECRET: stateSecret,
  } = e;
  const oauth =
    clientId && clientSecret && stateSecret ? { clientId, clientSecret, stateSecret } : undefined;
  if (!e.SLACK_BOT_TOKEN && !oauth) return undefined;
  return {
    mode: e.SLACK_MODE ?? (e.SLACK_APP_TOKEN ? 'socket' : 'http'),
    botToken: e.SLACK_BOT_TOKEN,
    appToken: e.SLACK_APP_TOKEN,
    signingSecret: e.SLACK_SIGNING_SECRET,
    oauth,
    apiUrl: e.SLACK_API_URL,
    allowedWorkspaces: e.ALLOWED_WORKSPACES,
    commandPrefix: e.SLACK_COMMAND_PREFIX,
  };
}

function shardsOf(value: string): DiscordSettings['shards'] {
  const match = SHARDS.exec(value);
  if (!match?.[1] || !match[2]) return 'auto';
  return { ids: match[1].split(',').map(Number), count: Number(match[2]) };
}

/** The seeds' rule: where a skill is installed tells which marketplace it came from. */
export function platformOfInstallPath(directory: string): string {
  const parts = directory.split(path.sep);
  if (parts.includes('.clawhub')) return 'clawhub';
  const cursor = parts.indexOf('.cursor');
  return cursor >= 0 && parts[cursor + 1] === 'skills' ? 'cursor' : 'unknown';
}

/** Loads `.env` of the current folder into the environment; what is set already wins. */
export function loadDotEnv(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}

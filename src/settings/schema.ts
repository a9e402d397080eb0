/**
 * The names of all settings, what each may be, and its default. What they add up to is decided in
 * settings.ts.
 */
import { z } from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { PROFILE_NAMES } from '../conversation/skill-profile.ts';
import { problemWithPrefix } from '../platforms/slack/command-names.ts';

const text = z.string().trim();
const list = text.transform((v) =>
  v
    .split(',')
    .map((s) => s.trim())
    .filter(Boolean),
);
const number = (what: string, least = 0) =>
  text
    .refine((v) => Number.isFinite(Number(v)) && Number(v) >= least, `must be ${what}`)
    .transform(Number);
const port = number('a port number').refine(
  (v) => Number.isInteger(v) && v < 65536,
  'must be a port number',
);
const wait = (ms: number) => number('a number of milliseconds, 0 or more').default(ms);
const url = text
  .refine(
    (v) => URL.canParse(v) && /^https?:$/.test(new URL(v).protocol),
    'must be an http or https address',
  )
  .transform((v) => v.replace(/\/+$/, ''));
const flag = text
  .toLowerCase()
  .refine(
    (v) => ['on', 'off', 'true', 'false', '1', '0', 'yes', 'no'].includes(v),
    'must be on or off',
  )
  .transform((v) => ['on', 'true', '1', 'yes'].includes(v));
const choice = <const T extends readonly [string, ...string[]]>(options: T) =>
  z.enum(options, { error: `must be one of ${options.join(', ')}` });

/** On its own, because `npm run manifest` reads it before there are any tokens. */
export const commandPrefix = text.superRefine((value, check) => {
  const problem = problemWithPrefix(value);
  if (problem) check.addIssue({ code: 'custom', message: problem });
});

/** 32 bytes in base64 as it is written: the decoder would skip what is a typing error. */
const isKey = (value: string): boolean => {
  const bytes = Buffer.from(value, 'base64');
  return bytes.length === 32 && bytes.toString('base64') === value;
};

/** These shards, of so many. */
export const SHARDS = /^(\d+(?:,\d+)*)\/(\d+)$/;
const shards = text.superRefine((value, check) => {
  const refuse = (message: string) => check.addIssue({ code: 'custom', message });
  const [, listed = '', count = ''] = SHARDS.exec(value) ?? [];
  const ids = listed.split(',').map(Number);
  const absent = ids.find((id) => id >= Number(count));
  if (value === 'auto') return;
  if (!count) refuse('must be auto, or like 0,1/4 (these shards of four)');
  else if (Number(count) === 0) refuse('must be of at least one shard, like 0/1');
  else if (absent !== undefined) {
    refuse(
      `must name shards that exist: of ${count}, they are 0 to ${Number(count) - 1}, so there is no ${absent}`,
    );
  } else if (new Set(ids).size < ids.length) refuse('must name each shard once');
});
export const settingsSchema = z.object({
  NEMO_TOKEN: text.optional(),
  NEMO_API_URL: url.default('https://mega-api-prod.nemovideo.ai'),
  NEMO_WEB_URL: url.default('https://nemovideo.com'),
  NEMO_CLIENT_ID: text.max(64, 'must have 64 characters at most').optional(),
  NEMO_SKILL: choice(PROFILE_NAMES).default('text-to-video-high-quality'),
  NEMO_SKILL_VERSION: text.default(packageJson.version),
  SKILL_SOURCE: text.optional(),
  SLACK_BOT_TOKEN: text
    .startsWith('xoxb-', 'must begin with xoxb- (Slack app, "OAuth & Permissions")')
    .optional(),
  SLACK_APP_TOKEN: text
    .startsWith(
      'xapp-',
      'must begin with xapp- (Slack app, "Basic Information", "App-Level Tokens")',
    )
    .optional(),
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_MODE: choice(['socket', 'http']).optional(),
  SLACK_CLIENT_ID: text.optional(),
  SLACK_CLIENT_SECRET: text.optional(),
  SLACK_STATE_SECRET: text.optional(),
  SLACK_COMMAND_PREFIX: commandPrefix.optional(),
  SLACK_API_URL: url.transform((v) => `${v}/`).optional(),
  DISCORD_TOKEN: text.optional(),
  DISCORD_API_URL: url.optional(),
  DISCORD_GUILD_ID: text.regex(/^\d{5,25}$/, 'must be the id of a server (digits)').optional(),
  DISCORD_SHARDS: shards.default('auto'),
  DATABASE_URL: text
    .refine(
      (v) => /^sqlite:.+/.test(v),
      'must be like sqlite:data/nemo-bot.db (postgres:// is not available in this version)',
    )
    .default('sqlite:data/nemo-bot.db'),
  ENCRYPTION_KEY: text
    .refine(isKey, 'must be 32 bytes in base64: openssl rand -base64 32')
    .optional(),
  ENCRYPTION_KEYS_OLD: list
    .refine(
      (keys) => keys.every(isKey),
      'must be a comma list of earlier values of ENCRYPTION_KEY, each 32 bytes in base64',
    )
    .default([]),
  HOST: text.default('127.0.0.1'),
  PORT: port.default(3000),
  METRICS_PORT: port.optional(),
  PLAYGROUND: flag.default(false),
  PLAYGROUND_PASSWORD: text.min(8, 'must have 8 characters at least').optional(),
  AUTO_EXPORT: choice(['first', 'always', 'never']).default('first'),
  HEARTBEAT_MODE: choice(['edit', 'post']).default('edit'),
  MAX_UPLOAD_MB: number('a number of megabytes above 0', 0.001).optional(),
  MAX_RUNNING_TURNS: number('a number above 0', 1).default(200),
  MAX_QUEUED_PER_THREAD: number('a number above 0', 1).default(25),
  ALLOWED_WORKSPACES: list.default([]),
  ALLOWED_CHANNELS: list.default([]),
  ALLOWED_USERS: list.default([]),
  ADMIN_USERS: list.default([]),
  USER_DAILY_TURNS: number('a number, 0 = no limit').default(0),
  USER_DAILY_EXPORTS: number('a number, 0 = no limit').default(0),
  LOG_LEVEL: choice(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  LOG_FORMAT: choice(['json', 'pretty']).optional(),
  SHUTDOWN_GRACE_MS: wait(20_000),
  LEASE_MS: number('a number of milliseconds, 1000 or more', 1000).default(30_000),
  TIME_SCALE: number('a number above 0', 0.00001).default(1),
  HEARTBEAT_MS: wait(120_000),
  STREAM_MAX_MS: wait(900_000),
  STREAM_SILENCE_MS: wait(600_000),
  STREAM_SETTLE_MS: wait(90_000),
  RECOVERY_FIRST_MS: wait(30_000),
  RECOVERY_EVERY_MS: wait(60_000),
  RECOVERY_TRIES: number('a number above 0', 1).default(5),
  SILENT_EDIT_POLL_MS: wait(3_000),
  RENDER_FIRST_POLL_MS: wait(10_000),
  RENDER_POLL_MS: wait(30_000),
  RENDER_POLLS: number('a number above 0', 1).default(10),
  RATE_LIMIT_WAIT_MS: wait(30_000),
  STATUS_EDIT_MS: wait(3_000),
});
export type Env = z.infer<typeof settingsSchema>;

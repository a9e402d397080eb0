/**
 * The names of the settings that belong to no platform, what each may be, and its default. What they add up to is
 * decided in settings.ts; each platform brings its own.
 */
import { z } from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { PROFILE_NAMES } from '../conversation/skill-profile.ts';
import { DATABASE_DEFAULT, databaseUrl } from './database-url.ts';
import {
  choice,
  emojis,
  httpsUrl,
  list,
  number,
  port,
  REACTION_DEFAULT,
  text,
  url,
  wait,
} from './fields.ts';

/** 32 bytes in base64 as it is written: the decoder would skip what is a typing error. */
const isKey = (value: string): boolean => {
  const bytes = Buffer.from(value, 'base64');
  return bytes.length === 32 && bytes.toString('base64') === value;
};

export const settingsSchema = z.object({
  NEMO_TOKEN: text.optional(),
  NEMO_API_URL: url.default('https://mega-api-prod.nemovideo.ai'),
  NEMO_WEB_URL: url.default('https://nemovideo.com'),
  NEMO_CLIENT_ID: text.max(64, 'must have 64 characters at most').optional(),
  NEMO_SKILL: choice(PROFILE_NAMES).default('text-to-video-high-quality'),
  NEMO_SKILL_VERSION: text.default(packageJson.version),
  SKILL_SOURCE: text.optional(),
  DATABASE_URL: databaseUrl.prefault(DATABASE_DEFAULT),
  KEEP_DAYS: number('a number of days, 1 or more', 1).default(30),
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
  AUTO_EXPORT: choice(['first', 'always', 'never']).default('first'),
  HEARTBEAT_MODE: choice(['edit', 'post']).default('edit'),
  FIT_VIDEO: choice(['on', 'off']).default('on'),
  FFMPEG_PATH: text.optional(),
  COST_NOTES: choice(['on', 'off']).default('on'),
  PLAN_FIRST: choice(['off', 'large', 'always']).default('large'),
  REACTION: emojis.prefault(REACTION_DEFAULT),
  MAX_UPLOAD_MB: number('a number of megabytes above 0', 0.001).optional(),
  MAX_RUNNING_TURNS: number('a number above 0', 1).default(200),
  MAX_QUEUED_PER_THREAD: number('a number above 0', 1).default(25),
  ALLOWED_WORKSPACES: list.default([]),
  ALLOWED_CHANNELS: list.default([]),
  ALLOWED_USERS: list.default([]),
  ADMIN_USERS: list.default([]),
  USER_DAILY_TURNS: number('a number, 0 = no limit').default(0),
  USER_DAILY_EXPORTS: number('a number, 0 = no limit').default(0),
  SUPPORT_URL: httpsUrl.optional(),
  PRIVACY_URL: httpsUrl.optional(),
  TERMS_URL: httpsUrl.optional(),
  WORKSPACE_MONTHLY_CREDITS: number('a number of credits, 0 = no limit').default(0),
  CHANNEL_MONTHLY_CREDITS: number('a number of credits, 0 = no limit').default(0),
  USER_MONTHLY_CREDITS: number('a number of credits, 0 = no limit').default(0),
  APPROVE_OVER: number('a number of credits').optional(),
  LOG_LEVEL: choice(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  LOG_FORMAT: choice(['json', 'pretty']).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
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

/**
 * Every setting of the bot, from the environment or `.env`; all mistakes are reported at once, in
 * words. Nothing else knows the names of the environment, but for each platform, which knows its own.
 */
import path from 'node:path';
import type { z } from 'zod';
import type { ProfileName } from '../conversation/skill-profile.ts';
import type { PlatformName } from '../platforms/chat.ts';
import type {
  CommonSettings,
  Configured,
  ConfiguredPlatform,
  OperatorLinks,
  PlatformModule,
} from '../platforms/platform-module.ts';
import { PLATFORMS } from '../platforms/platforms.ts';
import type { DatabasePlace } from '../runtime/database-place.ts';
import { dataFolderOf } from './database-url.ts';
import { type Environment, givenIn } from './environment.ts';
import { sentencesOf } from './fields.ts';
import { type Env, settingsSchema } from './schema.ts';

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
  /** Those whose settings are there. */
  readonly platforms: readonly ConfiguredPlatform[];
  readonly database: DatabasePlace;
  /** For files that wait to be sent, and for what a platform keeps for itself. */
  readonly dataDir: string;
  /** After so many days finished turns are forgotten. */
  readonly keepDays: number;
  readonly encryptionKey: string | undefined;
  /** Earlier keys, under which stored values may still be. */
  readonly encryptionKeysOld: readonly string[];
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Of its own, for the metrics; undefined: they are on `port`. */
    readonly metricsPort: number | undefined;
  };
  readonly autoExport: 'first' | 'always' | 'never';
  readonly heartbeatMode: 'edit' | 'post';
  /** A video that is too large for its place comes as a smaller copy, too. */
  readonly fitVideo: boolean;
  /** `given`: named by the operator; else it is looked for in the folders of `searched`. */
  readonly ffmpeg: { readonly given: string | undefined; readonly searched: string };
  /** Whether it is said what a run has cost. */
  readonly costNotes: boolean;
  /** When a plan is shown before anything is made; it always is where somebody asks for it. */
  readonly planFirst: 'off' | 'large' | 'always';
  /** Credits over which an admin has to agree; undefined: never. */
  readonly approveOver: number | undefined;
  /** The operator's cap for every profile; else each profile has its own. */
  readonly maxUploadBytes: number | undefined;
  readonly maxRunningTurns: number;
  readonly access: Access;
  readonly links: OperatorLinks;
  readonly log: { readonly level: string; readonly format: 'json' | 'pretty' };
  /** A collector of OpenTelemetry; undefined: there are no traces. */
  readonly tracesTo: string | undefined;
  readonly shutdownGraceMs: number;
  readonly leaseMs: number;
  readonly timeScale: number;
  readonly waits: Waits;
}

export interface Access {
  readonly workspaces: readonly string[];
  readonly channels: readonly string[];
  readonly users: readonly string[];
  readonly admins: readonly string[];
  /** Per person and calendar day, 0 = no limit. */
  readonly dailyTurns: number;
  readonly dailyExports: number;
  /** Messages that may wait in one thread. */
  readonly maxQueued: number;
  readonly budgets: BudgetLimits;
}

/** Credits in a calendar month, 0 = no limit. */
export interface BudgetLimits {
  readonly workspace: number;
  readonly channel: number;
  readonly person: number;
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
export const SETTING_NAMES: readonly string[] = [
  ...Object.keys(settingsSchema.shape),
  ...PLATFORMS.flatMap(({ settings }) => Object.keys(settings)),
];

export interface ReadOptions {
  /** Is there somebody to read the log as it is written? */
  readonly terminal?: boolean | undefined;
  /** Names of the platforms that may be served, whatever is set up besides. */
  readonly only?: readonly PlatformName[];
  /** Those that may be served; all of platforms.ts unless given. */
  readonly modules?: readonly PlatformModule[];
}

/** Rejects with `SettingsError`. */
export function readSettings(
  env: Environment,
  { terminal = false, only, modules = PLATFORMS }: ReadOptions = {},
): Settings {
  const given = givenIn(env);
  const parsed = settingsSchema.safeParse(given);
  const readings = modules
    .filter(({ name }) => only?.includes(name) ?? true)
    .map((module) => module.read(given));
  const malformed = [
    ...(parsed.success ? [] : sentencesOf(parsed.error)),
    ...readings.flatMap((reading) => (reading.ok ? [] : reading.problems)),
  ];
  if (!parsed.success || malformed.length > 0) throw new SettingsError(malformed);
  const e = parsed.data;
  const common: CommonSettings = {
    host: e.HOST,
    encryptionKey: e.ENCRYPTION_KEY,
    allowedWorkspaces: e.ALLOWED_WORKSPACES,
    reactions: e.REACTION,
  };
  const configured = readings.flatMap((reading) => (reading.ok ? reading.configure(common) : []));
  const problems = [
    ...configured.flatMap((each) => each.problems),
    ...accountProblems(e),
    ...portProblems(e),
    ...nothingToServe(configured, modules),
  ];
  if (problems.length > 0) throw new SettingsError(problems);
  const platforms = configured.flatMap(({ platform }) => platform ?? []);
  return arrange(e, platforms, { terminal, searched: given['PATH'] ?? '' });
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

/** What is set up with a mistake in it is told by its mistake. */
function nothingToServe(
  configured: readonly Configured[],
  modules: readonly PlatformModule[],
): string[] {
  if (configured.some(({ problems, platform }) => platform || problems.length > 0)) return [];
  const offered = modules.filter(({ needs }) => needs !== undefined);
  const titles = offered.map(({ title }) => title);
  const needs = offered.map((module) => `${module.title}: ${module.needs}.`);
  return [
    `Neither ${titles.join(' nor ')} is set up. ${needs.join(' ')} To be asked for what is needed, run: npm run setup. To try the bot without any account, run: npm run demo`,
  ];
}

function arrange(
  e: Env,
  platforms: readonly ConfiguredPlatform[],
  { terminal, searched }: { readonly terminal: boolean; readonly searched: string },
): Settings {
  return {
    nemo: nemoOf(e),
    platforms,
    database: e.DATABASE_URL,
    dataDir: dataFolderOf(e.DATABASE_URL),
    keepDays: e.KEEP_DAYS,
    encryptionKey: e.ENCRYPTION_KEY,
    encryptionKeysOld: e.ENCRYPTION_KEYS_OLD,
    http: { host: e.HOST, port: e.PORT, metricsPort: e.METRICS_PORT },
    autoExport: e.AUTO_EXPORT,
    heartbeatMode: e.HEARTBEAT_MODE,
    fitVideo: e.FIT_VIDEO === 'on',
    ffmpeg: { given: e.FFMPEG_PATH, searched },
    costNotes: e.COST_NOTES === 'on',
    planFirst: e.PLAN_FIRST,
    approveOver: e.APPROVE_OVER,
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
      budgets: {
        workspace: e.WORKSPACE_MONTHLY_CREDITS,
        channel: e.CHANNEL_MONTHLY_CREDITS,
        person: e.USER_MONTHLY_CREDITS,
      },
    },
    links: { support: e.SUPPORT_URL, privacy: e.PRIVACY_URL, terms: e.TERMS_URL },
    log: { level: e.LOG_LEVEL, format: e.LOG_FORMAT ?? (terminal ? 'pretty' : 'json') },
    tracesTo: e.OTEL_EXPORTER_OTLP_ENDPOINT,
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

const nemoSchema = settingsSchema.pick({
  NEMO_TOKEN: true,
  NEMO_API_URL: true,
  NEMO_WEB_URL: true,
  NEMO_CLIENT_ID: true,
  NEMO_SKILL: true,
  NEMO_SKILL_VERSION: true,
  SKILL_SOURCE: true,
});

const nemoOf = (e: z.infer<typeof nemoSchema>): Settings['nemo'] => ({
  token: e.NEMO_TOKEN,
  apiUrl: e.NEMO_API_URL,
  webUrl: e.NEMO_WEB_URL,
  clientId: e.NEMO_CLIENT_ID,
  skill: e.NEMO_SKILL,
  skillVersion: e.NEMO_SKILL_VERSION,
  skillPlatform: e.SKILL_SOURCE ?? platformOfInstallPath(import.meta.dirname),
});

/** Those of the backend alone, where nothing else is set yet. Throws `SettingsError`. */
export function readNemoSettings(env: Environment): Settings['nemo'] {
  const { data, error } = nemoSchema.safeParse(givenIn(env));
  if (error) throw new SettingsError(sentencesOf(error));
  return nemoOf(data);
}

/** The seeds' rule: where a skill is installed tells which marketplace it came from. */
export function platformOfInstallPath(directory: string): string {
  const parts = directory.split(path.sep);
  if (parts.includes('.clawhub')) return 'clawhub';
  const cursor = parts.indexOf('.cursor');
  return cursor >= 0 && parts[cursor + 1] === 'skills' ? 'cursor' : 'unknown';
}

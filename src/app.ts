/** The composition root: settings in, running app out. Also what tests and the demo start. */
import path from 'node:path';
import { type Conversation, createConversation } from './conversation/conversation.ts';
import { openSpool } from './conversation/render/spool.ts';
import { PROFILES, type Profile } from './conversation/skill-profile.ts';
import { createDocumentReader } from './documents/document-reader.ts';
import { MAPS_MISSING, missingMaps } from './documents/pdf/cmaps.ts';
import { openSqliteLedger } from './ledger/sqlite/open-ledger.ts';
import { operatorAccount } from './nemo/account.ts';
import { anonymousAccount, anonymousRecord } from './nemo/anonymous-account.ts';
import { createNemo } from './nemo/create-nemo.ts';
import type { Nemo } from './nemo/nemo.ts';
import { createGuardedFetch } from './net/guarded-fetch.ts';
import type { ChatPlatform, PlatformName } from './platforms/chat.ts';
import { createWebPlatform } from './platforms/web/platform.ts';
import type { Address } from './platforms/web/request-origin.ts';
import { isUpload } from './platforms/web/take-upload.ts';
import { scaledClock } from './runtime/clock.ts';
import { healthRoutes, metricsRoute } from './runtime/health-routes.ts';
import { type HttpServer, type Route, startHttpServer } from './runtime/http-server.ts';
import { createLog, type Log } from './runtime/log.ts';
import { createMetrics } from './runtime/metrics.ts';
import { createRedact } from './runtime/redact.ts';
import { runAll, type Step } from './runtime/run-all.ts';
import { shutDown } from './runtime/shut-down.ts';
import { attachmentOpenings, outputOpenings } from './settings/fetch-exceptions.ts';
import type { DiscordSettings, Settings, SlackSettings } from './settings/settings.ts';
import { openState } from './state/open-state.ts';

export interface App {
  /** Where the HTTP port can be reached from this machine. */
  readonly url: string;
  readonly log: Log;
  /** Stops accepting, parks turns, closes. */
  stop(): Promise<void>;
}

export interface Extras {
  /** Further lines for the help text. */
  readonly helpNotes?: { readonly en: readonly string[]; readonly zh: readonly string[] };
}

/** Finished turns are kept this long: for redelivered events, retries and quotas. */
const KEEP_MS = 30 * 86_400_000;
/** A small call to the backend that takes longer is tried again; shortened time keeps a real minimum. */
const REQUEST_TIMEOUT_MS = 45_000;
const LEAST_TIMEOUT_MS = 4_000;
/** A platform or server that does not close keeps the ledger from closing no longer than this. */
const CLOSE_MS = 5_000;
const PRUNE_EVERY_MS = 3_600_000;

export async function startApp(settings: Settings, extras: Extras = {}): Promise<App> {
  const redact = createRedact(() => secretsOf(settings));
  const log = createLog({ ...settings.log, redact });
  const clock = scaledClock(settings.timeScale);
  const profile = PROFILES[settings.nemo.skill];
  const { leaseMs, database } = settings;
  const ledger = openSqliteLedger({ path: database.path, leaseMs });
  const { encryptionKey, encryptionKeysOld } = settings;
  const state = openState({ path: database.path, encryptionKey, encryptionKeysOld });
  const nemoAs = backend();
  const platforms = new Map<PlatformName, ChatPlatform>();
  const routes: Route[] = [];
  let address: Address = settings.http;
  if (settings.playground) await addPlayground();
  if (settings.slack) await addSlack(settings.slack);
  if (settings.discord) await addDiscord(settings.discord);

  const metrics = createMetrics({
    running: () => conversation.running(),
    unfinished: ledger.countUnfinished,
  });
  const spool = await openSpool(path.join(path.dirname(database.path), 'spool'));
  const documents = createDocumentReader();
  const maps = missingMaps();
  if (maps.length > 0) log.warn(MAPS_MISSING, { maps });
  const conversation: Conversation = createConversation({
    documents,
    spool,
    ledger,
    state,
    nemoAs,
    platforms,
    clock,
    profile,
    log,
    redact,
    metrics,
    maxRunningTurns: settings.maxRunningTurns,
    helpNotes: extras.helpNotes ?? { en: [], zh: [] },
    rules: {
      ...settings.access,
      waits: settings.waits,
      autoExport: settings.autoExport,
      heartbeatMode: settings.heartbeatMode,
      maxUploadBytes: settings.maxUploadBytes,
    },
  });

  let ready = false;
  const { host, port, metricsPort } = settings.http;
  const servers: HttpServer[] = [];
  const figures = metricsRoute(metrics);
  const server = await startHttpServer({
    host,
    port,
    log,
    routes: [
      ...healthRoutes({ troubles }),
      ...(metricsPort === undefined ? [figures] : []),
      ...routes,
    ],
    isUpload: (req) => settings.playground && isUpload(req),
  });
  servers.push(server);
  address = { host, port: server.port };
  try {
    if (metricsPort !== undefined)
      servers.push(await startHttpServer({ host, port: metricsPort, log, routes: [figures] }));
    await Promise.all(
      [...platforms.values()].map((platform) => platform.start(conversation.inbox)),
    );
  } catch (error) {
    await runAll(closing()).catch((others) =>
      log.error('not all could be closed after the failed start', { error: others }),
    );
    throw error;
  }
  conversation.start();
  const forget = (): void => {
    ledger
      .prune(Date.now() - KEEP_MS)
      .catch((error) => log.error('old turns could not be forgotten', { error }));
  };
  // At once, too: a process that is started anew every day would never come to it.
  forget();
  const pruning = setInterval(forget, PRUNE_EVERY_MS);
  ready = true;
  log.always(`ready: ${[...platforms.keys()].join(', ')}`, {
    url: urlOf(),
    ...(servers[1] ? { metrics: `${urlOf(servers[1].port)}/metrics` } : {}),
  });

  return {
    url: urlOf(),
    log,
    async stop() {
      ready = false;
      clearInterval(pruning);
      await shutDown({
        platforms: [...platforms.values()],
        drain: conversation.drain,
        graceMs: settings.shutdownGraceMs,
        closing: closing(),
      });
    },
  };

  function urlOf(port = address.port): string {
    const host = ['0.0.0.0', '::'].includes(address.host) ? '127.0.0.1' : address.host;
    return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  }

  function closing(): Step[] {
    return [
      ...[...platforms.values()].map((platform) => ({
        what: `the close of ${platform.name}`,
        run: () => platform.close(),
        mostMs: CLOSE_MS,
      })),
      ...servers.map((server) => ({
        what: 'the close of an HTTP server',
        run: () => server.close(),
        mostMs: CLOSE_MS,
      })),
      { what: 'the close of the document reader', run: () => documents.close() },
      { what: 'the close of the ledger', run: () => ledger.close() },
      { what: 'the close of the state', run: () => state.close() },
    ];
  }

  /** One account for all; the attribution is that of the profile. */
  function backend(): (profile: Profile) => Nemo {
    const { apiUrl, webUrl, token, clientId, skill, skillVersion, skillPlatform } = settings.nemo;
    const common = {
      apiUrl,
      clock,
      attribution: { source: skill, version: skillVersion, platform: skillPlatform },
      rateLimitWaitMs: settings.waits.rateLimitWait,
      requestTimeoutMs: Math.max(LEAST_TIMEOUT_MS, REQUEST_TIMEOUT_MS * settings.timeScale),
      log: ({ level, message }: { level: 'info' | 'warn'; message: string }) => log[level](message),
    };
    const account = token
      ? operatorAccount(token)
      : anonymousAccount({
          ...common,
          clientId,
          store: state.map('anonymous-account', anonymousRecord, { secret: true }),
        });
    if (!token)
      log.warn(
        'NEMO_TOKEN is not set: the bot runs on a free trial account, good for about one clip',
      );
    const output = createGuardedFetch(outputOpenings(settings));
    const made = new Map<Profile, Nemo>();
    return (acting) => {
      const attribution = { ...common.attribution, source: acting.name };
      const nemo =
        made.get(acting) ?? createNemo({ ...common, attribution, webUrl, account, output });
      made.set(acting, nemo);
      return nemo;
    };
  }

  async function addPlayground(): Promise<void> {
    const web = await createWebPlatform({
      dataDir: path.dirname(database.path),
      address: () => address,
      password: settings.playgroundPassword,
      maxUploadBytes: settings.maxUploadBytes ?? profile.maxUploadMb * 1024 * 1024,
      profile: profile.texts,
      helpNotes: extras.helpNotes?.en,
      onError: (error) => log.error('the playground failed to answer', { error }),
      onUnannounced: (key) =>
        log.warn('a post came twice and was not said to be a repetition; it is shown once', {
          key,
        }),
    });
    platforms.set('web', web);
    routes.push((req, res) => web.handle(req, res));
  }

  async function addSlack(own: SlackSettings): Promise<void> {
    const { createSlackPlatform } = await import('./platforms/slack/platform.ts');
    const slack = createSlackPlatform({
      settings: own,
      state,
      clock,
      log,
      guardedFetch: createGuardedFetch(attachmentOpenings(own)),
    });
    platforms.set('slack', slack);
    routes.push((req, res) => slack.handle(req, res));
  }

  /** Loaded only where it is used: its toolkit takes a quarter of a second. */
  async function addDiscord(own: DiscordSettings): Promise<void> {
    const { createDiscordPlatform } = await import('./platforms/discord/platform.ts');
    platforms.set(
      'discord',
      createDiscordPlatform({
        settings: own,
        state,
        clock,
        log,
        guardedFetch: createGuardedFetch(attachmentOpenings(own)),
      }),
    );
  }

  async function troubles(): Promise<string[]> {
    const found = [...platforms.values()].flatMap((p) => {
      const trouble = p.trouble();
      return trouble ? [`${p.name}: ${trouble}`] : [];
    });
    const { trouble: storeTrouble } = await ledger.health();
    if (storeTrouble) found.unshift(storeTrouble);
    return ready ? found : ['starting or stopping', ...found];
  }
}

function secretsOf(settings: Settings): string[] {
  const { nemo, slack, discord, encryptionKey } = settings;
  const all = [
    nemo.token,
    slack?.botToken,
    slack?.appToken,
    slack?.signingSecret,
    slack?.oauth?.clientSecret,
    slack?.oauth?.stateSecret,
    discord?.token,
    encryptionKey,
    ...settings.encryptionKeysOld,
    settings.playgroundPassword,
  ];
  return all.filter((secret) => secret !== undefined);
}

/** The composition root: settings in, running app out. Also what tests and the demo start. */
import path from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { type Conversation, createConversation } from './conversation/conversation.ts';
import { openSpool } from './conversation/render/download-to-disk.ts';
import { findFfmpeg } from './conversation/render/find-ffmpeg.ts';
import { openShrink } from './conversation/render/shrink.ts';
import { PROFILES } from './conversation/skill-profile.ts';
import { createDocumentReader } from './documents/document-reader.ts';
import { MAPS_MISSING, missingMaps } from './documents/pdf/cmaps.ts';
import { forgetOldTurns, forgetWhatIsDue } from './ledger/forget-old-turns.ts';
import type { Ledger } from './ledger/ledger.ts';
import { measuredLedger } from './ledger/measured-ledger.ts';
import { openLedger } from './ledger/open-ledger.ts';
import type { Words } from './locales/locale.ts';
import { openBackend } from './nemo/backend-per-skill.ts';
import { watchBackend } from './nemo/backend-watch.ts';
import { createGuardedFetch } from './net/guarded-fetch.ts';
import { createPictures } from './pictures/pictures.ts';
import type { PlatformServices, ServedPlatform } from './platforms/platform-module.ts';
import { scaledClock } from './runtime/clock.ts';
import { watchEventLoop } from './runtime/event-loop-delay.ts';
import { healthRoutes, metricsRoute } from './runtime/health-routes.ts';
import { type HttpServer, startHttpServer } from './runtime/http-server.ts';
import { createLog, type Log } from './runtime/log.ts';
import { createMetrics } from './runtime/metrics.ts';
import { figuresOf, type Part, partsOf } from './runtime/readiness.ts';
import { createRedact } from './runtime/redact.ts';
import { type ClosingStep, runAll } from './runtime/run-all.ts';
import { shutDown } from './runtime/shut-down.ts';
import { secretsIn } from './settings/database-url.ts';
import { linkOpenings } from './settings/non-public-hosts.ts';
import type { Settings } from './settings/settings.ts';
import { openState } from './state/open-state.ts';
import { openTurns } from './state/turn-taking.ts';

export interface App {
  /** Where the HTTP port can be reached from this machine. */
  readonly url: string;
  readonly log: Log;
  /** Stops accepting, parks turns, closes. */
  stop(): Promise<void>;
}

export interface Extras {
  /** Further lines for the help text. */
  readonly helpNotes?: (words: Words) => readonly string[];
}

/** A platform or server that does not close keeps the ledger from closing no longer than this. */
const CLOSE_MS = 5_000;

export async function startApp(settings: Settings, extras: Extras = {}): Promise<App> {
  const redact = createRedact(() => secretsOf(settings));
  const log = createLog({ ...settings.log, redact });
  const clock = scaledClock(settings.timeScale);
  const profile = PROFILES[settings.nemo.skill];
  const helpNotes = extras.helpNotes ?? (() => []);
  const { leaseMs, database, dataDir, encryptionKey, encryptionKeysOld } = settings;
  const { tracesTo } = settings;
  const tracer = tracesTo
    ? (await import('./runtime/otlp.ts')).openTracer({
        endpoint: tracesTo,
        version: packageJson.version,
        log,
      })
    : undefined;
  const eventLoop = watchEventLoop();
  const metrics = createMetrics({
    running: () => conversation.running(),
    unfinished: () => ledger.countUnfinished(),
    parts: async () => figuresOf(await parts(ledger.lastHealth)),
    eventLoopDelay: eventLoop.read,
  });
  const ledger = measuredLedger(await openLedger({ database, leaseMs, log }), metrics);
  const keys = { encryptionKey, encryptionKeysOld };
  const state = await openState({ database, log, ...keys }).catch(async (error: unknown) => {
    await ledger.close();
    throw error;
  });
  const backend = watchBackend(metrics);
  const skillBackend = openBackend({ settings, state, clock, log, watch: backend });
  let address = { host: settings.http.host, port: settings.http.port };
  const services: PlatformServices = {
    state,
    clock,
    log,
    dataDir,
    address: () => address,
    profile,
    maxUploadBytes: settings.maxUploadBytes ?? profile.maxUploadMb * 1024 * 1024,
    helpNotes,
    links: settings.links,
  };
  const platforms: ServedPlatform[] = [];
  for (const { name, create } of settings.platforms)
    platforms.push(
      await create({ ...services, onCall: (call) => metrics.platformCalled(name, call) }),
    );

  const spool = await openSpool(path.join(dataDir, 'spool'));
  const { given, searched } = settings.ffmpeg;
  const ffmpeg = settings.fitVideo ? await findFfmpeg(given, searched) : undefined;
  if (given !== undefined && settings.fitVideo && !ffmpeg)
    log.warn('FFMPEG_PATH names no program that can be run');
  const shrink = ffmpeg
    ? await openShrink({ ffmpeg, folder: path.join(dataDir, 'shrink'), log })
    : undefined;
  const documents = createDocumentReader();
  const pictures = createPictures({ log });
  const maps = missingMaps();
  if (maps.length > 0) log.warn(MAPS_MISSING, { maps });
  const conversation: Conversation = createConversation({
    documents,
    openLink: createGuardedFetch(linkOpenings(settings.nemo.apiUrl)),
    spool,
    shrink,
    pictures,
    ledger,
    state,
    nemoAs: ({ name }, account) => skillBackend(name, account),
    keepsSecrets: encryptionKey !== undefined,
    platforms: new Map(platforms.map((platform) => [platform.name, platform])),
    clock,
    profile,
    log,
    redact,
    metrics,
    tracer,
    maxRunningTurns: settings.maxRunningTurns,
    helpNotes,
    rules: {
      ...settings.access,
      waits: settings.waits,
      autoExport: settings.autoExport,
      planFirst: settings.planFirst,
      approveOver: settings.approveOver,
      heartbeatMode: settings.heartbeatMode,
      fitVideo: settings.fitVideo,
      costNotes: settings.costNotes,
      maxUploadBytes: settings.maxUploadBytes,
      links: settings.links,
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
      ...healthRoutes(() => parts(ledger.health)),
      ...(metricsPort === undefined ? [figures] : []),
      ...platforms.flatMap(({ handle }) => handle ?? []),
    ],
    isUpload: (req) => platforms.some((platform) => platform.isUpload?.(req)),
  });
  servers.push(server);
  address = { host, port: server.port };
  try {
    if (metricsPort !== undefined)
      servers.push(await startHttpServer({ host, port: metricsPort, log, routes: [figures] }));
    await Promise.all(platforms.map((platform) => platform.start(conversation.inbox)));
  } catch (error) {
    await runAll(closing()).catch((others) =>
      log.error('not all could be closed after the failed start', { error: others }),
    );
    throw error;
  }
  conversation.start();
  const stopForgetting = forgetOldTurns(ledger, openTurns(state), settings.keepDays, log);
  const stopErasing = forgetWhatIsDue(conversation.forgetDue, openTurns(state), log);
  ready = true;
  log.always(`ready: ${platforms.map(({ name }) => name).join(', ')}`, {
    url: urlOf(),
    ...(servers[1] ? { metrics: `${urlOf(servers[1].port)}/metrics` } : {}),
  });

  return {
    url: urlOf(),
    log,
    async stop() {
      ready = false;
      stopForgetting();
      stopErasing();
      await shutDown({
        platforms,
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

  function closing(): ClosingStep[] {
    return [
      ...platforms.map((platform) => ({
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
      { what: 'the close of the pictures', run: () => pictures.close() },
      { what: 'the close of the ledger', run: () => ledger.close() },
      { what: 'the close of the state', run: () => state.close() },
      { what: 'the last traces', run: async () => tracer?.close() },
      { what: 'the end of the look at the event loop', run: async () => eventLoop.close() },
    ];
  }

  async function parts(health: Ledger['health']): Promise<readonly Part[]> {
    const { trouble } = await health();
    return partsOf({ isServing: ready, store: trouble, backend: backend.trouble(), platforms });
  }
}

function secretsOf(settings: Settings): string[] {
  const { nemo, encryptionKey, encryptionKeysOld, database, platforms } = settings;
  const own = [nemo.token, encryptionKey, ...encryptionKeysOld, ...secretsIn(database)];
  const all = [...own, ...platforms.flatMap(({ secrets }) => secrets)];
  return all.filter((secret) => secret !== undefined);
}

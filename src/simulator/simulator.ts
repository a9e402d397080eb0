/**
 * A stand-in for NemoVideo over real HTTP and SSE: to try the bot without an account, and to test
 * it. The agent's wit is small, the contract's is not.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projector } from './film/film.ts';
import { newAccount } from './host/accounts.ts';
import { serveApi } from './host/api.ts';
import { type Backend, journal } from './host/backend.ts';
import { serveFile } from './host/files.ts';
import { shoot } from './host/renders.ts';
import type { Violation } from './host/rules.ts';
import { resumeRuns } from './host/runs.ts';
import { type SimulatorOptions, type Variants, withDefaults } from './options.ts';
import { type Account, keeper, loadWorld, type Render, type Run, type Session } from './world.ts';

export interface Simulator {
  readonly url: string;
  /** The static host of films and uploads. */
  readonly filesUrl: string;
  snapshot(): Snapshot;
  /** Cuts off what runs; with a data file the next simulator goes on with it. */
  close(): Promise<void>;
}

/** A copy of what the simulator knows, for tests to look at. */
export interface Snapshot {
  readonly accounts: readonly Account[];
  readonly sessions: readonly Session[];
  readonly runs: readonly Run[];
  readonly renders: readonly Render[];
  /** Rules of the contract that a client broke; empty is as it should be. */
  readonly violations: readonly Violation[];
  /** How often each route was called. */
  readonly calls: Readonly<Record<string, number>>;
}

export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const variants = withDefaults(options);
  const world = await loadWorld(variants.dataFile);
  const folder = await filesFolder(variants.dataFile);
  const stop = new AbortController();
  const busy = new Set<Promise<void>>();
  const backend: Backend = {
    variants,
    world,
    keeper: keeper(variants.dataFile, world),
    projector: projector(stop.signal),
    folder,
    signal: stop.signal,
    live: new Map(),
    filesUrl: '',
    journal: journal(),
  };
  addOperator(backend, variants);
  const files = await listen(busy, variants.filesPort, (request, response) =>
    serveFile(backend, request, response),
  );
  backend.filesUrl = addressOf(files);
  const api = await listen(busy, variants.port, (request, response) =>
    serveApi(backend, request, response),
  ).catch(async (error) => {
    await closeServer(files);
    throw error;
  });
  resumeRuns(backend);
  for (const render of world.renders) {
    if (render.film === 'shooting') void shoot(backend, render);
  }
  return {
    url: addressOf(api),
    filesUrl: backend.filesUrl,
    snapshot: () =>
      structuredClone({
        accounts: world.accounts,
        sessions: world.sessions,
        runs: world.runs,
        renders: world.renders,
        violations: backend.journal.violations,
        calls: backend.journal.calls,
      }),
    async close() {
      stop.abort(new Error('the simulator is closing'));
      await Promise.all([closeServer(api), closeServer(files)]);
      // An upload that was cut off may be putting its part away yet.
      await Promise.all(busy);
      await backend.projector.idle();
      await backend.keeper.flush();
      if (variants.dataFile === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

function addOperator({ world }: Backend, { operatorToken, credits }: Variants): void {
  if (operatorToken === undefined) return;
  if (world.accounts.some((account) => account.token === operatorToken)) return;
  world.accounts.push(newAccount(operatorToken, credits));
}

async function filesFolder(dataFile: string | undefined): Promise<string> {
  if (dataFile === undefined) return mkdtemp(path.join(tmpdir(), 'nemo-simulator-'));
  const folder = `${dataFile.replace(/\.json$/, '')}-files`;
  await mkdir(folder, { recursive: true });
  return folder;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Who is being served is in `busy` until the work is over. */
function listen(busy: Set<Promise<void>>, port: number, handle: Handler): Promise<Server> {
  const server = createServer((request, response) => {
    // A client that leaves in the middle is no fault of ours, and there is nobody left to tell.
    const work = handle(request, response).catch(() => void response.destroy());
    busy.add(work);
    void work.then(() => busy.delete(work));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('the server is not listening');
  return `http://127.0.0.1:${address.port}`;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

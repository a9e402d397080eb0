/** One story with real processes and real doubles, and at most one of the processes killed in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { routeOf } from '../../../src/simulator/host/routes.ts';
import { type BotProcess, createBotProcess } from '../../doubles/bot-process.ts';
import { startNemoDouble } from '../../doubles/nemo/nemo-double.ts';
import { audit, signsOfWork } from './audit.ts';
import { gateOf } from './gates.ts';
import type { Place, PlaceKind } from './places.ts';
import { openAim, type Point } from './point.ts';
import type { StoreKind } from './stores.ts';
import { stepsFor, type Told, tell } from './story.ts';

export interface Setting {
  readonly place: PlaceKind;
  readonly store: StoreKind;
}

export interface Played {
  /** What was crossed, in order. */
  readonly crossings: readonly string[];
  /** The process was killed where it should be. */
  readonly reached: boolean;
  readonly offers: number;
  readonly faults: readonly string[];
  readonly output: readonly string[];
  readonly seconds: number;
}

/** Of one story; what takes longer hangs. */
const MOST_MS = 90_000;
/** Between the last end of a turn and the last call about it. */
const QUIET_MS = 5_000;

export async function play(
  { place: kind, store: storeKind }: Setting,
  point?: Point,
): Promise<Played> {
  const startedAt = performance.now();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'nemo-bot-crash-'));
  const aim = openAim(folder);
  const bots: BotProcess[] = [];
  const callers = {
    folder,
    pids: () => bots.flatMap(({ pid }) => pid ?? []),
  };
  const wasKilled = () => point !== undefined && aim.isTaken();
  const charged: string[] = [];
  const nemo = await startNemoDouble({
    goesOn: true,
    runs(text) {
      charged.push(text);
      return stepsFor(text);
    },
    gate: gateOf(aim, callers, ({ method, url }) => `nemo ${routeOf(method, url)?.name ?? 'file'}`),
  });
  const place = await kind.open(gateOf(aim, callers, kind.nameOf));
  const store = await storeKind.open(folder);
  const env = {
    NEMO_API_URL: nemo.url,
    NEMO_TOKEN: nemo.token,
    TIME_SCALE: '0.002',
    SHUTDOWN_GRACE_MS: '10000',
    LOG_LEVEL: 'debug',
    CRASH_FOLDER: folder,
    ...store.env,
    ...place.env,
  };
  for (let n = 0; n < storeKind.replicas; n += 1)
    bots.push(await createBotProcess(env, { imports: [storeKind.hook] }));
  let told: Told | undefined;
  let ending = false;
  const trouble = Promise.withResolvers<never>();
  trouble.promise.catch(() => undefined);
  const alive = new Set(bots);

  async function watch(bot: BotProcess): Promise<void> {
    for (;;) {
      const signal = await bot.over();
      if (ending) return;
      if (signal !== 'SIGKILL') throw new Error(`a process ended by itself: ${signal}`);
      alive.delete(bot);
      place.forget();
      if (!storeKind.restarts) return;
      await bot.start(store.afterCrash());
      alive.add(bot);
    }
  }

  const faults: string[] = [];
  let crossings: readonly string[] = [];
  let reached = false;
  try {
    await Promise.all(bots.map((bot) => bot.start()));
    await store.begin?.();
    for (const bot of bots) watch(bot).catch(trouble.reject);
    aim.begin(point);
    const end = delay(MOST_MS, 'hangs' as const, { ref: false });
    const telling = tell(place, (it) => {
      told = it;
    }).then(() => 'told' as const);
    const how = await Promise.race([telling, end, trouble.promise]);
    if (how === 'hangs') faults.push('it hangs');
    const unfinished = await settled(alive, startedAt + MOST_MS);
    // Nothing waits for what only adorns; it comes right behind.
    if (told) await quiet(place, told.thread);
    ending = true;
    for (const bot of alive) {
      const code = await bot.stop();
      // Some points are met on the way out, or as the last of all.
      const byUs = wasKilled() && (await bot.over()) === 'SIGKILL';
      if (code !== 0 && !byUs) faults.push(`a process ended with ${code}`);
    }
    const output = bots.flatMap((bot) => bot.output);
    if (told)
      faults.push(
        ...audit({ told, place, nemo, charged, unfinished, output, wasKilled: wasKilled() }),
      );
  } catch (error) {
    faults.push(String(error));
  } finally {
    ending = true;
    crossings = aim.crossings();
    reached = wasKilled();
    if (told && faults.length > 0)
      faults.push(
        ...place.posted(told.thread).map(({ text, buttons }) => `  | ${text} ${buttons}`),
      );
    await Promise.all(bots.map((bot) => bot.kill()));
    await store.close();
    await place.close();
    await nemo.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    crossings,
    reached,
    offers: told?.offers.length ?? 0,
    faults,
    output: bots.flatMap(({ output }) => output),
    seconds: (performance.now() - startedAt) / 1000,
  };
}

/** No sign of work is left in the thread, or not in time. */
async function quiet(place: Place, thread: string): Promise<void> {
  const until = performance.now() + QUIET_MS;
  while (performance.now() < until && signsOfWork(place, thread).length > 0) await delay(20);
}

/** Turns without an end, once there are none or the time is up. Whoever is asked may be killed meanwhile. */
async function settled(alive: ReadonlySet<BotProcess>, until: number): Promise<number> {
  for (;;) {
    const [bot] = alive;
    const left = bot ? await unfinishedOf(bot) : undefined;
    if (left === 0 || performance.now() > until) return left ?? Number.NaN;
    await delay(20);
  }
}

/** Undefined: it has been killed, and does not answer. */
async function unfinishedOf(bot: BotProcess): Promise<number | undefined> {
  const text = await fetch(`${bot.url}/metrics`).then(
    (answer) => answer.text(),
    () => undefined,
  );
  return text === undefined
    ? undefined
    : Number(/^nemo_bot_turns_unfinished (\d+)/m.exec(text)?.[1]);
}

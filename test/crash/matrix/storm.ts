/**
 * `npm run test:crash -- --storm`: many threads with a queue of messages each, several processes on one store, one of
 * which is killed now and then throughout. Every message is answered, once, in its thread's order.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BotProcess, createBotProcess } from '../../doubles/bot-process.ts';
import { openGate } from '../../doubles/gate.ts';
import { startNemoDouble } from '../../doubles/nemo/nemo-double.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { type Step, toolCall, toolResult } from '../../doubles/nemo/steps.ts';
import { createRandom } from '../../simulation/random.ts';
import type { Place, PlaceKind, Posted } from './places.ts';
import type { StoreKind } from './stores.ts';
import { isOffer, isVideo, OFFER } from './story.ts';

export interface Storm {
  readonly place: PlaceKind;
  readonly store: StoreKind;
  readonly processes: number;
  readonly threads: number;
  readonly perThread: number;
  /** So many in all. */
  readonly kills: number;
  readonly seed: number;
}

export interface Aftermath {
  readonly kills: number;
  readonly answered: number;
  readonly offers: number;
  readonly faults: readonly string[];
  readonly seconds: number;
}

/** Of all of it; what takes longer hangs. */
const MOST_MS = 15 * 60_000;

const LOOK_MS = 50;

/** The title that the nth message of a thread asks for, and that its answer shows. */
const titleOf = (thread: number, nth: number): string => `T${thread}-${nth}`;
const TITLE = /\bT\d+-\d+\b/;

function stepsFor(text: string): Step[] {
  const [title = 'none'] = TITLE.exec(text) ?? [];
  const draft = structuredClone(sampleDraft);
  for (const track of draft.t) for (const { m } of track.sg) if ('text' in m) m.text = title;
  return [
    toolCall('edit_multitrack', 'call-1'),
    { draft },
    toolResult('edit_multitrack', 'call-1'),
  ];
}

/** Which message an answer is to: its timeline shows the title. */
const answeredIn = ({ text }: Posted): string | undefined =>
  /Timeline \(/.test(text) ? /Title: "(T\d+-\d+)"/.exec(text)?.[1] : undefined;

export async function storm(wanted: Storm): Promise<Aftermath> {
  const startedAt = performance.now();
  const random = createRandom(wanted.seed);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'nemo-bot-storm-'));
  const paid: string[] = [];
  const nemo = await startNemoDouble({
    goesOn: true,
    runs(text) {
      paid.push(TITLE.exec(text)?.[0] ?? text);
      return stepsFor(text);
    },
  });
  const place = await wanted.place.open(openGate);
  const store = await wanted.store.open(folder);
  const env = {
    NEMO_API_URL: nemo.url,
    NEMO_TOKEN: nemo.token,
    // The fifteen minutes of a run are more than a busy machine stands still.
    TIME_SCALE: '0.02',
    MAX_RUNNING_TURNS: '8',
    SHUTDOWN_GRACE_MS: '10000',
    LOG_LEVEL: 'info',
    ...store.env,
    ...place.env,
  };
  const bots: BotProcess[] = [];
  for (let n = 0; n < wanted.processes; n += 1) bots.push(await createBotProcess(env));
  const up = new Set<BotProcess>();
  let over = false;
  let kills = 0;

  /** Kept up, and killed by chance as long as there is something to do. */
  async function keep(bot: BotProcess): Promise<void> {
    while (!over) {
      try {
        await bot.start();
      } catch (error) {
        if ((await bot.over()) !== 'SIGKILL') throw error;
        continue;
      }
      if (over) return void (await bot.kill());
      up.add(bot);
      const signal = await bot.over();
      up.delete(bot);
      if (!over && signal !== 'SIGKILL') throw new Error(`a process ended by itself: ${signal}`);
    }
  }
  /** The kth comes with so much of all that is to be answered: spread over the whole, however fast the machine is. */
  async function killThroughout(): Promise<void> {
    const all = wanted.threads * wanted.perThread;
    while (kills < wanted.kills && !over) {
      const due = ((kills + random.next()) / wanted.kills) * all;
      const answered = people.reduce((sum, one) => sum + one.answered(), 0);
      if (answered < due || up.size === 0) {
        await delay(25);
        continue;
      }
      await delay(random.between(0, 400));
      // One that is just starting is as good as any, now and then.
      const victim = random.chance(0.2)
        ? bots[random.below(bots.length)]
        : [...up][random.below(up.size)];
      if (over || !victim?.pid) continue;
      kills += 1;
      await victim.kill();
    }
  }

  const faults: string[] = [];
  const people: Person[] = [];
  try {
    const keeping = bots.map((bot) => keep(bot));
    while (up.size < bots.length) await delay(20);
    const killing = killThroughout();
    for (let n = 0; n < wanted.threads; n += 1) people.push(person(place, n, wanted.perThread));
    const talked = untilAll(people);
    const hangs = delay(MOST_MS, 'hangs' as const, { ref: false });
    const how = await Promise.race([talked, hangs, Promise.all(keeping)]);
    if (how === 'hangs') faults.push('it hangs');
    over = true;
    await killing;
    for (const bot of up) await bot.stop();
    await Promise.all(keeping);
  } catch (error) {
    faults.push(String(error));
  } finally {
    over = true;
    await Promise.all(bots.map((bot) => bot.kill()));
    await store.close();
    await place.close();
    await nemo.close();
    rmSync(folder, { recursive: true, force: true });
  }
  for (const one of people) faults.push(...one.audit());
  const twice = paid.filter((title, n) => paid.indexOf(title) !== n);
  if (twice.length > 0) faults.push(`paid for twice: ${twice}`);
  return {
    kills,
    answered: people.reduce((sum, one) => sum + one.answered(), 0),
    offers: people.reduce((sum, one) => sum + one.offers.size, 0),
    faults,
    seconds: Math.round((performance.now() - startedAt) / 1000),
  };
}

/** They look now and then, and not after each thing that happens to one of them. */
async function untilAll(people: readonly Person[]): Promise<void> {
  while (!people.map((one) => one.look()).every(Boolean)) await delay(LOOK_MS);
}

interface Person {
  /** Does what there is to do; true when all is answered. */
  look(): boolean;
  audit(): string[];
  answered(): number;
  readonly offers: ReadonlySet<string>;
}

/** Never more than so many messages without an answer. */
const AHEAD = 3;

function person(place: Place, number: number, messages: number): Person {
  const thread = place.begin(`A short film with the title ${titleOf(number, 1)}.`);
  let written = 1;
  let typing = false;
  const offers = new Set<string>();
  const answers = () => place.posted(thread).flatMap((post) => answeredIn(post) ?? []);
  const wanted = Array.from({ length: messages }, (_, n) => titleOf(number, n + 1));

  return {
    offers,
    answered: () => new Set(answers()).size,
    look() {
      const posted = place.posted(thread);
      for (const { id } of posted.filter(isOffer)) {
        if (offers.has(id)) continue;
        offers.add(id);
        place.press(thread, id, OFFER);
      }
      const had = new Set(posted.flatMap((post) => answeredIn(post) ?? [])).size;
      // The thread is there with its first answer.
      if (had > 0 && written < messages && written - had < AHEAD && !typing) {
        written += 1;
        typing = true;
        void place.go(thread, `Set the title to ${titleOf(number, written)}`).then(() => {
          typing = false;
        });
      }
      const working = posted.some(({ text }) =>
        /^(?:Working|On it|Setting up|Connecting)/.test(text),
      );
      return had === messages && posted.some(isVideo) && !working;
    },
    audit() {
      const found = answers();
      const faults: string[] = [];
      // What was offered to be tried again comes later than what was written behind it.
      const inOrder = offers.size > 0 ? found.toSorted(byNumber) : found;
      if (inOrder.join() !== wanted.join()) faults.push(`answers: ${found.join()}`);
      const videos = place.posted(thread).filter(isVideo).length;
      if (videos !== 1) faults.push(`${videos} videos in the thread of ${titleOf(number, 1)}`);
      return faults;
    },
  };
}

const byNumber = (one: string, other: string): number =>
  Number(one.split('-')[1]) - Number(other.split('-')[1]);

export function told(
  wanted: Storm,
  { kills, answered, offers, faults, seconds }: Aftermath,
): string {
  const { threads, perThread, processes, seed } = wanted;
  const head = `storm, ${wanted.store.name}, ${wanted.place.name}, seed ${seed}: ${processes} processes, ${kills} kills, ${answered} of ${threads * perThread} messages answered in ${threads} threads, ${offers} offers to try again, ${seconds} s`;
  return [head, ...faults.map((fault) => `  FAILED ${fault}`)].join('\n');
}

/** What people write and press in a simulated world, and how the chat hands it to the bot: at least once. */
import {
  type Attachment,
  type Button,
  type ButtonPress,
  type IncomingMessage,
  type Person,
  type ThreadRef,
  threadKey,
} from '../../src/platforms/chat.ts';
import { toMessageId } from '../../src/runtime/ids.ts';
import type { Books } from './books.ts';
import type { Chat, Post } from './chat.ts';
import { PLAY_MS } from './faults.ts';
import { actingAs } from './virtual-time.ts';
import type { Hired } from './worker.ts';
import type { World } from './world.ts';

/** A message or a press, as the audit asks after it. */
export interface Deed {
  readonly number: number;
  readonly kind: 'film' | 'batch' | 'export' | 'new' | 'word' | 'retry';
  readonly key: string;
  readonly thread: string;
  readonly by: string;
  readonly at: number;
  /** Videos asked for. */
  readonly videos: number;
  /** The bot has taken it in, and said so. */
  acked: boolean;
  /** When, and by which worker, it was first handed over. */
  first?: { readonly worker: string; readonly order: number; went: boolean };
}

export interface Stop {
  readonly by: string;
  readonly thread: string;
  readonly at: number;
  /** Of the message or press that said it. */
  readonly number: number;
  /** The turn that was running when the word was handed over. */
  readonly head: string | undefined;
  /** The turn that its button named. */
  readonly named: string | undefined;
}

export interface People {
  readonly deeds: Deed[];
  readonly stops: Stop[];
  /** Nobody has anything left to say, and all of it was handed over. */
  haveSpoken(): boolean;
}

export interface Surroundings {
  readonly world: World;
  readonly chat: Chat;
  readonly books: Books;
  /** Workers that take messages now. */
  readonly open: () => readonly Hired[];
}

const PEOPLE: readonly [Person, Person] = [
  { id: 'alice', name: 'Alice', locale: 'en' },
  { id: 'bob', name: 'Bob', locale: 'en' },
];

/** Slack takes an event for lost when nobody has taken it by then. */
const ACK_MS = 10_000;
/** Presses that answer to what the bot says; a conversation must come to an end. */
const MOST_PRESSES = 6;

export function invitePeople({ world, chat, books, open }: Surroundings): People {
  const random = world.random.fork('people');
  const deeds: Deed[] = [];
  const stops: Stop[] = [];
  let waiting = 0;
  let handed = 0;
  let presses = 0;

  const places = 1 + random.below(world.planted?.stops ? 1 : 3);
  const threads = Array.from(
    { length: places },
    (_, index): ThreadRef => ({
      platform: 'slack',
      workspace: 'T1',
      channel: 'C1',
      thread: `t${index + 1}`,
    }),
  );
  const personOf = () => random.pick(PEOPLE);

  function later(ms: number, deed: () => void): void {
    waiting += 1;
    world.time.after(ms, undefined, () => {
      waiting -= 1;
      deed();
    });
  }

  /** Until the bot has said that it has it. `again`: the chat repeats what was not taken. */
  function handOver(
    what: string,
    again: boolean,
    give: (worker: Hired) => Promise<void>,
    went: () => void,
  ): void {
    const workers = open();
    const worker = workers[random.below(Math.max(1, workers.length))];
    if (!worker) {
      later(500, () => handOver(what, again, give, went));
      return;
    }
    let over = false;
    const end = (taken: boolean, why: string) => {
      if (over) return;
      over = true;
      if (taken) return went();
      world.tell('chat', `${what} was not taken by ${worker.name}: ${why}`);
      if (again) later(random.between(500, 20_000), () => handOver(what, again, give, went));
    };
    world.tell('chat', `hands ${what} to ${worker.name}`);
    actingAs(worker, () => give(worker)).then(
      () => end(true, ''),
      (error: unknown) => end(false, error instanceof Error ? error.message : 'refused'),
    );
    later(ACK_MS, () => end(false, 'no answer'));
  }

  function write(
    kind: Exclude<Deed['kind'], 'retry'>,
    ref: ThreadRef,
    person: Person,
    word: string,
  ): void {
    const number = deeds.length + 1;
    const key = `slack:message:${number}`;
    const videos = kind === 'batch' ? 2 + random.below(2) : kind === 'film' ? 1 : 0;
    const deed: Deed = {
      at: world.time.monotonic(),
      number,
      kind,
      key,
      thread: threadKey(ref),
      by: person.id,
      videos,
      acked: false,
    };
    deeds.push(deed);
    const text =
      kind === 'film'
        ? `Please make a short film about film${number}`
        : kind === 'batch'
          ? `A video of every picture, film${number}`
          : word;
    const message: IncomingMessage = {
      key,
      messageId: toMessageId(`user-${number}`),
      thread: ref,
      author: person,
      text,
      attachments: kind === 'batch' ? pictures(number, videos) : [],
      ...(kind === 'batch' ? { each: true } : {}),
      sentAt: world.time.wall(),
    };
    world.tell(person.id, `writes #${number} in ${ref.thread}: "${text}"`);
    let tries = 0;
    const give = (worker: Hired) => {
      handed += 1;
      tries += 1;
      deed.first ??= { worker: worker.name, order: handed, went: false };
      if (word === 'stop') noteStop(number, threadKey(ref), person.id, undefined);
      return worker.conversation.inbox.receive(message);
    };
    const went = () => {
      if (tries === 1 && deed.first) deed.first.went = true;
      deed.acked = true;
    };
    handOver(`#${number}`, true, give, went);
    if (random.chance(world.faults.doubled)) {
      world.count('message doubled');
      later(random.between(0, 60_000), () =>
        handOver(`#${number} once more`, true, give, () => {}),
      );
    }
  }

  function pictures(number: number, count: number): Attachment[] {
    return Array.from({ length: count }, (_, index) => {
      const name = `each${number}-${index + 1}.jpg`;
      const content = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0]), Buffer.from(name)]);
      chat.files.set(name, content);
      return { id: name, name, bytes: content.length, mime: 'image/jpeg', locator: {} };
    });
  }

  function noteStop(number: number, thread: string, by: string, named: string | undefined): void {
    world.count('stop');
    stops.push({
      by,
      thread,
      number,
      at: world.time.monotonic(),
      head: books.head(thread)?.id,
      named,
    });
  }

  function press(post: Post, button: Button, person: Person): void {
    const { does } = button;
    if (!('action' in does) || post.deleted) return;
    presses += 1;
    const number = deeds.length + 1;
    const key = `slack:press:${number}`;
    const kind = does.action === 'retry' ? 'retry' : does.action === 'export' ? 'export' : 'word';
    const thread = post.thread;
    const deed: Deed = {
      number,
      kind,
      key,
      thread,
      by: person.id,
      at: world.time.monotonic(),
      videos: 0,
      acked: false,
    };
    deeds.push(deed);
    world.tell(person.id, `presses "${button.label}" under ${post.id} (#${number})`);
    // As from a message of the bot elsewhere in the channel: the client names the thread.
    const claims = random.chance(0.3);
    const give = (worker: Hired) => {
      if (does.action === 'stop') noteStop(number, thread, person.id, does.value);
      const event: ButtonPress = {
        key,
        action: does.action,
        value: does.value,
        person,
        platform: post.ref.platform,
        workspace: post.ref.workspace,
        channel: post.ref.channel,
        ...(claims ? { claim: { claimed: post.ref } } : { thread: post.ref }),
        respond: (message) =>
          worker.conversation &&
          chat.platformFor(worker).thread(post.ref).postPrivately(person.id, message),
      };
      return worker.conversation.inbox.press(event);
    };
    handOver(`press #${number}`, false, give, () => {
      deed.acked = true;
    });
    if (random.chance(world.faults.doubled)) {
      world.count('press doubled');
      later(random.between(0, 2_000), () =>
        handOver(`press #${number} once more`, false, give, () => {}),
      );
    }
  }

  const buttonOf = (post: Post, action: string): Button | undefined =>
    post.message.buttons?.find(({ does }) => 'action' in does && does.action === action);
  const requesterOf = (post: Post): Person =>
    PEOPLE.find(({ id }) => id === post.message.mention?.[0]) ?? personOf();

  chat.onPost((post) => {
    if (world.isCalm() || presses >= MOST_PRESSES) return;
    const [retry, exporting, stop] = [
      buttonOf(post, 'retry'),
      buttonOf(post, 'export'),
      buttonOf(post, 'stop'),
    ];
    if (retry && random.chance(0.4))
      later(random.between(1_000, 60_000), () => press(post, retry, requesterOf(post)));
    if (exporting && random.chance(0.12)) {
      const person = requesterOf(post);
      const at = random.between(0, 120_000);
      later(at, () => press(post, exporting, person));
      if (random.chance(0.3))
        later(at + random.between(0, 3_000), () => press(post, exporting, person));
    }
    if (stop && random.chance(0.08)) {
      const person = personOf();
      later(random.between(100, 120_000), () => press(post, stop, person));
    }
    // In the very moment in which the turn ends.
    if (post.key.endsWith(':answer') && random.chance(world.planted?.stops ? 0.8 : 0.1)) {
      const status = chat.visible(post.thread).find((it) => buttonOf(it, 'stop'));
      const button = status && buttonOf(status, 'stop');
      const person = requesterOf(post);
      if (status && button) later(random.between(20, 700), () => press(status, button, person));
      else later(random.between(20, 700), () => write('word', post.ref, person, 'stop'));
    }
  });

  const count = 1 + random.below(8);
  let at = 0;
  for (let n = 0; n < count; n += 1) {
    // In bursts, or one by one.
    at += random.chance(0.5)
      ? random.between(0, random.pick([2, 20, 200]))
      : random.between(0, PLAY_MS / 4);
    const ref = threads[random.below(threads.length)];
    const person = personOf();
    const chosen = random.weighted({ film: 60, batch: 10, export: 10, new: 4, word: 16 });
    const kind = world.planted?.batches && chosen === 'film' ? 'batch' : chosen;
    const word = kind === 'export' ? 'export' : kind === 'new' ? 'start over' : random.pick(WORDS);
    if (ref) later(at, () => write(kind, ref, person, word));
  }

  return { deeds, stops, haveSpoken: () => waiting === 0 };
}

const WORDS = ['status', 'credits', 'stop', 'help'] as const;

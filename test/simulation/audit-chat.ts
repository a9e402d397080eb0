/** What is left standing in the chat: each thing once, and nothing that speaks of work when there is none. */
import { FALLBACK } from '../../src/locales/locales.ts';
import { deedFinder, type Evidence, taskOf } from './audit.ts';
import { type Post, short } from './chat.ts';
import { LEASE_MS } from './world.ts';

/** A video of a batch that brings along what was said of it. */
const WITH_ANSWER = /^\*\*\d+ of \d+ — .*\.mp4\*\*\n\n/;
const UNEXPECTED = FALLBACK.words.unexpected;
/** What two processes are handed within it is in the order in which it reaches the store. */
const MOMENT_MS = 1;

export function auditChat(evidence: Evidence): void {
  const { house, books, people } = evidence;
  const { world, chat } = house;
  const turns = books.turns();
  const deedOf = deedFinder(evidence);
  const visible = chat.visible();
  const log = books.log();

  const byKey = new Map<string, Post[]>();
  for (const post of visible) byKey.set(post.key, [...(byKey.get(post.key) ?? []), post]);
  for (const [key, posts] of byKey) {
    const seen = posts.filter((post) => !wasUnderWay(post, posts));
    if (seen.length > 1)
      world.blame('everything is said once', `${key} stands there ${seen.length} times`);
  }

  const videos = visible.filter(
    ({ key }) => key.includes(':video-') || key.includes('video-render'),
  );
  // Who asks for it once more gets it once more, as a file where it has no link.
  const unasked = new Map<string, number>();
  for (const { key } of videos) {
    const turn = turns.find(({ id }) => key.startsWith(`${id}:`));
    if (turn && ['export', 'retry'].includes(taskOf(turn).type)) continue;
    const render = key.slice(key.indexOf('video-'));
    unasked.set(render, (unasked.get(render) ?? 0) + 1);
  }
  for (const [render, times] of unasked) {
    if (times > 1) world.blame('one delivery', `${render} was delivered ${times} times`);
  }
  // What one turn has ordered, its watcher's part included, comes once for each cut.
  const byOrder = new Map<string, number>();
  for (const { key } of videos) {
    const job = house.backend.jobs.find(({ id }) => key.endsWith(`video-${id}`));
    const turn = turns.find(({ id }) => key.startsWith(`${id}:`));
    const order = `${(turn && taskOf(turn).from) ?? turn?.id} ${job?.draft}`;
    byOrder.set(order, (byOrder.get(order) ?? 0) + 1);
  }
  for (const [order, times] of byOrder) {
    if (times > 1) world.blame('one delivery', `${order} was delivered ${times} times`);
  }
  for (const render of books.renders()) {
    const posted = videos.some(({ key }) => key.includes(`video-${render.id}`));
    const turn = turns.find(({ id }) => id === render.turn);
    if (render.phase === 'delivered' && !posted)
      world.blame('one delivery', `${render.id} is on record as delivered and is not there`);
    const open = ['submitting', 'rendering', 'ready'].includes(render.phase);
    if (open && !posted && turn && turn.phase === 'delivered')
      world.blame('one delivery', `${render.id} is ${render.phase}, and nobody looks after it`);
  }

  for (const turn of turns.filter(({ lane }) => lane === 'ordered')) {
    if (turn.finished_at === null) continue;
    const own = visible.filter(({ key }) => key.startsWith(`${turn.id}:`));
    const told = own.filter(({ key }) => !/:(?:status|notice-[\d-]*)$/.test(key));
    const { type } = taskOf(turn);
    if (told.length === 0 && type !== 'export')
      world.blame(
        'everybody is answered',
        `${type} ${turn.key} has ended as ${turn.phase} without a word`,
      );
    const answered = log.some(
      (row) => row.turn === turn.id && row.phase === 'answered' && row.old_phase !== 'answered',
    );
    const inherited = type === 'retry';
    if (
      answered &&
      !inherited &&
      turn.phase !== 'stopped' &&
      !own.some(({ key, message }) => key.endsWith(':answer') || WITH_ANSWER.test(message.text))
    )
      world.blame(
        'everybody is answered',
        `the answer of ${turn.key} is on record and was not said`,
      );
    if (turn.phase === 'stopped') auditStop(turn.id, turn.thread, turn.requester);
  }

  for (const post of visible) {
    const busy = post.message.buttons?.some(
      ({ does }) => 'action' in does && does.action === 'stop',
    );
    if (busy && !isEcho(post))
      world.blame('nothing is left hanging', `"${short(post.message.text)}" (${post.key})`);
    if (/:notice-[\d-]*$/.test(post.key))
      world.blame('nothing is left hanging', `"${short(post.message.text)}" (${post.key})`);
    if (post.message.text.includes(UNEXPECTED))
      world.blame(
        'nobody is given up for no reason',
        `"${short(post.message.text)}" (${post.key})`,
      );
  }
  // Nobody waits for a reaction, and none is on record: it is owed where nothing came in between.
  const { kills, stalls, lost, busy, chatAway, shutdowns } = world.faultsAtFirst;
  const owed = !kills && !stalls && !lost && !busy && chatAway.length + shutdowns.length === 0;
  for (const reaction of chat.reactions) {
    if (owed && reaction.endsWith(':queued'))
      world.blame('nothing is left hanging', `🕓 on ${reaction.split(':')[0]}`);
  }

  auditOrder();

  /**
   * A clock that jumps ends a lease in mid-call: who takes over looks for the post before it stands there, and the
   * chat brings the call to its end all the same.
   */
  function wasUnderWay({ calledAt, by, at }: Post, posts: readonly Post[]): boolean {
    const jumped = world.faultsAtFirst.jumps.some((jump) => jump.by >= LEASE_MS && jump.at <= at);
    return (
      jumped &&
      calledAt !== undefined &&
      posts.some((other) => other.by !== by && calledAt < other.at && other.at < at)
    );
  }

  /** A call from before a stall past the lease, which the platform itself repeated afterwards: nobody is asked. */
  function isEcho({ repeated }: Post): boolean {
    const worker = world.workers.find(({ name }) => name === repeated?.by);
    return Boolean(
      repeated &&
        worker?.naps.some(
          ({ from, to }) =>
            to - from > LEASE_MS && repeated.at >= to && repeated.at < to + LEASE_MS,
        ),
    );
  }

  /** It was running when its own person said stop. */
  function auditStop(id: string, thread: string, requester: string): void {
    // Said before the message itself was on record, or in the same moment to another process: the first there is first.
    const deed = deedOf(turns.find((turn) => turn.id === id));
    const number = deed?.number ?? 0;
    const meant = people.stops.some(
      (stop) =>
        stop.thread === thread &&
        stop.by === requester &&
        ((stop.named ?? stop.head) === id ||
          (!stop.head &&
            (number < stop.number || Math.abs((deed?.at ?? 0) - stop.at) < MOMENT_MS))),
    );
    if (!meant)
      world.blame('stop ends what it was said about', `${id} of ${requester} was stopped`);
  }

  /** Answers come in the order of their messages. */
  function auditOrder(): void {
    const place = new Map(turns.map(({ id }, index) => [id, index]));
    const last = new Map<string, number>();
    for (const post of chat.posts.filter(({ key }) => key.endsWith(':answer'))) {
      const turn = turns.find(({ id }) => post.key.startsWith(`${id}:`));
      const at = turn && place.get(turn.id);
      if (!turn || at === undefined) continue;
      if (at < (last.get(turn.thread) ?? -1))
        world.blame('one after the other', `the answer of #${deedOf(turn)?.number} came late`);
      last.set(turn.thread, Math.max(at, last.get(turn.thread) ?? -1));
    }
  }
}

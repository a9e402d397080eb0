/**
 * Where the platforms' messages come in. A message is in the ledger when `receive` resolves; what it
 * asks for is decided here, what is done about it in run-turn.ts.
 */
import type { Arrival, Lane } from '../ledger/ledger.ts';
import { type Inbox, type IncomingMessage, threadKey } from '../platforms/chat.ts';
import { capsOf } from './access.ts';
import { helpAnswer } from './immediate.ts';
import { type Append, createInteractions, type QuotaTask } from './interactions.ts';
import { type Task, writeJob } from './job.ts';
import { replyLanguage } from './language/language.ts';
import type { RecentThreads } from './recent-threads.ts';
import { type Asked, taskOf } from './task-of.ts';
import { adorn, type Deps, platformOf } from './turn-context.ts';
import { wordsFor } from './words/words.ts';

const ORDERED: ReadonlySet<Task['type']> = new Set(['request', 'retry', 'export', 'new']);

/** A home page is waited for; product time has no say in it. */
const OVERVIEW_MS = 10_000;

export function createInbox(deps: Deps, recent: RecentThreads): Inbox {
  const append: Append = async (message, asked) => {
    const lane: Lane = ORDERED.has(asked.task.type) ? 'ordered' : 'immediate';
    const arrival = arrivalOf(message, asked, lane);
    const appended = await deps.append(arrival, { caps: capsOf(deps, message.author) });
    switch (appended.outcome) {
      case 'known':
        return undefined;
      case 'over-quota':
        return {
          type: 'quota',
          wanted: asked.weight,
          left: appended.left,
          counts: asked.counts ?? 'requests',
        };
      case 'queue-full':
        throw new Error('the number of messages that wait in a thread was not limited');
    }
    if (lane === 'ordered' && appended.ahead > 0) await markQueued(message);
    return undefined;
  };

  async function markQueued({ messageId, thread }: IncomingMessage): Promise<void> {
    if (!messageId) return;
    await adorn(deps.log, () => platformOf(deps, thread).thread(thread).react(messageId, 'queued'));
  }

  return {
    async receive(message) {
      const asked = await taskOf(deps, message);
      const refusal: QuotaTask | undefined = asked && (await append(message, asked));
      if (refusal) await append(message, { task: refusal, weight: 0 });
    },

    ...createInteractions(deps, recent, append),

    knows: (thread) => deps.ledger.knows(threadKey(thread)),

    async overview(workspace, person) {
      const words = wordsFor(replyLanguage(person.locale ?? 'en'));
      // A home page without its credits is still a home page.
      const credits = await deps.nemo
        .credits(AbortSignal.timeout(OVERVIEW_MS))
        .then(words.credits, () => undefined);
      const { greeting, examples } = deps.profile.texts[words.language];
      return {
        language: words.language,
        greeting,
        examples,
        help: helpAnswer(deps, words).text,
        credits,
        recent: await recent.of(workspace, person.id),
      };
    },
  };
}

const NAME_LENGTH = 60;

function arrivalOf(message: IncomingMessage, asked: Asked, lane: Lane): Arrival {
  const { task, counts, weight } = asked;
  const { platform, workspace, channel, thread: ref } = message.thread;
  return {
    key: message.key,
    thread: { key: threadKey(message.thread), platform, workspace, channel, ref },
    lane,
    requester: message.author.id,
    payload: writeJob({ task, message }),
    counts,
    weight,
    name: (message.text.trim().split('\n')[0] ?? '').slice(0, NAME_LENGTH),
    // A word of help in passing does not make a stranger's thread one of ours; a greeting says "write here".
    opens: task.type === 'help' && message.begins,
  };
}

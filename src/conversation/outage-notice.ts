/**
 * What is told while nothing can be put on record. Where the message is kept, or sent again, by its
 * platform, it is told once per thread and outage, to whoever writes there first.
 */
import { type IncomingMessage, threadKey } from '../platforms/chat.ts';
import { localeOfJob } from './language/reply-language.ts';
import { type Deps, platformOf } from './turn-context.ts';

export interface OutageNotice {
  tell(message: IncomingMessage, comesAgain: boolean): void;
  /** Something could be written: what fails from now on is another outage. */
  over(): void;
}

/** In an outage of everything more threads than this are not told. */
const MOST_TOLD = 1_000;

export function createOutageNotice(deps: Deps): OutageNotice {
  const told = new Set<string>();

  return {
    tell(message, comesAgain) {
      const { thread, author } = message;
      const key = threadKey(thread);
      if (comesAgain) {
        if (told.has(key) || told.size >= MOST_TOLD) return;
        told.add(key);
      }
      deps.notices.run(key, comesAgain ? 'outage' : `outage ${message.key}`, async () => {
        const project = await deps.projects.of(thread);
        const words = localeOfJob({ task: { type: 'request' }, message }, project).words;
        const text = comesAgain ? words.cannotWrite : words.cannotWriteNow;
        await platformOf(deps, thread).thread(thread).postPrivately(author.id, { text });
      });
    },
    over: () => told.clear(),
  };
}

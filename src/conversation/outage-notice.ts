/**
 * What is told while nothing can be put on record: once per thread and outage, to whoever writes there
 * first. The message itself is kept, or sent again, by its platform.
 */
import type { IncomingMessage } from '../platforms/chat.ts';
import { threadKey } from '../platforms/chat.ts';
import { languageOfJob } from './language/speech.ts';
import { type Deps, platformOf } from './turn-context.ts';
import { wordsFor } from './words/words.ts';

export interface OutageNotice {
  tell(message: IncomingMessage): void;
  /** Something could be written: what fails from now on is another outage. */
  over(): void;
}

/** In an outage of everything more threads than this are not told. */
const MOST_TOLD = 1_000;

export function createOutageNotice(deps: Deps): OutageNotice {
  const told = new Set<string>();

  return {
    tell(message) {
      const { thread, author } = message;
      const key = threadKey(thread);
      if (told.has(key) || told.size >= MOST_TOLD) return;
      told.add(key);
      deps.notices.run(key, 'outage', async () => {
        const project = await deps.projects.of(thread);
        const { cannotWrite } = wordsFor(
          languageOfJob({ task: { type: 'request' }, message }, project),
        );
        const chat = platformOf(deps, thread).thread(thread);
        await chat.postPrivately(author.id, { text: cannotWrite });
      });
    },
    over: () => told.clear(),
  };
}

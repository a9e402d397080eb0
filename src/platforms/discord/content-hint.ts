/** What somebody reads in a thread of ours whose messages Discord gives us without their words. */
import { localeFor } from '../../locales/locales.ts';
import type { ThreadRef } from '../chat.ts';
import type { Send } from './posting.ts';
import { render } from './render-message.ts';
import type { Places, ThreadPlace } from './thread-places.ts';

export interface ContentHintDeps {
  readonly places: Places;
  readonly send: Send;
  readonly botId: () => string;
}

interface Where {
  readonly ref: ThreadRef;
  readonly place?: ThreadPlace | undefined;
  /** The message would begin the thread, which is made for the hint. */
  readonly fresh?: boolean;
}

/** Once per thread: without the intent nothing of a follow-up can be read. */
export function createContentHint({ places, send, botId }: ContentHintDeps) {
  return async (messageId: string, { ref, place: known, fresh }: Where): Promise<void> => {
    if (fresh) await places.spot(ref);
    const place = known ?? (await places.known(ref.thread));
    if (!place || place.hinted) return;
    // Of several processes that hear the same message one says so.
    let isFirst = false;
    await places.change(ref.thread, (before) => {
      isFirst = !before.hinted;
      return isFirst ? { ...before, hinted: true } : undefined;
    });
    if (!isFirst) return;
    const text = localeFor(undefined).discord.hintNoContent(botId());
    const { parts } = render({ text }, ref);
    const spot = await places.spot(ref);
    await send({ ...spot, body: parts[0], delivery: { key: `hint:${messageId}` } });
  };
}

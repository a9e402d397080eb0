/** A press on thumbs up or down under a video. Which video it is about is the client's claim. */
import { type ButtonPress, IN_A_FORM, type ThreadRef, threadKey } from '../../platforms/chat.ts';
import { toRenderId } from '../../runtime/ids.ts';
import type { InteractionContext } from '../interaction.ts';

/** What the two buttons say; ids of renders are short. */
const VOTE = /^(good|bad)\.([\w-]{1,80})$/;

export const voteValue = (vote: 'good' | 'bad', render: string): string => `${vote}.${render}`;

/** As the client says it; undefined for what is not of our making. */
export function readVote(
  value: string | undefined,
): { readonly good: boolean; readonly video: string } | undefined {
  const [, vote, video] = VOTE.exec(value ?? '') ?? [];
  return video === undefined ? undefined : { good: vote === 'good', video };
}

/** `thread` is the person's to use. */
export async function takeFeedback(
  { deps, words, event, signal, respond }: InteractionContext<ButtonPress>,
  thread: ThreadRef,
): Promise<void> {
  const { feedback: texts, button } = words;
  const vote = readVote(event.value);
  const video = vote && (await deps.ledger.render(toRenderId(vote.video)));
  if (!vote || video?.thread !== threadKey(thread)) return respond({ text: texts.gone });
  const { good } = vote;
  const { person } = event;
  const outcome = await deps.feedback.vote(
    { place: thread, video, person: person.id, good },
    signal,
  );
  if (outcome === 'same') return respond({ text: texts.known });
  deps.metrics.voted(thread.platform, good);
  if (good) return respond({ text: texts.thanks });
  await respond(
    {
      text: texts.sorry,
      buttons: [{ label: button.change, does: { action: 'change', value: IN_A_FORM } }],
    },
    thread,
  );
}

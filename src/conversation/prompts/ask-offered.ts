/**
 * A press on what was offered with an answer or a video: asked of the agent as a turn of its own, as whoever presses. Its
 * key is made of the turn that offers it and of the offer, so that two presses are one turn.
 */
import type { ButtonPress, ThreadRef } from '../../platforms/chat.ts';
import type { TurnId } from '../../runtime/ids.ts';
import { asMessage, type InteractionContext, notTaken, type Put, saying } from '../interaction.ts';
import { readNotes } from '../notes.ts';
import { putOnce } from '../put-once.ts';
import { type Asked, taskFromMessage } from '../task-from-message.ts';
import type { Whose } from '../verify-thread-claim.ts';
import { type Offer, readOffer, shapeNamed } from './buttons.ts';

type Pressed = InteractionContext<ButtonPress>;

/** `thread` is the person's to use; which turn offers what is the client's claim. */
export async function askOffered(
  pressed: Pressed,
  { put, whose }: { readonly put: Put; readonly whose: Pick<Whose, 'turnOf'> },
  thread: ThreadRef,
): Promise<void> {
  const { deps, words, event, respond } = pressed;
  const offer = readOffer(event.value);
  const turn = offer && (await whose.turnOf(thread, offer.turn));
  const asked = offer && turn && (await askedFor(pressed, turn, offer));
  if (!asked) return respond({ text: words.offerGone });
  const { text, task } = asked;
  const key = `offer:${turn}:${offer.what}`;
  const message = { ...asMessage(deps, event, thread, saying(text)), key };
  const known = await taskFromMessage(deps, message, task);
  if (!known) return respond({ text: words.offerGone });
  const outcome = await putOnce(deps, put, message, known);
  if (outcome === 'known') return respond({ text: words.offerTaken });
  if (outcome !== 'new') return respond(notTaken(deps, words, outcome, event.platform));
}

async function askedFor(
  { deps, words, event }: Pressed,
  turn: TurnId,
  { what }: Offer,
): Promise<{ readonly text: string; readonly task: Asked['task'] } | undefined> {
  if (event.action === 'shape') {
    const shape = shapeNamed(what);
    return shape && { text: words.shapeWish[shape], task: { type: 'request', exports: true } };
  }
  const offering = await deps.ledger.turn(turn);
  const { prompts = [] } = offering ? readNotes(offering.notes, offering.phase) : {};
  const text = /^\d{1,2}$/.test(what) ? prompts[Number(what)] : undefined;
  return text === undefined ? undefined : { text, task: { type: 'request' } };
}

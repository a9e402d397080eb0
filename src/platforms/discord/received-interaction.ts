import type { Inbox, Person } from '../chat.ts';
import { placeOf } from './interaction-place.ts';
import type { InteractionReply } from './interaction-reply.ts';
import type { InteractionPayload } from './payloads.ts';

/** One interaction with all that its handling needs; nothing in it has to be looked up. */
export interface ReceivedInteraction {
  readonly interaction: InteractionPayload;
  readonly person: Person;
  readonly answer: InteractionReply;
  readonly key: string;
}

/** Before a form is shown, which has to be the first answer; whoever may not use the bot here is told instead. */
export async function turnsAway(inbox: Inbox, it: ReceivedInteraction): Promise<boolean> {
  const { interaction, person, answer } = it;
  const may = await inbox.mayBegin({ person, place: placeOf(interaction) });
  if (typeof may === 'string') return false;
  if (await answer.acknowledge({ type: 'later' })) await answer.respond(may.refused, undefined);
  return true;
}

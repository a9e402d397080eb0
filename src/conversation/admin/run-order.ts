/**
 * The desk, and what is done from it. Whoever presses may be anybody, and what the button says made up: at each act it
 * is asked whether the person is an admin, and whether what is named is of the workspace that they administer.
 */
import type { Words } from '../../locales/locale.ts';
import type { ButtonPress, Command, OutgoingMessage, Person, Place } from '../../platforms/chat.ts';
import { toTurnId } from '../../runtime/ids.ts';
import { isAdmin, isOperator } from '../access.ts';
import { answerBrand } from '../brand/answer-brand.ts';
import type { InteractionContext } from '../interaction.ts';
import type { Deps } from '../turn-context.ts';
import { deskMessage } from './desk.ts';
import { type Order, orderIn } from './orders.ts';

export async function answerDesk(
  asked: InteractionContext<ButtonPress | Command>,
  text: string | undefined,
): Promise<void> {
  const { deps, words, event, respond } = asked;
  const { person } = event;
  if (!isAdmin(deps, person)) return respond({ text: words.adminsOnly });
  const order = orderIn(text, event.channel);
  if (!order) return respond({ text: words.admin.unknown });
  if (order.type === 'brand') return answerBrand(asked, order);
  if (order.type === 'rules') return respond({ text: words.admin.hint });
  const operator = isOperator(deps, person, event);
  if ('everywhere' in order && order.everywhere && !operator)
    return respond({ text: words.admin.operatorsOnly });
  const done = await carryOut(deps, words, event, order);
  const { platform, workspace } = event;
  const desk = await deskMessage(deps, words, {
    workspace: { platform, workspace },
    everywhere: order.type === 'look' && order.everywhere,
    isOperator: operator,
  });
  await respond(done === undefined ? desk : joined(done, desk));
}

const joined = (done: string, desk: OutgoingMessage): OutgoingMessage => ({
  ...desk,
  text: `${done}\n\n${desk.text}`,
});

/** Undefined where nothing was to be done. */
async function carryOut(
  deps: Deps,
  { admin: says }: Words,
  event: Place & { readonly person: Person },
  order: Exclude<Order, { type: 'brand' | 'rules' }>,
): Promise<string | undefined> {
  const { person, platform, workspace } = event;
  switch (order.type) {
    case 'look':
      return undefined;
    case 'pause':
    case 'resume': {
      const pause = order.type === 'pause';
      const by = pause ? { by: person.id, at: deps.clock.now() } : undefined;
      const where = order.everywhere ? 'everywhere' : { platform, workspace };
      const changed = await deps.desk.pause(where, by);
      if (changed) logged(deps, person, order.type, where === 'everywhere' ? where : workspace);
      return pause ? says.isPaused : says.isResumed;
    }
    case 'stop':
      return stopTurn(deps, says, event, order.turn);
    case 'rule': {
      const { ruling, what, id } = order;
      const outcome = await deps.desk.rule({ platform, workspace }, what, id, ruling);
      if (outcome === 'full') return says.listFull;
      if (outcome === 'done') logged(deps, person, `${ruling} ${what}`, id);
      return says.ruled(ruling, what, id);
    }
  }
}

/**
 * Marks it: whoever works on it is interrupted, and where nobody does, it is ended in words by whoever takes it up
 * next. It is never begun anew, since every worker sees the mark with its claim.
 */
async function stopTurn(
  deps: Deps,
  says: Words['admin'],
  event: Place & { readonly person: Person },
  named: string,
): Promise<string> {
  const turn = await deps.ledger.turn(toTurnId(named));
  const place = turn && (await deps.ledger.thread(turn.thread));
  const isHere = place?.platform === event.platform && place.workspace === event.workspace;
  if (!turn || !(isHere || isOperator(deps, event.person, event))) return says.noTurn;
  const stopped = await deps.ledger.requestStop(turn.id, event.person.id);
  if (!stopped) return says.overAlready;
  deps.interrupt(stopped.id);
  logged(deps, event.person, 'stop', stopped.id);
  return says.stops;
}

/** Who has done it is the operator's to know. */
const logged = ({ log }: Deps, { id }: Person, what: string, where: string): void =>
  log.info('an admin has decided', { by: id, what, where });

/**
 * Forgetting on request: a card says how much it is, and a second press does it. A card is good for an hour and for one
 * time; whether its person may is asked at the press, whatever the card says.
 */
import { randomUUID } from 'node:crypto';
import type { Scope } from '../../ledger/forgetting.ts';
import type { ForgetCard } from '../../locales/en/data.ts';
import { type Button, type ButtonPress, type Command, threadKey } from '../../platforms/chat.ts';
import { within } from '../../runtime/deadline.ts';
import { isAdmin } from '../access.ts';
import type { InteractionContext } from '../interaction.ts';
import { NAMELESS, shownName } from '../language/shown-name.ts';
import type { Whose } from '../verify-thread-claim.ts';
import { readAsked, type Subject, subjectIn, writeAsked } from './asked.ts';
import type { Erasure } from './erasures.ts';
import { NEMO_PRIVACY } from './nemo-pages.ts';

type Asked = InteractionContext<ButtonPress | Command>;

/** What may be forgotten for this person, decided at the act. */
interface Target extends Pick<Erasure, 'thread'> {
  readonly what: ForgetCard['what'];
}

const CARD_MS = 3_600_000;
/** Real milliseconds that the answer waits for the deed; what takes longer goes on without it. */
const WAIT_MS = 20_000;
/** In direct messages everybody's lie beside each other: there is no workspace that anybody administers. */
const DIRECT = 'dm';
const LONGEST_LABEL = 40;

export async function commandForget(asked: InteractionContext<Command>, whose: Whose) {
  const { event, words, respond } = asked;
  const subject = subjectIn(event.argument);
  if (!subject) return respond({ text: words.data.whichForget, buttons: general(asked) });
  if (subject === 'thread' && !event.thread && !event.claim) return offerProjects(asked, whose);
  return showCard(asked, whose, subject);
}

export async function pressForget(asked: InteractionContext<ButtonPress>, whose: Whose) {
  const { event, deps, words, respond } = asked;
  const wanted = readAsked(event.value);
  if (wanted.at === undefined) return showCard(asked, whose, wanted.subject);
  const age = deps.clock.now() - wanted.at;
  if (!(age >= 0 && age < CARD_MS)) return respond({ text: words.data.cardOld });
  // The card's, and no other's: what it was about is gone by the second press, and is not looked for any more.
  const name = `${event.platform} ${event.person.id} ${writeAsked(wanted)}`;
  if (await deps.erasures.isDone(name)) return respond({ text: words.data.forgottenBefore });
  const target = await targetOf(asked, whose, wanted.subject);
  if (!target) return;
  await forgetNow(asked, target, name);
}

async function forgetNow(asked: Asked, target: Target, name: string): Promise<void> {
  const { event, deps, words, respond } = asked;
  const { person, platform, workspace } = event;
  const { what, thread } = target;
  const by = { id: person.id, ...(person.locale ? { locale: person.locale } : {}) };
  const place = thread ?? event.thread;
  const doing = deps.erasures.now(name, {
    ...{ what, platform, workspace, by },
    ...(place ? { thread: place } : {}),
  });
  const done = await within(WAIT_MS, 'later', () => doing, deps.timers);
  if (done === 'later') {
    // It is on record: where it fails now somebody comes round to it.
    doing.catch((error) => deps.log.error('something could not be forgotten yet', { error }));
    return respond({ text: words.data.forgetting });
  }
  return respond({ text: done ? words.data.forgotten : words.data.forgottenBefore });
}

/** Undefined: its person has been told why not. */
async function targetOf(asked: Asked, whose: Whose, subject: Subject): Promise<Target | undefined> {
  const { event, deps, words, respond, signal } = asked;
  const { person } = event;
  if (subject === 'mine') return { what: 'mine' };
  if (subject === 'workspace') {
    if (isAdmin(deps, person) && event.workspace !== DIRECT) return { what: 'workspace' };
    await respond({ text: words.data.adminsForget });
    return undefined;
  }
  const thread = await whose.of(event, signal);
  if (!thread) {
    await respond({ text: words.noThread });
    return undefined;
  }
  const key = threadKey(thread);
  const shared = await deps.ledger.othersTookPart(key, person.id);
  const whole = !shared || isAdmin(deps, person);
  if (whole || (await deps.ledger.tookPart(key, person.id)))
    return { what: whole ? 'thread' : 'part', thread };
  await respond({ text: words.data.notYours });
  return undefined;
}

async function showCard(asked: Asked, whose: Whose, subject: Subject): Promise<void> {
  const { event, deps, words, respond } = asked;
  const target = await targetOf(asked, whose, subject);
  if (!target) return;
  const { what, thread } = target;
  const record = await deps.ledger.onRecord(scopeOf(event, target));
  if (record.turns === 0 && record.threads === 0) return respond({ text: words.data.nothing });
  const text = words.data.card({
    ...record,
    what,
    messages: deps.platforms.get(event.platform)?.forget !== undefined,
    page: NEMO_PRIVACY,
  });
  const value = writeAsked({ subject, at: deps.clock.now(), mark: randomUUID().slice(0, 8) });
  const confirm: Button = {
    label: words.data.confirm[what],
    style: 'danger',
    does: { action: 'forget', value, ...(thread ? { about: thread } : {}) },
  };
  await respond({ text, buttons: [confirm] }, thread);
}

const scopeOf = (
  { platform, workspace, person }: Asked['event'],
  { what, thread }: Target,
): Scope => {
  if (!thread) return what === 'mine' ? { platform, person: person.id } : { platform, workspace };
  const key = threadKey(thread);
  return what === 'part' ? { thread: key, person: person.id } : { thread: key };
};

/** A command that was given in no thread may mean any of a person's. */
async function offerProjects(asked: InteractionContext<Command>, whose: Whose): Promise<void> {
  const { event, words, respond, signal } = asked;
  const { here, elsewhere } = await whose.around(event, signal);
  const projects = [...here, ...elsewhere].map(({ thread, name }) => ({
    label: shownName(name, LONGEST_LABEL) || NAMELESS,
    does: { action: 'forget', value: writeAsked({ subject: 'thread' }), about: thread } as const,
  }));
  await respond({ text: words.data.whichForget, buttons: [...projects, ...general(asked)] });
}

function general({ deps, words, event }: Asked): Button[] {
  const offer = (subject: 'mine' | 'workspace'): Button => ({
    label: words.data.offers[subject],
    does: { action: 'forget', value: writeAsked({ subject }) },
  });
  const isTheirs = isAdmin(deps, event.person) && event.workspace !== DIRECT;
  return [offer('mine'), ...(isTheirs ? [offer('workspace')] : [])];
}

/** A plan as its thread reads it: short enough for one message anywhere, so that it can be edited when it is over. Pure. */
import type { Words } from '../../locales/locale.ts';
import { LOCALES } from '../../locales/locales.ts';
import { escapeMarkup } from '../../markdown/escape.ts';
import type { Button, OutgoingMessage } from '../../platforms/chat.ts';
import type { TurnId } from '../../runtime/ids.ts';
import type { Estimate } from '../cost/estimate.ts';
import { shownName } from '../language/shown-name.ts';
import { type Plan, type PlanReason, videosOf, WISHES } from './plan.ts';

const MOST_PARTS = 10;
const MOST_FILES = 6;
const MOST_ADDED = 4;
/** In characters, and in UTF-16 units. */
const LONGEST_PART = 60;
const LONGEST_ADDED = 80;

export interface Card {
  readonly words: Words;
  readonly plan: Plan;
  /** The turn that shows it. */
  readonly turn: TurnId;
  readonly why: PlanReason;
  /** Undefined: not known, and not said. */
  readonly estimate: Estimate | undefined;
  readonly available: number | undefined;
}

export function planCard({ words, plan, turn, why, estimate, available }: Card): OutgoingMessage {
  const says = words.plan;
  const { seconds, shape, music, title } = plan.wishes;
  const open = WISHES.filter((wish) => plan.wishes[wish] === undefined);
  const files = plan.files.slice(0, MOST_FILES).map(({ name, use }) => says.file(name, use));
  const added = plan.added.slice(-MOST_ADDED).map(short);
  const facts = [
    seconds === undefined ? undefined : says.length(seconds),
    shape === undefined ? undefined : says.shape(shape),
    music === undefined ? undefined : says.music(music),
    title === undefined ? undefined : says.title(title),
    plan.brand === undefined ? undefined : says.brand(plan.brand),
    ...files,
    plan.files.length > MOST_FILES ? says.moreFiles(plan.files.length - MOST_FILES) : undefined,
    added.length > 0 ? says.added(added) : undefined,
    open.length > 0 && plan.kind === 'video' ? says.open(open) : undefined,
  ];
  const cost = [
    estimate && says.cost(estimate.credits, estimate.minutes),
    available === undefined ? undefined : says.balance(available),
  ];
  const blocks = [
    joined(
      [
        says.heading(plan.kind, videosOf(plan)),
        says.notYet,
        why === 'asked' || why === 'approval' ? undefined : says.why[why],
      ],
      ' ',
    ),
    partsOf({ words, plan }),
    joined(facts, '\n'),
    joined(cost, ' '),
    plan.approve ? says.approve : undefined,
    says.ask,
  ];
  return { text: joined(blocks, '\n\n'), buttons: buttonsOf(words, turn) };
}

/** What it said, without what is true only of a plan that can still be made; in whichever language that was. */
export function closedCard(text: string, ended: string): string {
  const open = LOCALES.flatMap(({ words: { plan } }) => [
    ` ${plan.notYet}`,
    `\n\n${plan.approve}`,
    `\n\n${plan.ask}`,
  ]);
  return `${open.reduce((rest, it) => rest.replace(it, ''), text)}\n\n${ended}`;
}

const joined = (parts: readonly (string | undefined)[], by: string): string =>
  parts.filter((part) => part).join(by);

/** Numbered as in the script: a change that leaves one out does not rename the others. */
function partsOf({
  words: { plan: says },
  plan,
}: Pick<Card, 'words' | 'plan'>): string | undefined {
  const kept = plan.parts.flatMap((part, index) =>
    part.out ? [] : [{ ...part, number: index + 1 }],
  );
  if (kept.length === 0) return undefined;
  // No list: Markdown would number the others anew where one is left out.
  const lines = kept.slice(0, MOST_PARTS).map(({ number, text }) => {
    const words = escapeMarkup(shownName(text, LONGEST_PART, 2 * LONGEST_PART));
    return `**${number}** · ${words}`;
  });
  const head = plan.several ? says.videos(kept.length) : says.scenes(kept.length);
  const more = kept.length > MOST_PARTS ? [`… ${says.more(kept.length - MOST_PARTS)}`] : [];
  return [head, ...lines, ...more].join('\n');
}

const short = (words: string): string =>
  escapeMarkup(shownName(words, LONGEST_ADDED, 2 * LONGEST_ADDED));

function buttonsOf({ plan: says }: Words, turn: TurnId): Button[] {
  return [
    { label: says.make, style: 'primary', does: { action: 'make-plan', value: turn } },
    { label: says.change, does: { action: 'change-plan', value: turn } },
    { label: says.cancel, does: { action: 'cancel-plan', value: turn } },
  ];
}

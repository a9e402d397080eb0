/** What an admin sees: what runs and waits, who has spent what, whether the bot is paused, and buttons for all of it. */
import type { OpenTurn, Scope, Share, Turn } from '../../ledger/ledger.ts';
import type { Words } from '../../locales/locale.ts';
import { type Button, ChatError, type OutgoingMessage } from '../../platforms/chat.ts';
import { within } from '../../runtime/deadline.ts';
import type { ThreadKey } from '../../runtime/ids.ts';
import { startOfMonth } from '../cost/usage.ts';
import { monthOf } from '../feedback/feedback.ts';
import { type Job, jobIn } from '../job.ts';
import { nameInText } from '../language/shown-name.ts';
import type { Deps } from '../turn-context.ts';
import type { Standing, Workspace } from './desk-rules.ts';
import { RULED } from './rulings.ts';

const MOST_TURNS = 20;
const MOST_SHARES = 10;
const MOST_IDS = 20;
/** Real milliseconds that the addresses of threads are waited for. */
const GLANCE_MS = 2_000;

export interface Sight {
  readonly workspace: Workspace;
  /** All workspaces are looked at. */
  readonly everywhere: boolean;
  /** Whoever looks may pause all. */
  readonly isOperator: boolean;
}

export async function deskMessage(
  deps: Deps,
  words: Words,
  { workspace, everywhere, isOperator }: Sight,
): Promise<OutgoingMessage> {
  const says = words.admin;
  const { platform, workspace: id } = workspace;
  const scope: Scope = everywhere ? 'everywhere' : { platform, workspace: id };
  const since = startOfMonth(deps.clock.now());
  const month = monthOf(deps.clock.now());
  const [standing, open, people, channels, votes] = await Promise.all([
    deps.desk.of(workspace),
    deps.ledger.open(scope, MOST_TURNS),
    deps.ledger.shares(scope, 'person', since, MOST_SHARES),
    deps.ledger.shares(scope, 'channel', since, MOST_SHARES),
    everywhere ? undefined : deps.feedback.of(workspace, month),
  ]);
  // Those at work first: it is they that an admin looks for.
  const turns = [...open.newest].sort((one, other) => Number(other.atWork) - Number(one.atWork));
  const lines = await Promise.all(turns.map((it, index) => turnLine(deps, words, it, index + 1)));
  const spent = await Promise.all([
    Promise.all(people.map((share) => personOf(deps, share))),
    Promise.all(channels.map((share) => channelOf(deps, share))),
  ]);
  const blocks = [
    [says.heading(everywhere), says.standing(standing.paused)].join('\n'),
    [
      says.turns(open.count),
      ...lines,
      open.count > lines.length ? says.moreTurns(open.count - lines.length) : undefined,
    ],
    [says.spent, says.people(spent[0]), spent[1].length > 0 ? says.channels(spent[1]) : undefined],
    votes && votes.good + votes.bad > 0 ? [says.votes(votes.good, votes.bad)] : [],
    everywhere ? [] : rulesOf(words, standing),
    [says.hint],
  ];
  const text = blocks
    .map((block) => (typeof block === 'string' ? block : block.filter(Boolean).join('\n')))
    .filter(Boolean)
    .join('\n\n');
  return { text, buttons: buttonsOf(words, standing, turns, { everywhere, isOperator }) };
}

async function turnLine(
  deps: Deps,
  words: Words,
  { turn, atWork }: OpenTurn,
  number: number,
): Promise<string> {
  const says = words.admin;
  const job = jobIn(turn.payload);
  const known = await deps.ledger.thread(turn.thread);
  const link = await addressOf(deps, turn.thread);
  const name = nameInText(known?.name ?? job?.message.text ?? '');
  return says.turn({
    number,
    thread: link ? `[${name}](${link})` : name,
    person: nameInText(await nameOf(deps, turn, job)),
    phase: turn.stopRequested
      ? says.stopping
      : atWork
        ? says.phases[turn.phase]
        : turn.phase === 'accepted'
          ? says.waits
          : says.waitsAgain,
    ms: deps.clock.elapsed(turn.acceptedAt),
  });
}

/** Undefined where it is not there at once: it only adorns. */
async function addressOf(deps: Deps, key: ThreadKey): Promise<string | undefined> {
  const known = await deps.ledger.thread(key);
  const platform = known && deps.platforms.get(known.platform);
  if (!platform) return undefined;
  const { platform: name, workspace, channel, ref: thread } = known;
  return within(
    GLANCE_MS,
    undefined,
    () =>
      platform.linkTo({ platform: name, workspace, channel, thread }).catch((error: unknown) => {
        if (!(error instanceof ChatError)) throw error;
        deps.log.debug('the address of a thread could not be had', { error });
        return undefined;
      }),
    deps.timers,
  );
}

/** Undefined where it is not there at once: it only adorns. */
async function nameOf(deps: Deps, turn: Turn, job: Job | undefined): Promise<string> {
  const { author, thread } = job?.message ?? {};
  if (author?.name !== undefined || !thread) return author?.name ?? turn.requester;
  const look = async () =>
    deps.platforms.get(turn.platform)?.nameOf?.(thread.workspace, author?.id ?? '');
  return (await within(GLANCE_MS, undefined, look, deps.timers)) ?? turn.requester;
}

/** By the last thing they asked. */
async function personOf(deps: Deps, { of, turn, credits }: Share) {
  const found = await deps.ledger.turn(turn);
  const name = found && (await nameOf(deps, found, jobIn(found.payload)));
  return { name: nameInText(name ?? of), credits };
}

/** A channel's name is the platform's affair; the last thread in it leads there. */
async function channelOf(deps: Deps, { of, turn, credits }: Share) {
  const found = await deps.ledger.turn(turn);
  const link = found && (await addressOf(deps, found.thread));
  return { name: link ? `[${nameInText(of)}](${link})` : nameInText(of), credits };
}

const rulesOf = ({ admin: says }: Words, { rules }: Standing): string[] =>
  RULED.flatMap((what) =>
    (['denied', 'allowed'] as const).flatMap((list) => {
      const ids = rules[what][list];
      const shown = ids.slice(-MOST_IDS).map((id) => `\`${id}\``);
      return ids.length > 0 ? [says.listed(what, list, shown, ids.length - shown.length)] : [];
    }),
  );

function buttonsOf(
  { admin: says }: Words,
  { paused }: Standing,
  turns: readonly OpenTurn[],
  { everywhere, isOperator }: Omit<Sight, 'workspace'>,
): Button[] {
  const button = (label: string, value: string, style?: Button['style']): Button => ({
    label,
    ...(style ? { style } : {}),
    does: { action: 'desk', value },
  });
  const here = paused ? !paused.everywhere : false;
  const all = paused?.everywhere ?? false;
  const looks = isOperator
    ? [everywhere ? button(says.button.here, '') : button(says.button.everywhere, 'everywhere')]
    : [button(says.button.refresh, '')];
  return [
    ...(all
      ? []
      : [
          here
            ? button(says.button.resume, 'resume', 'primary')
            : button(says.button.pause, 'pause'),
        ]),
    ...(isOperator
      ? [
          all
            ? button(says.button.resumeAll, 'resume everywhere', 'primary')
            : button(says.button.pauseAll, 'pause everywhere'),
        ]
      : []),
    ...looks,
    button(says.button.brand, 'brand'),
    button(says.button.rules, 'rules'),
    ...turns.flatMap(({ turn }, index) =>
      turn.stopRequested ? [] : [button(says.button.stop(index + 1), `stop ${turn.id}`, 'danger')],
    ),
  ];
}

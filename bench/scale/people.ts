/**
 * Threads of people in many workspaces, each of whom writes the next message when the last one has been answered. Times are
 * those that Slack gives its messages, so that how often they are looked at does not matter.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { SlackDouble } from '../../test/doubles/slack/slack-double.ts';
import { BOT_USER, type SeenMessage } from '../../test/doubles/slack/world.ts';

export interface Wanted {
  readonly workspaces: number;
  readonly threads: number;
  readonly conversations: number;
  /** Threads in which somebody waits for an answer. */
  readonly atOnce: number;
  readonly until: number;
}

export interface Talked {
  /** Milliseconds from a message to the bot's first message after it, and to the answer. */
  readonly signs: number[];
  readonly answers: number[];
  readonly unanswered: number;
  /** Deliveries that had to be made again. */
  readonly again: number;
  readonly seconds: number;
}

const LOOK_MS = 10;
/** As often as Slack sends an event again that was not acknowledged, or whose connection was lost. */
const RETRIES = 3;

export const teamOf = (n: number): string => `T0W${String(n).padStart(4, '0')}`;
/** What a message is known by in its answer. */
export const TITLE = /\bM\d+-\d+\b/;

const ms = (ts: string): number => Number(ts) * 1000;

/** Channels and people of all workspaces; tokens come with the installations. */
export function settle(slack: SlackDouble, workspaces: number): void {
  for (let n = 0; n < workspaces; n += 1) {
    const channel = `C0W${n}`;
    slack.channels.set(channel, { id: channel, name: `c${n}`, member: true, archived: false });
    for (const who of ['A', 'B', 'C'])
      slack.users.set(`U0W${n}${who}`, { id: `U0W${n}${who}`, name: `${who} ${n}` });
  }
}

export async function talk(slack: SlackDouble, wanted: Wanted): Promise<Talked> {
  const startedAt = performance.now();
  const signs: number[] = [];
  const answers: number[] = [];
  const again = { times: 0 };
  let unanswered = 0;
  let next = 0;

  async function thread(number: number): Promise<void> {
    const per = Math.ceil(wanted.conversations / wanted.threads);
    const workspace = number % wanted.workspaces;
    const channel = `C0W${workspace}`;
    const by = `U0W${workspace}${'ABC'[number % 3]}`;
    let root: string | undefined;
    for (let nth = 0; nth < per; nth += 1) {
      if (number * per + nth >= wanted.conversations) return;
      const title = `M${number}-${nth}`;
      const ts = await write(slack, { team: teamOf(workspace), channel, by, root, title, again });
      root ??= ts;
      const seen = await answered(root, ts, title);
      if (!seen) {
        unanswered += 1;
        return;
      }
      signs.push(ms(seen.sign.ts) - ms(ts));
      answers.push(ms(seen.answer.ts) - ms(ts));
    }
    forget(slack, root);
  }

  async function answered(root: string, ts: string, title: string) {
    for (;;) {
      const ours = slack.messages.filter(
        (m) => m.bot && m.thread_ts === root && Number(m.ts) > Number(ts),
      );
      const answer = ours.find(({ text }) => text.includes('<@') && text.includes(title));
      if (ours[0] && answer) return { sign: ours[0], answer };
      if (performance.now() > wanted.until) return undefined;
      await delay(LOOK_MS);
    }
  }

  async function person(): Promise<void> {
    while (next < wanted.threads && performance.now() < wanted.until) {
      next += 1;
      await thread(next - 1);
    }
  }

  await Promise.all(Array.from({ length: Math.min(wanted.atOnce, wanted.threads) }, person));
  const seconds = (performance.now() - startedAt) / 1000;
  return { signs, answers, unanswered, again: again.times, seconds };
}

interface Message {
  readonly team: string;
  readonly channel: string;
  readonly by: string;
  readonly root: string | undefined;
  readonly title: string;
  readonly again: { times: number };
}

/** A mention, with its two events, begins a thread; later messages need none. */
async function write(
  slack: SlackDouble,
  { team, channel, by, root, title, again }: Message,
): Promise<string> {
  const asked = `Tell me what you would change about ${title}.`;
  const text = root === undefined ? `<@${BOT_USER}> ${asked}` : asked;
  const message: SeenMessage = {
    ts: slack.nextTs(),
    channel,
    ...(root ? { thread_ts: root } : {}),
    user: by,
    bot: false,
    text,
    blocks: [],
    versions: [text],
    deleted: false,
    files: [],
    reactions: new Set(),
  };
  slack.messages.push(message);
  const { ts } = message;
  const parent = root ? { thread_ts: root, parent_user_id: by } : {};
  const event = { channel, user: by, text, ts, event_ts: ts, team, ...parent };
  const envelope = {
    team_id: team,
    authorizations: [
      {
        team_id: team,
        enterprise_id: null,
        user_id: BOT_USER,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
  };
  const deliver = async (given: Record<string, unknown>): Promise<void> => {
    for (let retry = 0; retry <= RETRIES; retry += 1) {
      const delivered = await slack.event(given, envelope, retry).catch(() => undefined);
      if (delivered?.acked) return;
      again.times += 1;
    }
  };
  if (root === undefined) await deliver({ type: 'app_mention', ...event });
  await deliver({ type: 'message', channel_type: 'channel', ...event });
  return ts;
}

/** The double looks through all it has for every call: what is over goes. */
function forget(slack: SlackDouble, root: string | undefined): void {
  slack.calls.length = 0;
  slack.lines.length = 0;
  if (root === undefined) return;
  // The bot may still be at the last edit of the status message.
  setTimeout(() => {
    slack.messages.splice(
      0,
      slack.messages.length,
      ...slack.messages.filter((m) => m.ts !== root && m.thread_ts !== root),
    );
  }, 5_000).unref();
}

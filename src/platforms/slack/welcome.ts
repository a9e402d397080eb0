/**
 * Whoever installs the app is told how to begin, once, in their own messages. Who that is only an installation by OAuth
 * tells: of a token that the operator has set nobody knows whose it is, and nobody is written to.
 */
import { z } from 'zod';
import { localeFor } from '../../locales/locales.ts';
import type { Log } from '../../runtime/log.ts';
import type { State } from '../../state/state.ts';
import type { OperatorLinks } from '../platform-module.ts';
import { createGreetings, greetingShape } from '../shared/greet-once.ts';
import type { WebCalls } from './api-calls.ts';
import type { CommandNames } from './command-names.ts';
import { isMissing } from './errors.ts';
import type { People } from './people.ts';
import { inPlainerForms } from './plainer-forms.ts';
import { render } from './render-message.ts';

export interface Welcome {
  /** Before the installation is kept: from then on it is said, now or when the person comes by. */
  want(workspace: string, installer: string): Promise<void>;
  /** Never rejects: an installation without it is an installation. */
  say(workspace: string, installer: string): Promise<void>;
  /** The person has come to our direct messages: what could not be said before is. */
  cameBy(workspace: string, person: string, channel: string): Promise<void>;
}

export interface WelcomeDeps {
  readonly calls: WebCalls;
  readonly people: Pick<People, 'person'>;
  readonly state: State;
  readonly names: CommandNames;
  readonly links: OperatorLinks;
  readonly log: Log;
}

/** Who installs it anew after that is a new installer. Real milliseconds. */
const KEPT_MS = 90 * 86_400_000;
const EVENT_TYPE = 'nemo_bot_welcome';
/** Messages of the conversation in which an earlier attempt is looked for. */
const LOOKED_THROUGH = 20;

const seen = z.object({
  messages: z.array(z.object({ metadata: z.object({ event_type: z.string() }).nullish() })),
});

export function createWelcome(deps: WelcomeDeps): Welcome {
  const { calls, people, state, names, links, log } = deps;
  const greetings = createGreetings(state.map('slack-welcome', greetingShape, { ttlMs: KEPT_MS }));
  const keyOf = (workspace: string, person: string): string => `${workspace}:${person}`;

  async function post(workspace: string, installer: string): Promise<void> {
    const { locale } = await people.person(workspace, installer);
    const { slack, words } = localeFor(locale);
    const { install } = slack;
    const text = [install.welcome(install.steps(names)), words.about.links(links)];
    const place = { platform: 'slack', workspace, channel: installer };
    for (const part of render({ text: text.filter(Boolean).join('\n\n') }, place)) {
      await inPlainerForms(part, (form) =>
        calls(
          workspace,
          (client, token) =>
            client.chat.postMessage({
              token,
              channel: installer,
              ...form(part),
              metadata: { event_type: EVENT_TYPE, event_payload: {} },
              unfurl_links: false,
              unfurl_media: false,
            }),
          // Whether it came through is looked at when there is a place to look.
          { attempts: 1 },
        ),
      );
    }
  }

  async function isThere(workspace: string, channel: string): Promise<boolean> {
    try {
      const answer = await calls(workspace, (client, token) =>
        client.conversations.history({
          token,
          channel,
          limit: LOOKED_THROUGH,
          include_all_metadata: true,
        }),
      );
      return seen
        .parse(answer)
        .messages.some(({ metadata }) => metadata?.event_type === EVENT_TYPE);
    } catch (error) {
      if (!isMissing(error)) throw error;
      return false;
    }
  }

  /** Without `channel` nobody can look whether it is there: then the next occasion that has one says it. */
  async function sayIn(workspace: string, person: string, channel?: string): Promise<void> {
    try {
      await greetings.say(keyOf(workspace, person), async (again) => {
        if (again && channel && (await isThere(workspace, channel))) return;
        await post(workspace, person);
      });
    } catch (error) {
      log.warn('who installed the Slack app could not be greeted yet', { workspace, error });
    }
  }

  return {
    want: (workspace, installer) => greetings.want(keyOf(workspace, installer)),
    say: (workspace, installer) => sayIn(workspace, installer),
    async cameBy(workspace, person, channel) {
      if (await greetings.isOpen(keyOf(workspace, person))) await sayIn(workspace, person, channel);
    },
  };
}

/** The app's own page, and what greets a person who opens the conversation with it. */

import type { App, types } from '@slack/bolt';
import { shownName } from '../../conversation/language/shown-name.ts';
import type { SlackWords } from '../../locales/en/slack.ts';
import { localeFor } from '../../locales/locales.ts';
import type { Inbox, Overview } from '../chat.ts';
import type { OpenAccountForm } from './account-form.ts';
import type { WebCalls } from './api-calls.ts';
import type { CommandNames } from './command-names.ts';
import type { OpenForm } from './forms.ts';
import { linkTo } from './links.ts';
import type { People } from './people.ts';
import { escapeText } from './render-message.ts';
import type { Welcome } from './welcome.ts';
import type { Workspaces } from './workspaces.ts';

export interface HomeDeps {
  readonly inbox: Inbox;
  readonly people: People;
  readonly calls: WebCalls;
  readonly workspaces: Workspaces;
  readonly openForm: OpenForm;
  readonly openAccountForm: OpenAccountForm;
  readonly names: CommandNames;
  readonly welcome: Pick<Welcome, 'cameBy'>;
}

const NEW_VIDEO_BUTTON = 'home_new_video';
const ACCOUNT_BUTTON = 'home_account';
const OPEN_BUTTON = /^home_open_/;
/** Slack shows four prompts. */
const MOST_PROMPTS = 4;

export function listenToHome(app: App, deps: HomeDeps): void {
  app.event('app_home_opened', async ({ event, context, body }) => {
    const workspace = context.teamId ?? body.team_id;
    const person = await deps.people.person(workspace, event.user);
    const overview = await deps.inbox.overview({ platform: 'slack', workspace }, person);
    if (event.tab === 'home') await publishHome(deps, workspace, person.id, overview);
    else {
      await deps.welcome.cameBy(workspace, person.id, event.channel);
      await suggestPrompts(deps, workspace, event.channel, overview);
    }
  });

  app.action(NEW_VIDEO_BUTTON, async ({ ack, body, context }) => {
    await ack();
    if (!('trigger_id' in body) || typeof body.trigger_id !== 'string') return;
    await deps.openForm(
      context.teamId ?? body.team?.id ?? '',
      body.user.id,
      body.trigger_id,
      undefined,
    );
  });

  app.action(ACCOUNT_BUTTON, async ({ ack, body, context }) => {
    await ack();
    if (!('trigger_id' in body) || typeof body.trigger_id !== 'string') return;
    const workspace = context.teamId ?? body.team?.id ?? '';
    await deps.openAccountForm(workspace, body.user.id, body.trigger_id, undefined);
  });

  // A link opens by itself, but Slack still waits for somebody to take notice.
  app.action(OPEN_BUTTON, async ({ ack }) => {
    await ack();
  });
}

async function suggestPrompts(
  { calls }: HomeDeps,
  workspace: string,
  channel: string,
  overview: Overview,
): Promise<void> {
  const [first, ...more] = overview.examples.slice(0, MOST_PROMPTS).map((message) => ({
    title: message.length > 60 ? `${message.slice(0, 59)}…` : message,
    message,
  }));
  if (!first) return;
  await calls(
    workspace,
    (client, token) =>
      client.assistant.threads.setSuggestedPrompts({
        token,
        channel_id: channel,
        title: localeFor(overview.language).slack.promptsTitle,
        prompts: [first, ...more],
      }),
    { attempts: 3 },
  );
}

async function publishHome(
  deps: HomeDeps,
  workspace: string,
  user: string,
  overview: Overview,
): Promise<void> {
  const recent = await Promise.all(
    overview.recent.map(async ({ thread, name, at }) => ({
      name,
      at,
      link: await linkTo(deps.workspaces, thread),
    })),
  );
  const view = homeView(localeFor(overview.language).slack, overview, recent, deps.names);
  await deps.calls(
    workspace,
    (client, token) => client.views.publish({ token, user_id: user, view }),
    { attempts: 4 },
  );
}

interface Project {
  readonly name: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly link: string | undefined;
}

/** Pure. */
function homeView(
  texts: SlackWords,
  overview: Overview,
  recent: readonly Project[],
  names: CommandNames,
): types.HomeView {
  const header = (text: string): types.HeaderBlock => ({
    type: 'header',
    text: { type: 'plain_text', text },
  });
  if (overview.refused !== undefined) {
    const text = { type: 'plain_text', text: overview.refused } as const;
    return { type: 'home', blocks: [{ type: 'section', text }] };
  }
  return {
    type: 'home',
    blocks: [
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: NEW_VIDEO_BUTTON,
            style: 'primary',
            text: { type: 'plain_text', text: texts.newVideo },
          },
          {
            type: 'button',
            action_id: ACCOUNT_BUTTON,
            text: { type: 'plain_text', text: texts.account.title },
          },
        ],
      },
      ...(recent.length > 0 ? [] : firstSteps(texts, names)),
      header(texts.home.credits),
      {
        type: 'section',
        text: { type: 'plain_text', text: overview.credits ?? texts.home.noCredits },
      },
      header(texts.home.recent),
      ...(recent.length > 0
        ? recent.map((project, index) => projectRow(texts, project, index))
        : [{ type: 'section', text: { type: 'mrkdwn', text: texts.home.none } } as const]),
      header(texts.home.howTo),
      { type: 'section', text: { type: 'mrkdwn', text: toMrkdwn(overview.help).slice(0, 3000) } },
      { type: 'section', text: { type: 'mrkdwn', text: toMrkdwn(texts.commands(names)) } },
    ],
  };
}

/** For who has no project yet. */
const firstSteps = ({ install }: SlackWords, names: CommandNames): types.KnownBlock[] => [
  { type: 'header', text: { type: 'plain_text', text: install.stepsTitle } },
  {
    type: 'section',
    text: {
      type: 'mrkdwn',
      text: toMrkdwn(
        install
          .steps(names)
          .map((step, at) => `${at + 1}. ${step}`)
          .join('\n'),
      ),
    },
  },
];

/** Home pages know no markdown block; help texts use no more than bold type, lists and code. */
const toMrkdwn = (markdown: string): string =>
  escapeText(markdown)
    .replace(/\*\*(.+?)\*\*/g, '*$1*')
    .replace(/^- /gm, '• ');

function projectRow(
  texts: SlackWords,
  { name, at, link }: Project,
  index: number,
): types.SectionBlock {
  const seconds = Math.floor(at / 1000);
  return {
    type: 'section',
    fields: [
      { type: 'plain_text', text: shownName(name) || '…' },
      {
        type: 'mrkdwn',
        text: `<!date^${seconds}^{date_short_pretty} {time}|${new Date(at).toISOString().slice(0, 10)}>`,
      },
    ],
    ...(link
      ? {
          accessory: {
            type: 'button',
            action_id: `home_open_${index}`,
            url: link,
            text: { type: 'plain_text', text: texts.home.open },
          },
        }
      : {}),
  };
}

/** `npm run setup` for Slack: makes the app or points to the page for it, and tries each token as it is typed. */
import { z } from 'zod';
import type { Prompts } from '../../runtime/prompts.ts';
import { sentencesOf } from '../../settings/fields.ts';
import type { SetUp, SetUpOrder } from '../platform-module.ts';
import { appIdIn, checkAppToken, checkBotToken, type Identity } from './check-tokens.ts';
import { type SlackManifest, slackManifest } from './manifest.ts';
import { createApp } from './manifest-calls.ts';
import { plainCall } from './plain-call.ts';
import { appSettings, slackFields } from './settings.ts';

const APPS = 'https://api.slack.com/apps';
const PATIENCE_MS = 15_000;
const patience = () => AbortSignal.timeout(PATIENCE_MS);

const address = z.object({ SLACK_API_URL: slackFields.SLACK_API_URL });

export async function setUpSlack({ prompts, given, greeting }: SetUpOrder): Promise<SetUp> {
  const apiUrl = address.safeParse(given).data?.SLACK_API_URL;
  const app = appSettings.safeParse(given);
  if (!app.success) throw new Error(sentencesOf(app.error).join('; '));
  const { prefix, reactions, oauth } = app.data;
  const isSocket = given['SLACK_MODE'] !== 'http';
  if (!isSocket) {
    prompts.say(
      'SLACK_MODE is http: the steps for that are in README.md ("By HTTP instead"). Here only the bot token is asked for.',
    );
  } else if (!given['SLACK_BOT_TOKEN']) {
    await makeApp(prompts, slackManifest({ mode: 'socket', oauth, prefix, reactions }), apiUrl);
  }
  const values: Record<string, string> = {};
  const checked = { apiUrl, reactions: reactions ? ['any'] : [] };
  if (isSocket) {
    prompts.say(
      `App-level token: ${APPS}, your app, "Basic Information", "App-Level Tokens", "Generate Token and Scopes", add connections:write.`,
    );
    const token = await askToken(prompts, {
      name: 'SLACK_APP_TOKEN',
      begins: 'xapp-',
      present: given['SLACK_APP_TOKEN'],
      check: async (token) => [await checkAppToken(checked, token, patience())],
    });
    values['SLACK_APP_TOKEN'] = token;
    const id = appIdIn(token);
    prompts.say(
      `Bot token: ${id ? `${APPS}/${id}/install-on-team` : `${APPS}, your app, "Install App"`}, "Install to Workspace", "Allow", then copy the Bot User OAuth Token.`,
    );
  }
  let identity: Identity | undefined;
  const botToken = await askToken(prompts, {
    name: 'SLACK_BOT_TOKEN',
    begins: 'xoxb-',
    present: given['SLACK_BOT_TOKEN'],
    async check(token) {
      const found = await checkBotToken(checked, token, patience());
      identity = found.identity;
      return found.findings;
    },
  });
  values['SLACK_BOT_TOKEN'] = botToken;
  const user = identity?.user_id;
  const channel = await chooseChannel(prompts, { apiUrl, token: botToken });
  if (channel === undefined || user === undefined) return { values };
  return {
    values,
    async greet() {
      const text = greeting(`<@${user}>`);
      const sent = await plainCall('chat.postMessage', {
        ...{ apiUrl, token: botToken, signal: patience() },
        args: { channel: channel.id, text },
      });
      if (!sent.ok) throw new Error(`Slack refuses the first message (${sent.error})`);
      return `#${channel.name} in Slack`;
    },
  };
}

/** With a configuration token the app is made here; else by a link that has the manifest in it. */
async function makeApp(
  prompts: Prompts,
  manifest: SlackManifest,
  apiUrl: string | undefined,
): Promise<void> {
  const byHand = `${APPS}?new_app=1&manifest_json=${encodeURIComponent(JSON.stringify(manifest))}`;
  prompts.say(
    `Slack can make the app by itself with a configuration token (${APPS}, "Your App Configurations Tokens", "Generate Token"). It is not kept.`,
  );
  let made: { readonly appId: string } | undefined;
  await prompts.secret(
    'Configuration token (xoxe.xoxp-…; Enter alone: make the app on a page)',
    async (token) => {
      // Asked again after Enter was pressed twice, it must not make two.
      if (token === '' || made) return undefined;
      const result = await createApp({ apiUrl, token, signal: patience() }, manifest);
      if ('failed' in result) return `Slack refuses (${result.failed})`;
      made = result;
      return undefined;
    },
  );
  if (made)
    prompts.say(
      `Made the app ${made.appId}: ${APPS}/${made.appId}/general (should you begin anew, press Enter alone at the configuration token).`,
    );
  else
    prompts.say(`Make the app here ("Next", "Create"), or take one that you have made:\n${byHand}`);
}

interface TokenQuestion {
  readonly name: 'SLACK_APP_TOKEN' | 'SLACK_BOT_TOKEN';
  readonly begins: string;
  readonly present: string | undefined;
  readonly check: (
    token: string,
  ) => Promise<readonly { ok: boolean; what: string; hint?: string | undefined }[]>;
}

async function askToken(prompts: Prompts, question: TokenQuestion): Promise<string> {
  const { name, begins, present, check } = question;
  let good: readonly string[] = [];
  const keeps = present ? '; Enter alone keeps the present one' : '';
  const answer = await prompts.secret(`${name} (${begins}…${keeps})`, async (typed) => {
    const token = typed || present;
    if (!token?.startsWith(begins)) return `it begins with ${begins}`;
    const findings = await check(token);
    good = findings.filter(({ ok }) => ok).map(({ what }) => what);
    const problems = findings.filter(({ ok }) => !ok);
    return problems.length === 0
      ? undefined
      : problems.map(({ what, hint }) => `${what}: ${hint ?? ''}`).join('\n');
  });
  for (const line of good) prompts.say(`✔ ${line}`);
  return answer || (present ?? '');
}

const channelList = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string().default('') })).default([]),
});
const NONE = 'none';
const AGAIN = 'again';

async function chooseChannel(
  prompts: Prompts,
  access: { readonly apiUrl: string | undefined; readonly token: string },
) {
  prompts.say('In the channel for the first message write: /invite @nemo');
  for (;;) {
    const channels = await channelsOf(prompts, access);
    const chosen = await prompts.choose('Where shall the bot say hello?', [
      ...channels.map(({ id, name }) => ({ value: id, name: `#${name}` })),
      { value: AGAIN, name: 'Look again (after /invite @nemo)' },
      { value: NONE, name: 'Nowhere' },
    ]);
    if (chosen === NONE) return undefined;
    const channel = channels.find(({ id }) => id === chosen);
    if (channel) return channel;
  }
}

/** None where Slack does not say: then there is still "Look again". */
async function channelsOf(
  prompts: Prompts,
  access: { readonly apiUrl: string | undefined; readonly token: string },
) {
  try {
    const { ok, error, body } = await plainCall('users.conversations', {
      ...access,
      signal: patience(),
      args: { types: 'public_channel,private_channel', exclude_archived: 'true', limit: '200' },
    });
    if (ok) return channelList.parse(body).channels;
    prompts.say(`! Slack does not list the bot's channels (${error}).`);
  } catch (error) {
    prompts.say(`! Slack does not list the bot's channels (${String(error)}).`);
  }
  return [];
}

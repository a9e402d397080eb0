/** `npm run setup` for Discord: tries the token as it is typed, sets what can be set, and shows the link that invites. */
import { z } from 'zod';
import type { Prompts } from '../../runtime/prompts.ts';
import type { SetUp, SetUpOrder } from '../platform-module.ts';
import { type Application, appFindings, lookAtApp } from './check-app.ts';
import { checkInstallSettings, setInstallSettings } from './check-install.ts';
import { lookAtServers } from './check-servers.ts';
import { inviteLink } from './invite-link.ts';
import { plainCall } from './plain-call.ts';
import { type DiscordSettings, discordFields } from './settings.ts';

const PORTAL = 'https://discord.com/developers/applications';
const PATIENCE_MS = 20_000;
const patience = () => AbortSignal.timeout(PATIENCE_MS);
const address = z.object({ DISCORD_API_URL: discordFields.DISCORD_API_URL });

export async function setUpDiscord({ prompts, given, greeting }: SetUpOrder): Promise<SetUp> {
  const apiUrl = address.safeParse(given).data?.DISCORD_API_URL;
  const { token, app } = await askToken(prompts, given['DISCORD_TOKEN'], apiUrl);
  const settings = { token, apiUrl };
  for (const { weak, what, hint } of appFindings(app))
    prompts.say(`${weak ? '!' : '✔'} ${what}${weak ? `: ${hint}` : ''}`);
  if (!checkInstallSettings(app, settings).ok) {
    const may = await prompts.confirm(
      'Set the install settings of the application ("Add App": contexts, scopes, permissions) to what the bot needs?',
    );
    if (may) await set(prompts, settings, app);
  }
  prompts.say(`Invite the bot to your server: ${inviteLink(app.id)}`);
  const place = await choosePlace(prompts, settings, app.id);
  const values = { DISCORD_TOKEN: token };
  if (place === undefined) return { values };
  return {
    values,
    async greet() {
      await plainCall('POST', `/channels/${place.id}/messages`, {
        settings,
        signal: patience(),
        body: { content: greeting(`<@${app.id}>`), allowed_mentions: { parse: [] } },
      });
      return `${place.name} in Discord`;
    },
  };
}

async function askToken(
  prompts: Prompts,
  present: string | undefined,
  apiUrl: string | undefined,
): Promise<{ readonly token: string; readonly app: Application }> {
  prompts.say(
    `Bot token: ${PORTAL}, "New Application" (or yours), "Bot", "Reset Token". On the same page switch "Message Content Intent" on.`,
  );
  let app: Application | undefined;
  const keeps = present ? ' (Enter alone keeps the present one)' : '';
  const typed = await prompts.secret(`DISCORD_TOKEN${keeps}`, async (answer) => {
    const token = answer || present;
    if (!token) return 'without it there is no bot';
    const look = await lookAtApp({ token, apiUrl }, patience());
    if ('refused' in look) return `${look.refused.what}: ${look.refused.hint}`;
    app = look.app;
    return undefined;
  });
  if (!app) throw new Error('DISCORD_TOKEN was not looked at');
  return { token: typed || (present ?? ''), app };
}

type Access = Pick<DiscordSettings, 'token' | 'apiUrl'>;

const NONE = 'none';
const AGAIN = 'again';

async function choosePlace(prompts: Prompts, settings: Access, bot: string) {
  for (;;) {
    const places = await placesOf(prompts, settings, bot);
    const chosen = await prompts.choose('Where shall the bot say hello?', [
      ...places.map(({ id, name }) => ({ value: id, name })),
      { value: AGAIN, name: 'Look again (after the invitation)' },
      { value: NONE, name: 'Nowhere' },
    ]);
    if (chosen === NONE) return undefined;
    const place = places.find(({ id }) => id === chosen);
    if (place) return place;
  }
}

/** None where Discord does not say: then there is still "Look again". */
async function placesOf(prompts: Prompts, settings: Access, bot: string) {
  try {
    const { servers } = await lookAtServers({ settings, signal: patience() }, bot);
    return servers.flatMap((server) =>
      server.places
        .filter(({ lacks }) => !lacks.includes('Send Messages'))
        .map(({ id, name }) => ({ id, name: `#${name} of ${server.name}` })),
    );
  } catch (error) {
    prompts.say(`! The bot's servers cannot be listed: ${reasonOf(error)}`);
    return [];
  }
}

async function set(prompts: Prompts, settings: Access, app: Application): Promise<void> {
  try {
    await setInstallSettings(settings, patience(), app);
    prompts.say('✔ The install settings are set');
  } catch (error) {
    prompts.say(
      `! The install settings are not set: ${reasonOf(error)}. "npm run doctor -- --fix" tries again.`,
    );
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** The application behind the token: intents, and what the portal's pages say of it. For the doctor, and for `setup`. */
import { z } from 'zod';
import { type Finding, weak, well, wrong } from '../../runtime/finding.ts';
import { DiscordRefused, plainCall } from './plain-call.ts';
import type { DiscordSettings } from './settings.ts';

const installParams = z
  .object({ scopes: z.array(z.string()).default([]), permissions: z.string().default('0') })
  .nullish();

const application = z.object({
  id: z.string(),
  name: z.string(),
  flags: z.number().default(0),
  bot_public: z.boolean().default(true),
  bot_require_code_grant: z.boolean().default(false),
  interactions_endpoint_url: z.string().nullish(),
  description: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  integration_types_config: z
    .record(z.string(), z.object({ oauth2_install_params: installParams }))
    .nullish(),
});
export type Application = z.infer<typeof application>;

export type AppLook = { readonly app: Application } | { readonly refused: Finding };

export async function lookAtApp(
  settings: Pick<DiscordSettings, 'token' | 'apiUrl'>,
  signal: AbortSignal,
): Promise<AppLook> {
  try {
    const told = await plainCall('GET', '/applications/@me', { settings, signal });
    return { app: application.parse(told) };
  } catch (error) {
    if (!(error instanceof DiscordRefused)) throw error;
    return { refused: refusal(error) };
  }
}

const refusal = ({ status, message }: DiscordRefused): Finding =>
  status === 401
    ? wrong(
        'Discord refuses DISCORD_TOKEN',
        'https://discord.com/developers/applications, your application, "Bot", "Reset Token", copy it again (it is neither the client secret nor the public key)',
      )
    : wrong(message, 'try again later; https://discordstatus.com');

/** GATEWAY_MESSAGE_CONTENT, and its form for apps in few servers. */
const MESSAGE_CONTENT_FLAGS = (1 << 18) | (1 << 19);

export const portalPage = (app: Application, page: string): string =>
  `https://discord.com/developers/applications/${app.id}/${page}`;

export function appFindings(app: Application): readonly Finding[] {
  const findings = [
    well(`Discord knows the bot as ${app.name}`),
    (app.flags & MESSAGE_CONTENT_FLAGS) !== 0
      ? well('Discord Message Content Intent is on')
      : weak(
          'Discord Message Content Intent is off',
          `the bot answers mentions, replies, direct messages and commands only. To switch it on: ${portalPage(app, 'bot')}`,
        ),
  ];
  if (app.interactions_endpoint_url)
    findings.push(
      wrong(
        'Discord sends commands and buttons to an address of its own ("Interactions Endpoint URL"), and none of them to the bot',
        `empty that field: ${portalPage(app, 'information')}`,
      ),
    );
  if (app.bot_require_code_grant)
    findings.push(
      wrong(
        '"Requires OAuth2 Code Grant" is on: the invite link does not bring the bot in',
        `switch it off: ${portalPage(app, 'bot')}`,
      ),
    );
  if (!app.bot_public)
    findings.push(
      well('The bot is not public', 'only its owner can invite it, which may be meant so'),
    );
  return findings;
}

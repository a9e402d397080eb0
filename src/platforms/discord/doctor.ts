/** What the doctor asks Discord: is the token good, which intents are on, and where is the invite link? */
import { z } from 'zod';
import type { Finding } from '../../runtime/finding.ts';
import { inviteLink } from './invite-link.ts';
import type { DiscordSettings } from './settings.ts';

const application = z.object({ id: z.string(), name: z.string(), flags: z.number().default(0) });

/** GATEWAY_MESSAGE_CONTENT, and its form for apps in few servers. */
const MESSAGE_CONTENT_FLAGS = (1 << 18) | (1 << 19);

export async function checkDiscord(
  settings: DiscordSettings,
  signal: AbortSignal,
): Promise<Finding[]> {
  const base = settings.apiUrl ?? 'https://discord.com/api';
  const response = await fetch(`${base}/v10/applications/@me`, {
    headers: { authorization: `Bot ${settings.token}` },
    signal,
  });
  if (response.status === 401) {
    return [
      {
        ok: false,
        what: 'Discord refuses DISCORD_TOKEN',
        hint: 'developer portal, your application, "Bot", "Reset Token", copy it again',
      },
    ];
  }
  if (!response.ok)
    return [
      {
        ok: false,
        what: `Discord answers with status ${response.status}`,
        hint: 'try again later',
      },
    ];
  const app = application.parse(await response.json());
  return [
    { ok: true, what: `Discord knows the bot as ${app.name}` },
    (app.flags & MESSAGE_CONTENT_FLAGS) !== 0
      ? { ok: true, what: 'Discord Message Content Intent is on' }
      : {
          ok: true,
          what: 'Discord Message Content Intent is off',
          hint: 'the bot answers mentions, replies, direct messages and commands only. To switch it on: developer portal, your application, "Bot"',
        },
    { ok: true, what: 'Invite the bot to a server', hint: inviteLink(app.id) },
  ];
}

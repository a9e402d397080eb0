/**
 * What Slack takes as an app's manifest: https://docs.slack.dev/reference/app-manifest, and the published schema
 * (slackapi/manifest-schema, 1.0.0); the agent view as the SDK's types describe it. Anything else is refused.
 */
import { z } from 'zod';

/** The commands of Slack's own, and names that apps were refused. One of them, and no part of the manifest is taken. */
const RESERVED = new Set(
  (
    '/status /me /join /away /dnd /shrug /remind /msg /feed /who /collapse /expand /leave /open /search ' +
    '/topic /mute /pro /shortcuts /invite /help /send /kill /debug /commands'
  ).split(' '),
);

export const commandName = z
  .string()
  .min(2)
  .max(32)
  .regex(/^\/[a-z0-9-]+$/, 'the slash command has an invalid name')
  .refine((name) => !RESERVED.has(name), 'the slash command has an invalid name: it is reserved');

const text = (atMost: number, atLeast = 1) => z.string().min(atLeast).max(atMost);
const https = (atMost: number) => text(atMost).regex(/^https:\/\/[^/]/);
const unique = <T>(list: readonly T[]): boolean => new Set(list).size === list.length;
const scopes = z.array(text(50)).max(255).refine(unique).optional();
const prompts = z.array(z.strictObject({ title: text(75), message: text(2000) })).max(4);

const features = z.strictObject({
  agent_view: z
    .strictObject({ agent_description: text(300), suggested_prompts: prompts.optional() })
    .optional(),
  app_home: z
    .strictObject({
      home_tab_enabled: z.boolean().optional(),
      messages_tab_enabled: z.boolean().optional(),
      messages_tab_read_only_enabled: z.boolean().optional(),
    })
    .optional(),
  bot_user: z
    .strictObject({
      display_name: text(80).regex(/^[a-z0-9._-]+$/),
      always_online: z.boolean().optional(),
    })
    .optional(),
  shortcuts: z
    .array(
      z.strictObject({
        name: text(24),
        type: z.enum(['message', 'global']),
        callback_id: text(255),
        description: text(150),
      }),
    )
    .min(1)
    .max(10)
    .optional(),
  slash_commands: z
    .array(
      z.strictObject({
        command: commandName,
        description: text(2000),
        usage_hint: text(1000).optional(),
        should_escape: z.boolean().optional(),
        url: https(3000).optional(),
      }),
    )
    .min(1)
    .max(50)
    .refine((list) => unique(list.map(({ command }) => command)), 'a command occurs twice')
    .optional(),
});

const settings = z.strictObject({
  event_subscriptions: z
    .strictObject({
      request_url: https(3500).optional(),
      bot_events: z.array(text(50)).max(100).refine(unique).optional(),
    })
    .optional(),
  interactivity: z
    .strictObject({ is_enabled: z.boolean(), request_url: https(3500).optional() })
    .optional(),
  org_deploy_enabled: z.boolean().optional(),
  socket_mode_enabled: z.boolean().optional(),
  token_rotation_enabled: z.boolean().optional(),
});

const manifest = z.strictObject({
  display_information: z.strictObject({
    name: text(35),
    description: text(140).optional(),
    long_description: text(4000, 175).optional(),
    background_color: z
      .string()
      .regex(/^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$/)
      .optional(),
  }),
  features: features.optional(),
  oauth_config: z
    .strictObject({
      redirect_urls: z.array(text(2500)).max(1000).refine(unique).optional(),
      scopes: z.strictObject({ bot: scopes, bot_optional: scopes }).optional(),
    })
    .optional(),
  settings: settings.optional(),
});

/** As `apps.manifest.validate` lists them; none: Slack takes it. */
export function manifestErrors(given: unknown): { message: string; pointer: string }[] {
  const { error } = manifest.safeParse(given);
  return (error?.issues ?? []).map(({ message, path }) => ({
    message,
    pointer: `/${path.map(String).join('/')}`,
  }));
}

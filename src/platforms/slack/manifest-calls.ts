/**
 * The app's manifest at Slack, read and changed with a configuration token (https://api.slack.com/apps, "Your App
 * Configuration Tokens"): it belongs to a person, lasts twelve hours, and is no setting of the bot.
 */
import { z } from 'zod';
import type { SlackManifest } from './manifest.ts';
import { type PlainAnswer, type PlainOrder, plainCall } from './plain-call.ts';

export type ManifestAccess = Omit<PlainOrder, 'args'>;

export type Exported = Readonly<Record<string, unknown>>;

const problems = z.object({
  errors: z
    .array(z.object({ message: z.string().default(''), pointer: z.string().default('') }))
    .default([]),
});

/** Slack's reason, with what it has against the manifest. */
function failure({ error, body }: PlainAnswer): string {
  const { errors = [] } = problems.safeParse(body).data ?? {};
  const list = errors.map(({ message, pointer }) => `${pointer} ${message}`.trim());
  const cure = /^(?:invalid_auth|not_authed|token_expired|not_allowed_token_type)$/.test(error)
    ? ': make a new configuration token at https://api.slack.com/apps, they last twelve hours'
    : '';
  return `${[error, ...list].join('; ')}${cure}`;
}

const exported = z.object({ manifest: z.record(z.string(), z.unknown()) });

export type ExportResult = { readonly manifest: Exported } | { readonly failed: string };

export async function exportManifest(access: ManifestAccess, appId: string): Promise<ExportResult> {
  const found = await plainCall('apps.manifest.export', { ...access, args: { app_id: appId } });
  return found.ok ? exported.parse(found.body) : { failed: failure(found) };
}

const updated = z.object({ permissions_updated: z.boolean().default(false) });

/** Resolves with whether the app has to be installed anew. Rejects with Slack's reason. */
export async function updateManifest(
  access: ManifestAccess,
  appId: string,
  manifest: object,
): Promise<boolean> {
  const args = { app_id: appId, manifest: JSON.stringify(manifest) };
  const found = await plainCall('apps.manifest.update', { ...access, args });
  if (!found.ok) throw new Error(`Slack refuses (${failure(found)})`);
  return updated.parse(found.body).permissions_updated;
}

const created = z.object({
  app_id: z.string(),
  credentials: z.object({ signing_secret: z.string() }),
});

export type CreateResult =
  | { readonly appId: string; readonly signingSecret: string }
  | { readonly failed: string };

export async function createApp(
  access: ManifestAccess,
  manifest: SlackManifest,
): Promise<CreateResult> {
  const args = { manifest: JSON.stringify(manifest) };
  const found = await plainCall('apps.manifest.create', { ...access, args });
  if (!found.ok) return { failed: failure(found) };
  const { app_id: appId, credentials } = created.parse(found.body);
  return { appId, signingSecret: credentials.signing_secret };
}

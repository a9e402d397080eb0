/**
 * What the app's own settings at Discord have to be for people to find and install it: what `PATCH /applications/@me` is
 * given. Languages, age rating and links are set in the portal alone.
 */
import { ApplicationIntegrationType, OAuth2Scopes } from 'discord.js';
import { z } from 'zod';
import { INVITE_PERMISSIONS } from './invite-link.ts';

interface Install {
  readonly scopes: readonly string[];
  /** Bits, as decimal digits. */
  readonly permissions: string;
}

export interface InstallSettings {
  readonly description: string;
  readonly tags: readonly string[];
  /** By where it is installed: a server, or a person's own account. */
  readonly integration_types_config: Readonly<
    Record<string, { readonly oauth2_install_params: Install }>
  >;
}

export const installSettings = (): InstallSettings => ({
  description:
    'Turns scripts, documents, images and clips into finished videos, right in the thread: mention it, or use /video. ' +
    'Then write what to change, and export the MP4. Videos and answers are made by AI and may be wrong. ' +
    'Making videos spends credits of a NemoVideo account; exporting needs a paid plan where the account’s own does not include it.',
  tags: ['video', 'video maker', 'ai', 'creators', 'media'],
  integration_types_config: {
    [ApplicationIntegrationType.GuildInstall]: {
      oauth2_install_params: {
        scopes: [OAuth2Scopes.ApplicationsCommands, OAuth2Scopes.Bot],
        permissions: INVITE_PERMISSIONS.toString(),
      },
    },
    // Of a person's own it has the commands alone.
    [ApplicationIntegrationType.UserInstall]: {
      oauth2_install_params: { scopes: [OAuth2Scopes.ApplicationsCommands], permissions: '0' },
    },
  },
});

const found = z.object({
  description: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  integration_types_config: z
    .record(
      z.string(),
      z
        .object({
          oauth2_install_params: z
            .object({ scopes: z.array(z.string()), permissions: z.string() })
            .nullish(),
        })
        .nullish(),
    )
    .nullish(),
});

const PLACES: Readonly<Record<string, string>> = {
  [ApplicationIntegrationType.GuildInstall]: 'installation in servers',
  [ApplicationIntegrationType.UserInstall]: 'installation by people for themselves',
};

/** What is otherwise in what `GET /applications/@me` gives, in words; empty where nothing is. */
export function differences(application: unknown): readonly string[] {
  const { data: is = {} } = found.safeParse(application);
  const wanted = installSettings();
  const config = is.integration_types_config ?? {};
  return [
    ...(is.description === wanted.description ? [] : ['description']),
    ...(isSame(is.tags ?? [], wanted.tags) ? [] : ['tags']),
    ...Object.entries(wanted.integration_types_config).flatMap(
      ([type, { oauth2_install_params: should }]) => {
        const set = config[type]?.oauth2_install_params;
        const fits =
          set && isSame(set.scopes, should.scopes) && set.permissions === should.permissions;
        return fits ? [] : [PLACES[type] ?? type];
      },
    ),
  ];
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((it) => other.includes(it));

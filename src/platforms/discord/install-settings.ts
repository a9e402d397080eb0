/**
 * What the app's own settings at Discord have to be for people to find and install it: what `PATCH /applications/@me` is
 * given. Languages, age rating and links are set in the portal alone.
 */
import { ApplicationIntegrationType, OAuth2Scopes } from 'discord.js';
import { INVITE_PERMISSIONS } from './invite-link.ts';

export interface Install {
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

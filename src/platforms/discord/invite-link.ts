/** The links that bring the bot to a server or a person, with exactly what it needs and no more. */
import { ApplicationIntegrationType, OAuth2Scopes, PermissionFlagsBits } from 'discord.js';

export const INVITE_PERMISSIONS: bigint =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.CreatePublicThreads |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.AddReactions;

export function inviteLink(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    permissions: INVITE_PERMISSIONS.toString(),
    scope: `${OAuth2Scopes.Bot} ${OAuth2Scopes.ApplicationsCommands}`,
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

/** For one person, in every server and direct message: the commands alone. */
export function userInstallLink(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: OAuth2Scopes.ApplicationsCommands,
    integration_type: String(ApplicationIntegrationType.UserInstall),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

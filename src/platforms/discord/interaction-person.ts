/** Who uses an interaction, where, and what we may do there. Pure. */
import {
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import type { Person } from '../chat.ts';
import type { InteractionPayload } from './payloads.ts';

export function personOf({ member, user, locale }: InteractionPayload): Person | undefined {
  const who = member?.user ?? user;
  if (!who) return undefined;
  return {
    id: who.id,
    name: who.global_name ?? who.username,
    ...(locale ? { locale } : {}),
    ...(has(member?.permissions, ADMINISTERS) ? { admin: true } : {}),
  };
}

const ADMINISTERS = [PermissionFlagsBits.Administrator, PermissionFlagsBits.ManageGuild];
const SPEAKS = [PermissionFlagsBits.Administrator, PermissionFlagsBits.SendMessages];
const SPEAKS_IN_THREADS = [
  PermissionFlagsBits.Administrator,
  PermissionFlagsBits.SendMessagesInThreads,
];

/** At least one of the bits. */
function has(permissions: string | undefined, bits: readonly bigint[]): boolean {
  const granted = BigInt(permissions ?? '0');
  return bits.some((bit) => (granted & bit) !== 0n);
}

/** False where the person only brought the bot along, or the server lets it not speak. */
export function maySpeak(interaction: InteractionPayload, inThread: boolean): boolean {
  const {
    context,
    guild_id: guild,
    authorizing_integration_owners: owners,
    app_permissions: granted,
  } = interaction;
  if (context === InteractionContextType.BotDM) return true;
  const installed =
    owners === undefined || String(ApplicationIntegrationType.GuildInstall) in owners;
  return Boolean(guild) && installed && has(granted, inThread ? SPEAKS_IN_THREADS : SPEAKS);
}

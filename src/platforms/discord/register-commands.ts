/** Tells Discord about the commands, and only when they are others than last time: creating them is rationed. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { State } from '../../state/state.ts';
import type { TakeTurns } from '../../state/turn-taking.ts';
import type { Api } from './api-calls.ts';
import { commandsBody } from './commands.ts';

export interface Registration {
  readonly api: Api;
  readonly state: State;
  readonly takeTurns: TakeTurns;
  readonly applicationId: string;
  /** Registers in this server alone, where changes show at once. */
  readonly guildId: string | undefined;
}

const hashShape = z.string();

/** Resolves with whether anything was sent. Of several processes that start at once one does it. */
export async function registerCommands({
  api,
  state,
  takeTurns,
  applicationId,
  guildId,
}: Registration): Promise<boolean> {
  const body = commandsBody(guildId ? 'guild' : 'global');
  const hash = createHash('sha256').update(JSON.stringify(body)).digest('base64url');
  const known = state.map('discord-commands', hashShape);
  const key = `${applicationId}:${guildId ?? 'all'}`;
  if ((await known.get(key)) === hash) return false;
  let sent = false;
  await takeTurns(`discord-commands ${key}`, async () => {
    if ((await known.get(key)) === hash) return;
    const scope = guildId ? (`/guilds/${guildId}` as const) : '';
    await api('PUT', `/applications/${applicationId}${scope}/commands`, { body });
    await known.set(key, hash);
    sent = true;
  });
  return sent;
}

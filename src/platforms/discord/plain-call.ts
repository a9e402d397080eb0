/** One call of Discord's interface, for the doctor and `setup`: asked once, and what it answers is read by who asks. */
import { z } from 'zod';
import packageJson from '../../../package.json' with { type: 'json' };
import type { DiscordSettings } from './settings.ts';

export interface PlainOrder {
  readonly settings: Pick<DiscordSettings, 'token' | 'apiUrl'>;
  readonly signal: AbortSignal;
  readonly body?: unknown;
}

/** Discord said no, or nothing that makes sense. */
export class DiscordRefused extends Error {
  override name = 'DiscordRefused';
  readonly status: number;
  constructor(status: number, what: string) {
    super(what);
    this.status = status;
  }
}

const refusal = z.object({ message: z.string().default('no reason given') });

/** Rejects with `DiscordRefused`, or where Discord cannot be reached. */
export async function plainCall(
  method: 'GET' | 'POST' | 'PATCH' | 'PUT',
  path: `/${string}`,
  { settings, signal, body }: PlainOrder,
): Promise<unknown> {
  const response = await fetch(`${settings.apiUrl ?? 'https://discord.com/api'}/v10${path}`, {
    method,
    headers: {
      authorization: `Bot ${settings.token}`,
      'user-agent': `DiscordBot (nemo-bot, ${packageJson.version})`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal,
  });
  const text = await response.text();
  if (response.ok) return text === '' ? undefined : JSON.parse(text);
  const { message } = refusal.safeParse(tryJson(text)).data ?? { message: 'no reason given' };
  throw new DiscordRefused(
    response.status,
    `Discord answers ${method} ${path} with status ${response.status} (${message})`,
  );
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // A gateway's page in place of an answer.
  }
}

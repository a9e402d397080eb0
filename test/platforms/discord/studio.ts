/** The whole bot on Discord: real discord.js against the double, the conversation, the scriptable backend. */
import { expect, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createGuardedFetch } from '../../../src/net/guarded-fetch.ts';
import type { ChatPlatform } from '../../../src/platforms/chat.ts';
import type { IntakeBounds } from '../../../src/platforms/discord/intake.ts';
import { createDiscordPlatform } from '../../../src/platforms/discord/platform.ts';
import type { DiscordSettings } from '../../../src/platforms/discord/settings.ts';
import {
  DISCORD_TOKEN,
  type DiscordDouble,
  startDiscordDouble,
} from '../../doubles/discord/discord-double.ts';
import type { DoubleMessage } from '../../doubles/discord/world.ts';
import { type House, type HouseOptions, startHouse } from '../../doubles/house.ts';
import { startNemoDouble } from '../../doubles/nemo/nemo-double.ts';
import type { NemoDouble } from '../../doubles/nemo/world.ts';

export interface Studio extends House {
  readonly platform: ChatPlatform;
  /** The process ends, Discord and the backend go on. */
  down(): Promise<void>;
  readonly expected: RegExp | undefined;
  readonly discord: DiscordDouble;
  /** Resolves with the first message of the bot in that place that fits, now or later. */
  hear(place: string, fits: RegExp): Promise<DoubleMessage>;
}

export interface StudioOptions extends HouseOptions {
  readonly discord?: DiscordDouble;
  readonly settings?: Partial<DiscordSettings>;
  readonly silenceMs?: number;
  readonly mostKept?: IntakeBounds;
  /** The portal's switch is off. */
  readonly withoutContent?: boolean;
  /** Errors that the log is meant to show. */
  readonly errors?: RegExp;
}

const open: Studio[] = [];

/** Closed after the test, when it is also checked that everybody kept to the rules. */
export async function startStudio(options: StudioOptions = {}): Promise<Studio> {
  const discord = options.discord ?? (await startDiscordDouble());
  if (options.withoutContent) discord.gateway.contentAllowed = false;
  const nemo =
    options.nemo ??
    (await startNemoDouble(options.draft === undefined ? {} : { draft: options.draft }));
  let up = true;
  let platform: ChatPlatform | undefined;
  const house = await startHouse({
    ...options,
    nemo,
    platform: (tools) => {
      platform = createDiscordPlatform({
        ...tools,
        settings: {
          token: DISCORD_TOKEN,
          apiUrl: discord.api,
          guildId: undefined,
          shards: 'auto',
          reactions: ['🎬'],
          ...options.settings,
        },
        guardedFetch: createGuardedFetch({ allowOrigins: [discord.url], allowLoopback: false }),
        ...(options.silenceMs ? { silenceMs: options.silenceMs } : {}),
        mostKept: options.mostKept,
      });
      return platform;
    },
  });
  const studio: Studio = {
    ...house,
    get platform() {
      if (!platform) throw new Error('the house did not ask for a platform');
      return platform;
    },
    expected: options.errors,
    async down() {
      if (up) await house.close();
      up = false;
    },
    discord,
    async hear(place, fits) {
      const find = () => discord.said(place).find((message) => fits.test(message.content));
      await discord.until(() => find() !== undefined);
      const found = find();
      if (!found) throw new Error('it was there a moment ago');
      return found;
    },
    async close() {
      await studio.down();
      if (!options.nemo) await nemo.close();
      if (!options.discord) await discord.close();
    },
  };
  // Not a hook of this module: in a worker that files share it is evaluated once, and would watch the first file alone.
  if (open.length === 0) onTestFinished(closeAll);
  open.push(studio);
  return studio;
}

async function closeAll(): Promise<void> {
  const all = open.splice(0).reverse();
  for (const studio of all) await studio.close();
  for (const { discord, nemo, logged, expected } of all) {
    expect(discord.errors, 'faults of the double').toEqual([]);
    expect(nemo.violations, 'rules of the backend').toEqual([]);
    const errors = logged.filter((line) => line.startsWith('error') && !expected?.test(line));
    expect(errors).toEqual([]);
    expect(logged.join('\n')).not.toMatch(/nmv_usr_|double\.token/);
  }
}

/** A gate that a step of the backend can wait for. */
export function gate(): { opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

export const png = (name: string) => ({
  name,
  type: 'image/png',
  bytes: Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), Buffer.from(name)]),
});

/** What the agent was told in its nth run (from 1). */
export function toldAgent(nemo: NemoDouble, nth = 1): string {
  const run = z
    .object({ new_message: z.object({ parts: z.array(z.object({ text: z.string() })) }) })
    .parse(nemo.received('run_sse')[nth - 1]?.json);
  return run.new_message.parts.map((part) => part.text).join('');
}

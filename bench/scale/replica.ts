/** One replica: the bot as its operator starts it, with the hook that tells what it uses. */
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { type BotProcess, createBotProcess } from '../../test/doubles/bot-process.ts';
import { ENCRYPTION_KEY } from '../../test/doubles/house.ts';
import type { NemoDouble } from '../../test/doubles/nemo/world.ts';
import type { SlackDouble } from '../../test/doubles/slack/slack-double.ts';
import { CLIENT, SIGNING_SECRET } from '../../test/doubles/slack/world.ts';

const HOOK = path.resolve(import.meta.dirname, 'process-figures.ts');

const usedShape = z.object({
  figures: z.literal(true),
  cpuMs: z.number(),
  rssMb: z.number(),
  read: z.number(),
  written: z.number(),
});
export type Used = z.infer<typeof usedShape>;

export interface Replica {
  readonly bot: BotProcess;
  /** Since it was started. */
  used(): Promise<Used>;
}

export interface Surroundings {
  readonly database: string;
  readonly slack: SlackDouble;
  readonly nemo: NemoDouble;
}

export async function startReplica(
  { database, slack, nemo }: Surroundings,
  places: number,
): Promise<Replica> {
  const bot = await createBotProcess(
    {
      DATABASE_URL: database,
      NEMO_API_URL: nemo.url,
      NEMO_TOKEN: nemo.token,
      ENCRYPTION_KEY,
      SLACK_API_URL: slack.apiUrl,
      SLACK_MODE: 'http',
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_CLIENT_ID: CLIENT.id,
      SLACK_CLIENT_SECRET: CLIENT.secret,
      SLACK_STATE_SECRET: CLIENT.state,
      MAX_RUNNING_TURNS: String(places),
      AUTO_EXPORT: 'never',
      PLAYGROUND: 'off',
      LOG_LEVEL: 'info',
    },
    { imports: [HOOK] },
  );
  await bot.start();
  return {
    bot,
    async used() {
      const before = bot.output.length;
      if (bot.pid === undefined) throw new Error('the replica does not run');
      process.kill(bot.pid, 'SIGUSR2');
      for (;;) {
        const line = bot.output.slice(before).find((said) => said.startsWith('{"figures"'));
        if (line !== undefined) return usedShape.parse(JSON.parse(line));
        await delay(5);
      }
    },
  };
}

/** Goes through both pages of an installation as a browser would, with its cookie. */
export async function install(bot: BotProcess, team: string): Promise<void> {
  const page = await fetch(`${bot.url}/slack/install`);
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
  const [, address = ''] = /href="(http[^"]+)"/.exec(await page.text()) ?? [];
  const back = new URL(`${bot.url}/slack/oauth_redirect`);
  back.searchParams.set('code', team);
  const { searchParams } = new URL(address.replaceAll('&amp;', '&'));
  back.searchParams.set('state', searchParams.get('state') ?? '');
  const { status } = await fetch(back, { headers: { cookie } });
  if (status !== 200) throw new Error(`the installation in ${team} was answered with ${status}`);
}

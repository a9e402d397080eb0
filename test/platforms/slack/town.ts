/** The whole bot in a local Slack: the real SDK, the conversation, a scriptable backend. */

import { createGuardedFetch } from '../../../src/net/guarded-fetch.ts';
import { createSlackPlatform, type SlackPlatform } from '../../../src/platforms/slack/platform.ts';
import type { SlackSettings } from '../../../src/platforms/slack/settings.ts';
import { startHttpServer } from '../../../src/runtime/http-server.ts';
import { type House, type HouseOptions, recorder, startHouse } from '../../doubles/house.ts';
import { type SlackDouble, startSlackDouble } from '../../doubles/slack/slack-double.ts';
import { APP_TOKEN, BOT_TOKEN, CLIENT, SIGNING_SECRET } from '../../doubles/slack/world.ts';

export interface Town {
  readonly slack: SlackDouble;
  readonly house: House;
  readonly nemo: House['nemo'];
  readonly platform: SlackPlatform;
  /** Where the bot's own port is, in HTTP mode. */
  readonly botUrl: string;
  close(): Promise<void>;
}

export interface TownOptions extends Omit<HouseOptions, 'platform' | 'room'> {
  readonly mode?: 'socket' | 'http';
  readonly oauth?: boolean;
  readonly slack?: SlackDouble;
}

export async function startTown({
  mode = 'socket',
  oauth = false,
  slack: given,
  ...options
}: TownOptions = {}): Promise<Town> {
  let platform: SlackPlatform | undefined;
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    routes: [(req, res) => platform?.handle(req, res) ?? false],
    log: recorder([]),
  });
  const botUrl = `http://127.0.0.1:${server.port}`;
  const eventsUrl = `${botUrl}/slack/events`;
  const slack = given ?? (await startSlackDouble(mode === 'http' ? { http: { eventsUrl } } : {}));
  if (slack.http) slack.http.eventsUrl = eventsUrl;
  const settings: SlackSettings = {
    mode,
    botToken: oauth ? undefined : BOT_TOKEN,
    appToken: mode === 'socket' ? APP_TOKEN : undefined,
    signingSecret: mode === 'http' ? SIGNING_SECRET : undefined,
    oauth: oauth
      ? { clientId: CLIENT.id, clientSecret: CLIENT.secret, stateSecret: CLIENT.state }
      : undefined,
    apiUrl: slack.apiUrl,
    allowedWorkspaces: [],
    commandPrefix: undefined,
    reactions: ['clapper'],
  };
  const house = await startHouse({
    ...options,
    platform: ({ state, clock, log }) => {
      platform = createSlackPlatform({
        settings,
        state,
        clock,
        log,
        guardedFetch: createGuardedFetch({ allowOrigins: [slack.url], allowLoopback: false }),
      });
      return platform;
    },
  });
  if (!platform) throw new Error('the house made no platform');
  return {
    slack,
    house,
    nemo: house.nemo,
    platform,
    botUrl,
    async close() {
      await house.close();
      await server.close();
      if (!given) await slack.close();
    },
  };
}

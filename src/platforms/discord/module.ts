/** Discord, as the rest of the bot sees it. */
import { createGuardedFetch } from '../../net/guarded-fetch.ts';
import { attachmentOpenings } from '../../settings/non-public-hosts.ts';
import { definePlatform } from '../platform-module.ts';
import { discordFields, discordSettings } from './settings.ts';

export const discord = definePlatform({
  name: 'discord',
  title: 'Discord',
  needs: 'DISCORD_TOKEN',
  settings: discordFields,
  configure: discordSettings,
  secrets: ({ token }) => [token],
  async check(settings, signal) {
    const { checkDiscord } = await import('./doctor.ts');
    return checkDiscord(settings, signal);
  },
  async setUp(order) {
    const { setUpDiscord } = await import('./setup.ts');
    return setUpDiscord(order);
  },
  async create(settings, { state, clock, log, links, onCall }) {
    // Its toolkit takes a quarter of a second to load.
    const { createDiscordPlatform } = await import('./platform.ts');
    const guardedFetch = createGuardedFetch(attachmentOpenings(settings));
    return createDiscordPlatform({
      settings,
      state,
      clock,
      log,
      guardedFetch,
      onCall,
      ...(links ? { links } : {}),
    });
  },
});

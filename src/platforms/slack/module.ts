/** Slack, as the rest of the bot sees it. */
import { createGuardedFetch } from '../../net/guarded-fetch.ts';
import { attachmentOpenings } from '../../settings/non-public-hosts.ts';
import { definePlatform } from '../platform-module.ts';
import { slackFields, slackProblems, slackSettings } from './settings.ts';

export const slack = definePlatform({
  name: 'slack',
  title: 'Slack',
  needs: 'SLACK_BOT_TOKEN and SLACK_APP_TOKEN',
  settings: slackFields,
  problems: slackProblems,
  configure: slackSettings,
  secrets: ({ botToken, appToken, signingSecret, oauth }) => [
    botToken,
    appToken,
    signingSecret,
    oauth?.clientSecret,
    oauth?.stateSecret,
  ],
  commandSettings: ['SLACK_CONFIG_TOKEN'],
  async check(settings, signal, given) {
    const { checkSlack } = await import('./doctor.ts');
    return checkSlack(settings, signal, given['SLACK_CONFIG_TOKEN']);
  },
  async setUp(order) {
    const { setUpSlack } = await import('./setup.ts');
    return setUpSlack(order);
  },
  async create(settings, { state, clock, log, links, onCall }) {
    const { createSlackPlatform } = await import('./platform.ts');
    const guardedFetch = createGuardedFetch(attachmentOpenings(settings));
    return createSlackPlatform({
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

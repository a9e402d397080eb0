/** The playground, as the rest of the bot sees it. */
import { parseMarkdown } from '../../markdown/markdown.ts';
import { definePlatform } from '../platform-module.ts';
import { webFields, webProblems, webSettings } from './settings.ts';

export const web = definePlatform({
  name: 'web',
  title: 'The playground',
  settings: webFields,
  problems: webProblems,
  configure: webSettings,
  secrets: ({ password }) => [password],
  check: async ({ password }) => [
    {
      ok: true,
      what: 'The playground is on',
      hint: password
        ? 'whoever has PLAYGROUND_PASSWORD can use it'
        : 'it can be reached from this machine alone, on PORT',
    },
  ],
  async create({ password }, services) {
    const { createWebPlatform } = await import('./platform.ts');
    const { dataDir, address, profile, maxUploadBytes, helpNotes, log } = services;
    return createWebPlatform({
      dataDir,
      address,
      password,
      maxUploadBytes,
      welcome: (words) => {
        const { greeting, examples, tip } = words.profiles[profile.name];
        return {
          texts: { greeting, examples, tip },
          helpNotes: helpNotes(words).map(parseMarkdown),
        };
      },
      onError: (error) => log.error('the playground failed to answer', { error }),
      onUnannounced: (key) =>
        log.warn('a post came twice and was not said to be a repetition; it is shown once', {
          key,
        }),
    });
  },
});

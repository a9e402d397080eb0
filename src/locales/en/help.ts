/** What the bot can do. */
import type { ProfileTexts } from '../../conversation/skill-profile.ts';
import { bytes } from './numbers.ts';

interface Help extends Pick<ProfileTexts, 'title' | 'greeting' | 'examples' | 'tip'> {
  readonly kinds: string;
  /** In bytes. */
  readonly limit: number;
  readonly notes: readonly string[];
}

export const help = {
  tryExample: (n: number) => `Try example ${n}`,
  help: ({ title, greeting, examples, tip, kinds, limit, notes }: Help): string =>
    [
      greeting,
      '',
      '**Try saying**',
      ...examples.map((e) => `- ${e}`),
      '',
      '**In this thread**: just write what to change, or `export`, `versions`, `captions`, `status`, `credits`, `stop`, `new`, `help`. Start a message with `//` to talk past me.',
      '**Before it costs anything**: add `plan first` to a request, and see what will be made.',
      `**Files**: ${kinds}, up to ${bytes(limit)} each.`,
      `**Several files**: number what you want for each, or begin with \`each:\`, and each becomes a video of its own.`,
      `**Tip**: ${tip}`,
      `**Profile**: ${title}`,
      ...notes,
    ].join('\n'),
};

export type HelpWords = typeof help;

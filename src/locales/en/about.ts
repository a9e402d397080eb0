/** Who runs the bot: their own pages. */

interface Links {
  readonly support?: string | undefined;
  readonly privacy?: string | undefined;
  readonly terms?: string | undefined;
}

const named = (name: string, url: string | undefined): string[] =>
  url === undefined ? [] : [`${name} ${url}`];

export const about = {
  /** Empty where there are none. */
  links: ({ support, privacy, terms }: Links): string => {
    const pages = [
      ...named('support', support),
      ...named('privacy', privacy),
      ...named('terms', terms),
    ];
    return pages.length > 0 ? `**From whoever runs me**: ${pages.join(' · ')}` : '';
  },
};

export type AboutWords = typeof about;

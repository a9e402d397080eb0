/** Who runs the bot: their own pages. */

interface Links {
  readonly support?: string | undefined;
  readonly privacy?: string | undefined;
  readonly terms?: string | undefined;
}

const named = (name: string, url: string | undefined): string =>
  url === undefined ? '' : `**${name}**: ${url}`;

export const about = {
  /** Empty where there are none. */
  links: ({ support, privacy, terms }: Links): string =>
    [named('Support', support), named('Privacy', privacy), named('Terms', terms)]
      .filter(Boolean)
      .join(' · '),
};

export type AboutWords = typeof about;

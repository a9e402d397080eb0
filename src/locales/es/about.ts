import type { AboutWords } from '../en/about.ts';

const named = (name: string, url: string | undefined): string =>
  url === undefined ? '' : `**${name}**: ${url}`;

export const about: AboutWords = {
  links: ({ support, privacy, terms }) =>
    [named('Soporte', support), named('Privacidad', privacy), named('Condiciones', terms)]
      .filter(Boolean)
      .join(' · '),
};

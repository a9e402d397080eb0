import type { AboutWords } from '../en/about.ts';

const named = (name: string, url: string | undefined): string[] =>
  url === undefined ? [] : [`${name} ${url}`];

export const about: AboutWords = {
  links: ({ support, privacy, terms }) => {
    const pages = [
      ...named('soporte', support),
      ...named('privacidad', privacy),
      ...named('condiciones', terms),
    ];
    return pages.length > 0 ? `**De quien me gestiona**: ${pages.join(' · ')}` : '';
  },
};

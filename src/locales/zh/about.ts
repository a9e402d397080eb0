import type { AboutWords } from '../en/about.ts';

const named = (name: string, url: string | undefined): string[] =>
  url === undefined ? [] : [`${name} ${url}`];

export const about: AboutWords = {
  links: ({ support, privacy, terms }) => {
    const pages = [...named('支持', support), ...named('隐私', privacy), ...named('条款', terms)];
    return pages.length > 0 ? `**运营者的页面**：${pages.join(' · ')}` : '';
  },
};

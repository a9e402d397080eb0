/**
 * What a browser shows of an installation. Plain pages without a script: all that they need is in them, and the headers
 * let them load nothing. Whatever came with the request, or from Slack, is shown as text.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Locale } from '../../locales/locale.ts';
import { FALLBACK, LOCALES } from '../../locales/locales.ts';
import type { OperatorLinks } from '../platform-module.ts';
import type { CommandNames } from './command-names.ts';
import { INSTALL_PATH } from './registered-names.ts';

export interface InstallPages {
  /** Before Slack is asked; with the address at Slack. */
  add(address: string): string;
  installed(req: IncomingMessage, res: ServerResponse, where: Installed): void;
  denied(req: IncomingMessage, res: ServerResponse): void;
  /** The workspace is none of those that may install it. */
  closed(req: IncomingMessage, res: ServerResponse): void;
  failed(req: IncomingMessage, res: ServerResponse): void;
}

export interface Installed {
  readonly app: string | undefined;
  readonly team: { readonly id: string; readonly name?: string | undefined } | undefined;
}

const STYLE = `:root{color-scheme:light dark;font:1.05rem/1.6 system-ui,sans-serif}
body{margin:0;background:#fff;color:#1a1a2e}main{max-width:38rem;margin:4rem auto;padding:0 1.25rem}
h1{font-size:1.6rem;line-height:1.3}a{color:#3d2bc4}a.do{display:inline-block;padding:.6rem 1.1rem;border-radius:.5rem;
background:#3d2bc4;color:#fff;text-decoration:none}a:focus-visible{outline:3px solid #b35900;outline-offset:3px}
code{padding:.1em .3em;border-radius:.25em;background:#ececf4}li{margin:.5rem 0}footer{margin-top:3rem}
@media(prefers-color-scheme:dark){body{background:#15151f;color:#ececf4}a{color:#b9b0ff}a.do{background:#b9b0ff;color:#15151f}
code{background:#2a2a3c}a:focus-visible{outline-color:#ffb366}}`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const HEADERS = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;

/** On every answer of the two addresses, also on those that the SDK makes. */
export function protectPage(res: ServerResponse): void {
  for (const [name, value] of Object.entries(HEADERS)) res.setHeader(name, value);
}

export function createPages(names: CommandNames, links: OperatorLinks): InstallPages {
  const show = (
    req: IncomingMessage,
    res: ServerResponse,
    status: number,
    page: (locale: Locale) => Page,
  ): void => {
    const locale = localeOf(req);
    protectPage(res);
    res
      .writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
      .end(document(locale, page(locale), links));
  };

  return {
    add(address) {
      const { install } = FALLBACK.slack;
      const button = { label: install.addButton, address };
      return document(FALLBACK, { title: install.add, texts: [install.addText], button }, links);
    },
    installed: (req, res, { app, team }) =>
      show(req, res, 200, ({ slack: { install } }) => ({
        title: install.done(team?.name),
        texts: [],
        steps: { title: install.stepsTitle, list: install.steps(names) },
        ...(app && team ? { button: { label: install.open, address: inSlack(app, team.id) } } : {}),
      })),
    denied: (req, res) =>
      show(req, res, 200, ({ slack: { install } }) => ({
        title: install.denied,
        texts: [install.deniedText],
        button: { label: install.again, address: INSTALL_PATH },
      })),
    closed: (req, res) =>
      show(req, res, 403, ({ slack }) => ({
        title: slack.install.closed,
        texts: slack.notOpen.split('\n'),
      })),
    failed: (req, res) =>
      show(req, res, 400, ({ slack: { install } }) => ({
        title: install.failed,
        texts: [install.failedText],
        button: { label: install.again, address: INSTALL_PATH },
      })),
  };
}

interface Page {
  readonly title: string;
  readonly texts: readonly string[];
  readonly steps?: { readonly title: string; readonly list: readonly string[] };
  readonly button?: { readonly label: string; readonly address: string };
}

const inSlack = (app: string, team: string): string =>
  `https://slack.com/app_redirect?${new URLSearchParams({ app, team })}`;

function document(
  { code, slack: { install } }: Locale,
  { title, texts, steps, button }: Page,
  { support, privacy, terms }: OperatorLinks,
): string {
  const footer = [
    [install.support, support],
    [install.privacy, privacy],
    [install.terms, terms],
  ].flatMap(([label, address]) => (label && address ? [link(label, address)] : []));
  return [
    `<!doctype html><html lang="${code}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title><style>${STYLE}</style></head><body><main>`,
    `<h1>${escaped(title)}</h1>`,
    ...texts.map((text) => `<p>${withCode(text)}</p>`),
    ...(steps
      ? [
          `<h2>${escaped(steps.title)}</h2><ol>`,
          ...steps.list.map((step) => `<li>${withCode(step)}</li>`),
          '</ol>',
        ]
      : []),
    ...(button ? [`<p>${link(button.label, button.address, 'do')}</p>`] : []),
    ...(footer.length > 0 ? [`<footer>${footer.join(' · ')}</footer>`] : []),
    '</main></body></html>',
  ].join('');
}

const link = (label: string, address: string, kind = ''): string =>
  `<a${kind ? ` class="${kind}"` : ''} href="${escaped(address)}">${escaped(label)}</a>`;

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);

/** Words in backquotes are code; they stand in our own texts alone. */
const withCode = (text: string): string =>
  text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? `<code>${escaped(part)}</code>` : escaped(part)))
    .join('');

/** What browsers send is short; of a longer list the beginning says enough. */
const LONGEST_HEADER = 300;

/** The first language of the browser's that the bot speaks. */
function localeOf({ headers }: IncomingMessage): Locale {
  const tags = (headers['accept-language'] ?? '').slice(0, LONGEST_HEADER).toLowerCase().split(',');
  for (const tag of tags) {
    const [code] = tag.trim().split(/[-_;]/, 1);
    const spoken = LOCALES.find((locale) => locale.code === code);
    if (spoken) return spoken;
  }
  return FALLBACK;
}

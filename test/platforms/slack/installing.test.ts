/** What whoever installs the app on Slack sees: pages in the browser, and one message in which to begin. */
import { afterEach, describe, expect, test } from 'vitest';
import { type SlackDouble, startSlackDouble } from '../../doubles/slack/slack-double.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { type Bare, type BareOptions, handMadeInbox, startPlatform } from './bare.ts';

const open: Bare[] = [];
const worlds: SlackDouble[] = [];
afterEach(async () => {
  for (const bare of open.splice(0)) await bare.close();
  for (const slack of worlds.splice(0)) {
    await slack.close();
    expect(slack.violations).toEqual([]);
  }
});

async function begin(options: BareOptions = {}): Promise<Bare> {
  const slack = options.slack ?? (await startSlackDouble({ http: { eventsUrl: '' } }));
  if (!options.slack) worlds.push(slack);
  const bare = await startPlatform('http', handMadeInbox(), { oauth: true, ...options, slack });
  open.push(bare);
  return bare;
}

const browser = { 'accept-language': 'xx, es-MX;q=0.9, en;q=0.5' };

/** The state that the first page has given, with its cookie. */
async function firstPage({ botUrl }: Bare) {
  const answer = await fetch(`${botUrl}/slack/install`);
  const html = await answer.text();
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const [, address = ''] = /href="(http[^"]+)"/.exec(html) ?? [];
  const state = new URL(address.replaceAll('&amp;', '&')).searchParams.get('state') ?? '';
  return { answer, html, cookie, state };
}

async function comeBack(
  { botUrl }: Bare,
  query: Record<string, string>,
  headers: Record<string, string> = {},
) {
  const answer = await fetch(`${botUrl}/slack/oauth_redirect?${new URLSearchParams(query)}`, {
    headers,
  });
  return { answer, html: await answer.text() };
}

async function install(bare: Bare, code: string, headers = {}) {
  const { cookie, state } = await firstPage(bare);
  return comeBack(bare, { code, state }, { cookie, ...headers });
}

function expectPage({ answer, html }: { answer: Response; html: string }, status: number): void {
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(answer.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/]+=*'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
  );
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(html).toMatch(/^<!doctype html><html lang="(?:en|es)"><head><meta charset="utf-8">/);
  expect(html.match(/<h1>/g)).toHaveLength(1);
  expect(html).toContain('<main>');
  expect(html).not.toMatch(/<script|<img|\bon\w+=|javascript:/i);
}

describe('the pages', () => {
  test('before and after it: in the browser’s language, with what to do next, and without a script', async () => {
    const bare = await begin();
    const first = await firstPage(bare);
    expectPage(first, 200);
    expect(first.html).toContain('made by AI');
    const done = await install(bare, 'T0ONE', browser);
    expectPage(done, 200);
    expect(done.html).toContain('lang="es"');
    expect(done.html).toContain('NemoVideo está instalado en T0ONE');
    expect(done.html).toContain('<code>/invite @nemo</code>');
    expect(done.html).toContain('href="https://slack.com/app_redirect?app=A0NEMO&amp;team=T0ONE"');
  });

  test('somebody says no at Slack', async () => {
    const bare = await begin();
    const { cookie, state } = await firstPage(bare);
    const page = await comeBack(bare, { error: 'access_denied', state }, { cookie });
    expectPage(page, 200);
    expect(page.html).toContain('Nothing was installed');
    expect(page.html).toContain('href="/slack/install"');
    expect(bare.slack.callsOf('oauth.v2.access')).toEqual([]);
  });

  test('a state that is not this browser’s, or none, installs nothing', async () => {
    const bare = await begin();
    const { cookie, state } = await firstPage(bare);
    for (const [query, headers] of [
      [{ code: 'T0ONE', state }, {}],
      [{ code: 'T0ONE', state: `${state}x` }, { cookie: `${cookie}x` }],
      [{ code: 'T0ONE' }, { cookie }],
      [{ state }, { cookie }],
    ] as const) {
      const page = await comeBack(bare, { ...query }, { ...headers });
      expectPage(page, 400);
      expect(page.html).toContain('The installation did not work');
    }
    expect(bare.slack.callsOf('oauth.v2.access')).toEqual([]);
  });

  test('a workspace that may not install it', async () => {
    const bare = await begin({ settings: { allowedWorkspaces: ['T0ONE'] } });
    const page = await install(bare, 'T0STRANGER', browser);
    expectPage(page, 403);
    expect(page.html).toContain('Este bot no está abierto');
    expect(bare.slack.messages).toEqual([]);
  });

  test('the name of a workspace is text', async () => {
    const bare = await begin();
    const page = await install(bare, 'T0<script>"\'&');
    expectPage(page, 200);
    expect(page.html).toContain('T0&lt;script&gt;&quot;&#39;&amp;');
  });

  test('the operator’s own pages are linked', async () => {
    const links = { support: 'https://acme.test/help?a=1&b="2"', terms: 'https://acme.test/terms' };
    const bare = await begin({ links });
    const { html } = await install(bare, 'T0ONE');
    expect(html).toContain('<a href="https://acme.test/help?a=1&amp;b=&quot;2&quot;">Support</a>');
    expect(html).toContain('<a href="https://acme.test/terms">Terms</a>');
    expect(html).not.toContain('Privacy');
  });
});

describe('the installer', () => {
  const welcomes = ({ slack }: Bare) =>
    slack.messages.filter((m) => m.channel === 'D0ALICE' && /Thanks for installing/.test(m.text));
  const file = async () => await databaseFile();

  test('is told three steps, once, whoever installs it how often', async () => {
    const at = await file();
    const one = await begin({ path: at });
    const two = await begin({ path: at, slack: one.slack });
    await install(one, 'T0TEA');
    await one.slack.untilTrue(() => welcomes(one).length > 0);
    await install(two, 'T0TEA');
    await two.slack.openHome('messages');
    await two.slack.untilTrue(() => two.slack.prompts.length > 0);
    const [{ text } = { text: '' }, ...more] = welcomes(one);
    expect(more).toEqual([]);
    expect(text).toMatch(/1\. .*\/invite @nemo.*\n2\. .*\n3\. .*\/credits/s);
    expect(text).toContain('made by AI');
  });

  test('hears it when they come by, where Slack did not take it', async () => {
    const bare = await begin();
    bare.slack.fail('chat.postMessage', { status: 503 });
    await install(bare, 'T0TEA');
    await expect
      .poll(() => bare.logged.join('\n'), { timeout: 10_000 })
      .toContain('could not be greeted yet');
    expect(welcomes(bare)).toEqual([]);
    await bare.slack.openHome('messages');
    await bare.slack.untilTrue(() => welcomes(bare).length > 0);
  });

  test('does not hear it twice where it had come through and nobody knew', async () => {
    const bare = await begin();
    bare.slack.fail('chat.postMessage', { status: 503, after: true });
    await install(bare, 'T0TEA');
    await expect
      .poll(() => bare.logged.join('\n'), { timeout: 10_000 })
      .toContain('could not be greeted yet');
    await bare.slack.openHome('messages');
    await bare.slack.untilTrue(() => bare.slack.prompts.length > 0);
    expect(welcomes(bare)).toHaveLength(1);
  });

  test('is nobody that is known where the operator has set the token', async () => {
    const bare = await begin({ oauth: false });
    await bare.slack.openHome('messages');
    await bare.slack.untilTrue(() => bare.slack.prompts.length > 0);
    expect(bare.slack.messages).toEqual([]);
  });
});

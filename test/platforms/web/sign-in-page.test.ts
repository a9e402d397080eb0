/** Signing in with a browser on another machine: plain HTTP under a name, where browsers offer pages less. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CHROMIUM, launchChromium } from './chromium.ts';
import { type Playground, startPlayground } from './support.ts';

const PASSWORD = 'correct horse battery';
const SHOTS = process.env['SCREENSHOTS'];

describe.skipIf(!CHROMIUM)('the sign-in page', () => {
  let browser: Browser;
  let playground: Playground;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchChromium('--host-resolver-rules=MAP bot.test 127.0.0.1');
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    complaints = [];
    playground = await startPlayground({ password: PASSWORD });
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect([...complaints, ...playground.errors]).toEqual([]);
    await playground.close();
  });

  const at = (path: string) => `http://bot.test:${playground.port}${path}`;
  /** Refused sign-ins, the stream that ends with its session, and what browsers say of headers that they heed under TLS only. */
  const expected = /status of 401|INCOMPLETE_CHUNKED|Cross-Origin-Opener-Policy|Clear-Site-Data/;

  async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await browser.newPage({
      locale: 'en-US',
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    page.on('console', (message) => {
      const text = message.text();
      if (['error', 'warning'].includes(message.type()) && !expected.test(text))
        complaints.push(text);
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(at(path));
    return page;
  }

  async function shoot(page: Page, name: string): Promise<void> {
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png` });
  }

  it('takes the password from the keyboard, goes on to the conversation asked for, and lets out again', async () => {
    const thread = crypto.randomUUID();
    const page = await open(`/#${thread}`);
    await page.getByRole('heading', { name: 'nemo-bot' }).waitFor();
    await shoot(page, 'sign-in-1280');
    await page.keyboard.type('wrong one');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('That is not the password').waitFor();
    await shoot(page, 'sign-in-wrong-1280');
    // The field has the focus again.
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForSelector('html[data-ready]');
    expect(page.url()).toBe(at(`/#${thread}`));
    expect(await page.evaluate(() => document.cookie)).toBe('');

    await page.keyboard.type('A lamp that dims');
    await page.keyboard.press('Enter');
    await page.locator('#log').getByText('A lamp that dims').waitFor();
    // It is handed over once it is on record, which the page does not wait for.
    await expect
      .poll(() => playground.bot.received.map(({ text }) => text))
      .toEqual(['A lamp that dims']);
    await shoot(page, 'signed-in-1280');

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Password').waitFor();
    await page.goto(at('/'));
    await page.getByLabel('Password').waitFor();
  });

  it('says so in a page whose session has ended, and keeps what was typed', async () => {
    const page = await open('/sign-in');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForSelector('html[data-ready]');
    await page.getByRole('textbox', { name: 'Message' }).fill('half a script');
    playground = await playground.restart();
    const way = page.getByRole('alert').getByRole('link', { name: 'Sign in' });
    await way.waitFor();
    expect(await page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('half a script');
    await way.click();
    await page.getByLabel('Password').waitFor();
    // The browser's own words about the restart.
    complaints = complaints.filter((text) => !/ERR_|Failed to load resource/.test(text));
  });

  it.each([
    ['en-US', 'light'],
    ['zh-CN', 'dark'],
  ] as const)('fits a phone, in %s and %s', async (locale, colorScheme) => {
    const page = await open('/', { locale, colorScheme, viewport: { width: 375, height: 700 } });
    const field = page.getByLabel(locale === 'en-US' ? 'Password' : '密码');
    await field.waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(
      locale === 'en-US' ? 'en' : 'zh-CN',
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
    for (const box of [await field.boundingBox(), await page.getByRole('button').boundingBox()])
      expect(box?.height).toBeGreaterThanOrEqual(44);
    await field.fill('wrong one');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await shoot(page, `sign-in-375-${locale}`);
    await field.fill(PASSWORD);
    await page.getByRole('button').click();
    await page.waitForSelector('html[data-ready]');
    await page.locator('#open-drawer').click();
    await page.locator('#sign-out').waitFor();
    await shoot(page, `drawer-375-${locale}`);
  });
});

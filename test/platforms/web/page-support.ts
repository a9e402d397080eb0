/** A browser, a playground, and the promise that the browser had nothing to complain about. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { CHROMIUM, launchChromium } from './chromium.ts';
import { encodeFilm } from './film.ts';
import { type Playground, startPlayground } from './support.ts';

export interface Stage {
  /** Fresh for every test; a test may put another in its place. */
  playground: Playground;
  readonly film: Buffer;
  /** `hash` is `#` and the id of a conversation. */
  open(hash?: string, options?: BrowserContextOptions): Promise<Page>;
  /** The browser's console must stay empty, but for what a test brings about on purpose. */
  forgive(complaint: RegExp): void;
}

export const STOP = { label: 'Stop', style: 'danger', does: { action: 'stop' } } as const;

/** Runs `tests` where there is a Chromium, and says in the report where there is none. */
export function withPage(title: string, tests: (stage: () => Stage) => void): void {
  const notice = CHROMIUM ? '' : ' (SKIPPED: no Chromium on this machine)';
  describe.skipIf(!CHROMIUM)(`${title}${notice}`, () => {
    let browser: Browser;
    let film: Buffer;
    let stage: Stage;
    let complaints: string[];
    let forgiven: RegExp[];

    async function open(hash = '', options: BrowserContextOptions = {}): Promise<Page> {
      const page = await browser.newPage({
        locale: 'en-US',
        viewport: { width: 1280, height: 800 },
        ...options,
      });
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      await page.goto(`${stage.playground.url}/${hash}`);
      await page.waitForSelector('html[data-ready]');
      return page;
    }

    beforeAll(async () => {
      [browser, film] = await Promise.all([launchChromium(), encodeFilm()]);
    });
    afterAll(() => browser.close());
    beforeEach(async () => {
      complaints = [];
      forgiven = [];
      stage = {
        playground: await startPlayground(),
        film,
        open,
        forgive: (complaint) => forgiven.push(complaint),
      };
    });
    afterEach(async () => {
      for (const context of browser.contexts()) await context.close();
      const serious = complaints.filter((text) => !forgiven.some((pattern) => pattern.test(text)));
      expect([...serious, ...stage.playground.errors]).toEqual([]);
      await stage.playground.close();
    });

    tests(() => stage);
  });
}

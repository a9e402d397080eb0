/** The page by the rules of WCAG 2.2 AA, as axe-core reads them in a real browser, in each way it can be looked at. */
import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { STOP, withPage } from './page-support.ts';
import { beginThread, sourceOf } from './support.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const foundShape = z.array(
  z.object({ id: z.string(), help: z.string(), nodes: z.array(z.object({ html: z.string() })) }),
);

/** What is broken, in words; the rules run beside the page's own code, past its content policy. */
async function broken(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then((it) => it.violations)`,
  );
  return foundShape
    .parse(found)
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

const WAYS: readonly [string, BrowserContextOptions][] = [
  ['light, on a desk', { colorScheme: 'light' }],
  ['dark, on a desk', { colorScheme: 'dark' }],
  ['light, on a phone', { colorScheme: 'light', viewport: { width: 375, height: 740 } }],
  ['dark, on a phone', { colorScheme: 'dark', viewport: { width: 375, height: 740 } }],
  // The zoom of a browser halves the width that a page has.
  ['at 200 % zoom', { viewport: { width: 640, height: 400 } }],
  ['in forced colours', { forcedColors: 'active' }],
];

withPage('everybody can use the page', (stage) => {
  it.each(WAYS)('the welcome holds to every rule: %s', async (_way, options) => {
    const page = await stage().open('', options);
    expect(await broken(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });

  it.each(WAYS)('a conversation holds to every rule: %s', async (_way, options) => {
    const { playground, film, open } = stage();
    const { thread, chat } = await beginThread(playground);
    await chat.post({ text: 'Working… · 20 s', buttons: [STOP] }, { key: 'status' });
    await chat.post(
      {
        text: '**Timeline (1 track)**\n1. Video: lamp (0-1s)\n\n> "A lamp"\n\n`lamp.mp4`\n\n[A link](https://example.org/a)',
        mention: ['you'],
        buttons: [
          { label: 'Export MP4', style: 'primary', does: { action: 'export' } },
          { label: 'Change something', does: { action: 'change' } },
        ],
      },
      { key: 'answer' },
    );
    await chat.postFile(
      sourceOf('lamp.mp4', 'video/mp4', film),
      { text: '✅ Video ready!' },
      { key: 'film' },
    );
    const page = await open(`#${thread}`, options);
    await page.locator('video').waitFor();
    expect(await broken(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });

  it('moves nothing for whoever asked for less motion', async () => {
    const page = await stage().open('', { reducedMotion: 'reduce' });
    const moving = await page.evaluate(
      () => document.getAnimations().filter((it) => it.playState === 'running').length,
    );
    expect(moving).toBe(0);
  });

  it('does not send a word that an input method still composes, as Safari tells of it either', async () => {
    const { playground, open } = stage();
    const page = await open();
    await page.keyboard.type('一只猫');
    // Safari ends the composition before it tells of the Enter that ended it: the key code alone gives it away.
    await page.evaluate(() => {
      const box = document.querySelector('#message');
      const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
      Object.defineProperty(enter, 'keyCode', { value: 229 });
      box?.dispatchEvent(enter);
    });
    expect(await page.locator('#message').inputValue()).toBe('一只猫');
    await page.keyboard.press('Enter');
    await expect.poll(() => playground.bot.received.map(({ text }) => text)).toEqual(['一只猫']);
  });
});

/** How far the page can be scrolled sideways, in pixels. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

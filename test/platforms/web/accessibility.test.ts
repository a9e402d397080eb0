/** The page by the rules of WCAG 2.2 AA, as axe-core reads them in a real browser, in each way it can be looked at. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';
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

interface Way {
  readonly name: string;
  readonly media?: Parameters<Page['emulateMedia']>[0];
  readonly size?: { readonly width: number; readonly height: number };
}

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 375, height: 740 };
const WAYS: readonly Way[] = [
  { name: 'light, on a desk', media: { colorScheme: 'light' } },
  { name: 'dark, on a desk', media: { colorScheme: 'dark' } },
  { name: 'light, on a phone', media: { colorScheme: 'light' }, size: PHONE },
  { name: 'dark, on a phone', media: { colorScheme: 'dark' }, size: PHONE },
  // The zoom of a browser halves the width that a page has.
  { name: 'at 200 % zoom', size: { width: 640, height: 400 } },
  { name: 'in forced colours', media: { forcedColors: 'active' } },
];

/** In each way one after the other: to open a browser's page anew takes longer than to look at it. */
async function inEachWay(page: Page): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, readonly string[]> = {};
  for (const { name, media = {}, size = DESK } of WAYS) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', ...media });
    // Colours fade from one scheme to the other.
    await page.evaluate(async () => {
      const fading = document.getAnimations().filter((it) => it instanceof CSSTransition);
      await Promise.all(fading.map((it) => it.finished));
    });
    const wide = (await overflow(page)) > 0 ? ['it can be scrolled sideways'] : [];
    found[name] = [...(await broken(page)), ...wide];
  }
  return found;
}

const FINE = Object.fromEntries(WAYS.map(({ name }) => [name, []]));

withPage('everybody can use the page', (stage) => {
  it('the welcome holds to every rule, in each way it is looked at', async () => {
    expect(await inEachWay(await stage().open())).toEqual(FINE);
  });

  it('a conversation holds to every rule, in each way it is looked at', async () => {
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
    const plan = { action: 'make-plan', value: 'a turn' } as const;
    await chat.post(
      {
        text: '**Plan**\n\nScene 1: A lamp that dims',
        buttons: [
          { label: 'Make it', style: 'primary', does: plan },
          { label: 'Cancel', style: 'danger', does: { ...plan, action: 'cancel-plan' } },
        ],
      },
      { key: 'plan' },
    );
    await chat.postFile(
      sourceOf('lamp.mp4', 'video/mp4', film),
      { text: '✅ Video ready!' },
      { key: 'film' },
    );
    const page = await open(`#${thread}`);
    await page.locator('video').waitFor();
    expect(await inEachWay(page)).toEqual(FINE);
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

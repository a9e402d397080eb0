/** The strip of versions under the newest video, and two of them played side by side, in a real browser. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { MessageId } from '../../../src/runtime/ids.ts';
import { withPage } from './page-support.ts';
import { beginThread, type Playground, sourceOf } from './support.ts';

const SHOTS = process.env['PAGE_SHOTS'];

/** A conversation with so many finished videos. */
async function withVersions(playground: Playground, film: Buffer, count: number) {
  const begun = await beginThread(playground, 'A film about tea');
  const messages: (MessageId | undefined)[] = [];
  for (let n = 1; n <= count; n += 1) {
    const said = { text: `✅ Video ready! v${n} (160×90, 1 s)` };
    const posted = await begun.chat.postFile(sourceOf(`v${n}.mp4`, 'video/mp4', film), said, {
      key: `film ${n}`,
    });
    messages.push(posted?.id);
  }
  playground.bot.answer.versions = messages.map((message, index) => ({
    name: `v${index + 1}`,
    at: Date.now(),
    details: '(160×90, 1 s)',
    changes: index === 0 ? [] : [`✅ Title changed: “Tea ${index}” → “Tea ${index + 1}”`],
    message,
  }));
  return begun;
}

const times = (page: Page) =>
  page
    .locator('dialog video')
    .evaluateAll((all) => all.map((video) => (video as HTMLVideoElement).currentTime));
const paused = (page: Page) =>
  page
    .locator('dialog video')
    .evaluateAll((all) => all.map((video) => (video as HTMLVideoElement).paused));

withPage('the versions of a conversation', (stage) => {
  it('stand under the newest video, and two of them play and pause together', async () => {
    const { playground, film, open } = stage();
    const { thread, chat } = await withVersions(playground, film, 3);
    const page = await open(`#${thread}`);
    const strip = page.getByRole('region', { name: 'Versions' });
    await strip.waitFor();
    expect(await page.locator('article').last().locator('.versions').count()).toBe(1);
    const chip = (name: string) => strip.getByRole('button', { name: new RegExp(`^${name}`) });
    const pressed = () =>
      Promise.all(['v1', 'v2', 'v3'].map((name) => chip(name).getAttribute('aria-pressed')));
    expect(await pressed()).toEqual(['false', 'true', 'true']);
    await chip('v1').click();
    expect(await pressed()).toEqual(['true', 'false', 'true']);
    await chip('v3').click();
    const side = strip.getByRole('button', { name: 'Play side by side' });
    expect(await side.isDisabled()).toBe(true);
    await chip('v2').click();
    // From here on by keyboard.
    await side.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Play side by side: v1 · v2' });
    await dialog.waitFor();
    expect(await dialog.getByText('“Tea 1” → “Tea 2”').count()).toBe(1);
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLVideoElement>('dialog video')].every(
        (video) => video.readyState >= 2,
      ),
    );
    await page.keyboard.press('Enter');
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLVideoElement>('dialog video')].every(
        (video) => video.currentTime > 0,
      ),
    );
    const playing = dialog.getByRole('button', { name: 'Pause both' });
    if ((await playing.count()) > 0) await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Play both' }).waitFor();
    const slider = dialog.getByRole('slider', { name: 'Position in both videos' });
    await slider.fill('0.3');
    expect(await times(page)).toEqual([0.3, 0.3]);
    expect(await paused(page)).toEqual([true, true]);
    const muted = () =>
      page
        .locator('dialog video')
        .evaluateAll((all) => all.map((video) => (video as HTMLVideoElement).muted));
    expect(await muted()).toEqual([false, true]);
    await dialog.getByRole('radio', { name: 'v2' }).check();
    expect(await muted()).toEqual([true, false]);
    await dialog.getByRole('radio', { name: 'None' }).check();
    expect(await muted()).toEqual([true, true]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await side.evaluate((element) => element === document.activeElement)).toBe(true);
    // One more comes, and the strip moves under it.
    const posted = await chat.postFile(
      sourceOf('v4.mp4', 'video/mp4', film),
      { text: '✅ Video ready! v4' },
      { key: 'film 4' },
    );
    const { versions = [] } = playground.bot.answer;
    const fourth = { name: 'v4', at: Date.now(), details: '', changes: [], message: posted?.id };
    playground.bot.answer.versions = [...versions, fourth];
    await chat.post({ text: '✅ Done' }, { key: 'done' });
    await chip('v4').waitFor();
    expect(await page.locator('.versions').count()).toBe(1);
  });

  it('are not shown where there is one, or where a conversation has none', async () => {
    const { playground, film, open } = stage();
    const { thread } = await withVersions(playground, film, 1);
    const page = await open(`#${thread}`);
    await page.locator('video').waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.locator('.versions').count()).toBe(0);
    await page.goto(`${playground.url}/#new`);
    await page.waitForLoadState('networkidle');
    expect(await page.locator('.versions').count()).toBe(0);
  });

  it.each([375, 1280])('fit a page of %i pixels, light and dark', async (width) => {
    const { playground, film, open } = stage();
    const { thread } = await withVersions(playground, film, 8);
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open(`#${thread}`, { viewport: { width, height: 740 }, colorScheme });
      await page.locator('.versions').waitFor();
      const overflow = () =>
        page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(await overflow()).toBeLessThanOrEqual(0);
      if (SHOTS) await page.screenshot({ path: `${SHOTS}/strip-${width}-${colorScheme}.png` });
      await page.getByRole('button', { name: 'Play side by side' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      const box = await dialog.boundingBox();
      expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= width).toBe(true);
      expect(await dialog.evaluate((it) => it.scrollWidth - it.clientWidth)).toBeLessThanOrEqual(0);
      if (SHOTS) await page.screenshot({ path: `${SHOTS}/beside-${width}-${colorScheme}.png` });
      await page.close();
    }
  });
});

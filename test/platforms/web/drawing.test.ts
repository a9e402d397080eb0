/** The drawn timeline on the page, by mouse and by keyboard, and a film with captions. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Chart } from '../../../src/pictures/chart.ts';
import { CHARTS } from '../../pictures/charts.ts';
import { srt, vtt } from '../captions-story.ts';
import { withPage } from './page-support.ts';
import { beginThread, sourceOf } from './support.ts';

const seven = CHARTS['seven segments'] as Chart;

withPage('a drawn timeline', (stage) => {
  async function drawn(chart = seven) {
    const { playground, open } = stage();
    const { chat, thread } = await beginThread(playground, 'A film of the harbour');
    await chat.post({ text: 'Nothing is running.', chart }, { key: 'status' });
    return { page: await open(`#${thread}`), thread };
  }

  it('begins a message about the scene that is pressed', async () => {
    const { page } = await drawn();
    await page.getByRole('button', { name: /^scene 3/ }).click();
    const box = page.locator('#message');
    expect(await box.inputValue()).toBe('scene 3: ');
    expect(await box.evaluate((it) => it === document.activeElement)).toBe(true);
  });

  it('is one stop of the Tab key; the arrows go from segment to segment, Enter begins a message', async () => {
    const { page } = await drawn();
    const scene = (n: number) => page.getByRole('button', { name: new RegExp(`^scene ${n}\\b`) });
    expect(await page.locator('.drawing [tabindex="0"]').count()).toBe(1);
    await scene(1).focus();
    for (let n = 0; n < 3; n += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    expect(await scene(3).evaluate((it) => it === document.activeElement)).toBe(true);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    expect(await page.locator('#message').inputValue()).toBe('title “Come and see <us> & stay”: ');
  });

  it('says to those who do not see it what it shows, and holds names as nothing but text', async () => {
    const name = '<script>alert(1)</script><image href="x" onerror="alert(2)"/>';
    const lanes = seven.lanes.map((lane) => ({
      ...lane,
      segments: lane.segments.map((it) => ({ ...it, name })),
    }));
    const { page } = await drawn({ ...seven, lanes, title: name });
    const group = page.getByRole('group', {
      name: /^Picture of the timeline\. Timeline \(3 tracks\)/,
    });
    await group.waitFor();
    expect(await page.locator('.drawing script, .drawing image, .drawing [onerror]').count()).toBe(
      0,
    );
    expect(await page.locator('.drawing text', { hasText: '<script>' }).count()).toBeGreaterThan(0);
  });

  it('is scrolled on a telephone, and the page is not', async () => {
    const { playground, open } = stage();
    const { chat, thread } = await beginThread(playground, 'A film of the harbour');
    await chat.post({ text: 'Nothing is running.', chart: seven }, { key: 'status' });
    const page = await open(`#${thread}`, { viewport: { width: 375, height: 740 } });
    await page.locator('.drawing svg').waitFor();
    const widths = await page.evaluate(() => {
      const figure = document.querySelector('.drawing');
      return [document.documentElement.scrollWidth, figure?.clientWidth, figure?.scrollWidth];
    });
    expect(widths[0]).toBeLessThanOrEqual(375);
    expect(widths[2]).toBeGreaterThan(widths[1] ?? 0);
    await page.getByRole('button', { name: /^scene 1/ }).focus();
    for (let n = 0; n < 6; n += 1) await page.keyboard.press('ArrowRight');
    const shown = await page.getByRole('button', { name: /^scene 7/ }).boundingBox();
    expect((shown?.x ?? 0) + (shown?.width ?? 0)).toBeLessThanOrEqual(375);
  });
});

withPage('captions on the page', (stage) => {
  it('are a track of the player, and files beside each other', async () => {
    const { playground, film, open } = stage();
    const { chat, thread } = await beginThread(playground, 'A film of the harbour');
    const captions = sourceOf('captions.vtt', 'text/vtt', Buffer.from(vtt));
    const video = { ...sourceOf('film.mp4', 'video/mp4', film), captions };
    await chat.postFile(video, { text: '✅ Video ready!' }, { key: 'video' });
    const file = { ...sourceOf('captions.srt', 'application/x-subrip', Buffer.from(srt)) };
    await chat.postFile({ ...file, beside: [captions] }, { text: 'Captions' }, { key: 'captions' });
    const page = await open(`#${thread}`);
    await page.waitForFunction(() => {
      const [track] = document.querySelector('video')?.textTracks ?? [];
      return track?.mode === 'showing' && (track.cues?.length ?? 0) === 7;
    });
    await page.getByRole('link', { name: 'Download captions.srt' }).waitFor();
    await page.getByRole('link', { name: 'Download captions.vtt' }).waitFor();
    await page.locator('video[aria-label="A film about tea"]').waitFor();
  });
});

const { SCREENSHOTS } = process.env;
if (SCREENSHOTS)
  withPage('screenshots', (stage) => {
    it.each([
      [1280, 'light'],
      [1280, 'dark'],
      [375, 'light'],
      [375, 'dark'],
    ] as const)('at %d in %s', async (width, colorScheme) => {
      const { playground, open, film } = stage();
      const { chat, thread } = await beginThread(playground, 'A film of the harbour');
      const captions = sourceOf('captions.vtt', 'text/vtt', Buffer.from(vtt));
      await chat.postFile(
        { ...sourceOf('film.mp4', 'video/mp4', film), captions },
        { text: '✅ Video ready!' },
        { key: 'video' },
      );
      await chat.post({ text: 'Nothing is running.', chart: seven }, { key: 'status' });
      const page = await open(`#${thread}`, { viewport: { width, height: 900 }, colorScheme });
      await page.getByRole('button', { name: /^scene 3/ }).focus();
      await page.keyboard.press('ArrowRight');
      const shot = await page.screenshot();
      await writeFile(path.join(SCREENSHOTS, `page-${width}-${colorScheme}.png`), shot);
    });
  });

/** The README's first screen, as a newcomer follows it: the demo in a real browser. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, launchChromium } from './platforms/web/chromium.ts';

const DESCRIPTION =
  'Meet the Lumen desk lamp, made for people who work late. Its light follows the day: cool and bright in the morning, warm and ' +
  'low in the evening, so that your eyes rest when they should. A single touch on the base dims it; a second touch remembers what ' +
  'you like. The arm is one piece of brushed aluminium that stays exactly where you leave it, and folds flat when you need the ' +
  'space. Inside is a light source that lasts for twenty years of evenings and can be replaced with a screwdriver. It charges your ' +
  'phone while you read, and it never hums. We build it in a small workshop by the harbour, test every lamp for a whole day, and ' +
  'pack it in paper. Lumen comes in chalk, ink and moss. Order before noon and it leaves the workshop the same day. Lumen: light ' +
  'that knows when to leave you alone.';

/** A film of thirty seconds is encoded, and four short ones, beside other tests on a small machine. */
const PATIENCE_MS = 200_000;

let child: ChildProcess;
let url: string;
let folder: string;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  if (!CHROMIUM) return;
  folder = mkdtempSync(path.join(os.tmpdir(), 'nemo-bot-demo-'));
  child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', path.resolve('src/demo.ts')],
    {
      cwd: folder,
      // A real encoder knows no scale: at this pace a busy machine would outlast the render's minutes, and the film came late.
      env: {
        PATH: process.env['PATH'],
        PORT: '0',
        TIME_SCALE: '0.02',
        RENDER_POLLS: '500',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  url = await new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the demo ended at once')));
    if (!child.stdout) return reject(new Error('no output'));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = /open (http:\S+)/.exec(line)?.[1];
      if (address) resolve(address);
    });
  });
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  child?.kill('SIGKILL');
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const composer = (): Locator => page.locator('textarea');
const bot = (text: string | RegExp): Locator => page.getByRole('log').getByText(text).last();

async function say(text: string): Promise<void> {
  await composer().fill(text);
  // The page sends nothing while a file is still on its way up.
  await page.locator('button[aria-label="Send"][aria-disabled="false"]').waitFor();
  await composer().press('Enter');
}

/** How many messages with this text there are; a later wait is for one more. */
const countOf = (text: string | RegExp): Promise<number> =>
  page.getByRole('log').getByText(text).count();
async function oneMore(text: string | RegExp, deed: () => Promise<void>): Promise<void> {
  // The last turn may still be writing its end.
  await page
    .getByRole('log')
    .getByRole('button', { name: 'Stop' })
    .first()
    .waitFor({ state: 'hidden' });
  const before = await countOf(text);
  await deed();
  await page.getByRole('log').getByText(text).nth(before).waitFor();
}

/** Where screenshots go when somebody wants to look: SHOTS=folder npx vitest run test/demo.test.ts */
async function shot(name: string): Promise<void> {
  const target = process.env['SHOTS'];
  if (target) await page.screenshot({ path: path.join(target, `${name}.png`) });
}

// Skipped, visibly, only where there is no Chromium; .ci/run installs one.
describe.skipIf(!CHROMIUM)('the demo', { timeout: 220_000 }, () => {
  test('turns a 150-word product description into an MP4 that the page plays', async () => {
    expect(DESCRIPTION.split(/\s+/).length).toBeGreaterThanOrEqual(145);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto(url);
    await shot('welcome-1280');
    await say(DESCRIPTION);
    await bot(/Working|Rendering/).waitFor();
    await shot('working-1280');
    await bot(/Video ready/).waitFor();
    const video = page.locator('video').last();
    await video.evaluate((element: HTMLVideoElement) => element.play());
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.1);
    await bot(/^✅ Done in/).waitFor();
    await shot('video-1280');
    expect(problems).toEqual([]);
  });

  test('the delivered file is the rendered one, byte for byte, and a real H.264 MP4', async () => {
    const link = await page
      .getByRole('log')
      .getByRole('link', { name: /render-result/ })
      .last()
      .getAttribute('href');
    const download = await page
      .getByRole('link', { name: /^Download/ })
      .last()
      .getAttribute('href');
    const bytes = async (address: string) =>
      Buffer.from(await (await fetch(address)).arrayBuffer());
    const delivered = await bytes(new URL(download ?? '', url).href);
    const rendered = await bytes(link ?? '');
    const sha = (b: Buffer) => createHash('sha256').update(b).digest('hex');
    expect(sha(delivered)).toBe(sha(rendered));
    expect(delivered.subarray(4, 8).toString()).toBe('ftyp');
    expect(delivered.includes('avc1')).toBe(true);
  });

  test('changes it when asked, and says what has changed', async () => {
    await oneMore(/Title (added|changed).*"Hello"/, () => say("add a title 'Hello'"));
  });

  test('confirms an edit on which the agent says nothing, with name and timing', async () => {
    await oneMore(/Music .*volume \d+% → \d+%/, () => say('make the music quieter [[sim:silent]]'));
  });

  test('uses three images', async () => {
    const png = (await import('@napi-rs/canvas')).createCanvas(64, 48).toBuffer('image/png');
    await page.locator('input[type=file]').setInputFiles(
      ['one.png', 'two.png', 'three.png'].map((name) => ({
        name,
        mimeType: 'image/png',
        buffer: png,
      })),
    );
    await oneMore(/^✅ Done in/, () =>
      say('Use these pictures, in this order. Make it 8 seconds.'),
    );
    const state = await (await fetch(`${url}/api/threads`)).json();
    expect(JSON.stringify(state)).toContain('Lumen');
    await oneMore(/Timeline \(\d tracks?\)/, () => say('status'));
    expect(await bot(/Timeline \(\d tracks?\)/).textContent()).toMatch(/one|two|three|\+\d/);
  });

  test('three scripts with an instruction each become three different videos, in order', async () => {
    const list = page.getByRole('complementary');
    await list.getByRole('link', { name: 'New video' }).click();
    const scripts = {
      harbour: 'The boats come home at dusk. Nets dry on the quay.',
      market: 'Baskets of figs. A baker calls the hour.',
      garden: 'Rain on the fern. The gate stays open.',
    };
    await page.locator('input[type=file]').setInputFiles(
      Object.entries(scripts).map(([name, text]) => ({
        name: `${name}.txt`,
        mimeType: 'text/plain',
        buffer: Buffer.from(text),
      })),
    );
    await say('1. three seconds, portrait\n2. three seconds, square\n3. three seconds');
    await bot(/All 3 videos are done/).waitFor();
    await shot('batch-1280');
    const links = page.getByRole('link', { name: /^Download .*mp4$/ });
    const names = await links.evaluateAll((all) =>
      all.map((link) => link.getAttribute('download')),
    );
    expect(names).toEqual(['harbour.mp4', 'market.mp4', 'garden.mp4']);
    const sums = await links.evaluateAll(async (all) => {
      const files = await Promise.all(
        all.map(async (link) => (await fetch((link as HTMLAnchorElement).href)).arrayBuffer()),
      );
      return files.map((file) => file.byteLength);
    });
    expect(new Set(sums).size).toBe(3);
    await list.getByRole('link', { name: /Lumen/ }).click();
    await bot(/Video ready/).waitFor();
  });

  test('exports on the word, in English and in Chinese', async () => {
    await oneMore(/Video ready/, () => say('export'));
    // Nothing has changed since.
    await oneMore(/没有改动/, () => say('导出'));
  });

  test('tells the credits privately, by command and by word', async () => {
    await oneMore(/Credits: \d+ available, \d+ frozen, \d+ total/, async () => {
      await composer().pressSequentially('/credits');
      await composer().press('Enter');
      await composer().press('Enter');
    });
    await oneMore(/积分：可用 \d+，冻结 \d+，总计 \d+/, () => say('余额'));
    await shot('credits-1280');
  });

  test('stops when told to, and is honest about charges', async () => {
    await say('make it slower [[sim:slow]]');
    await page.getByRole('button', { name: 'Stop' }).last().click();
    await bot(/already charged stays charged/).waitFor();
  });

  test('has no sideways scroll at 375 px, and keeps everything over a reload', async () => {
    await page.setViewportSize({ width: 375, height: 812 });
    await page.reload();
    await bot(/already charged stays charged/).waitFor();
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(wider).toBeLessThanOrEqual(0);
    await shot('thread-375');
  });
});

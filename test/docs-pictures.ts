/** Makes the pictures of docs/ anew: the demo in a real Chromium, as README shows it. `npm run docs:pictures` */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Page } from 'playwright-core';
import { CHROMIUM, launchChromium } from './platforms/web/chromium.ts';

const DOCS = path.resolve(import.meta.dirname, '../docs');
const DEMO = path.resolve(import.meta.dirname, '../src/demo.ts');
const SCRIPT = `Plan first.

Scene 1: A desk lamp in the blue light of morning.
Scene 2: A hand touches its base, and the light turns warm.
Scene 3: Rain on the window; the lamp dims by itself.`;
/** A film is encoded on the way. */
const PATIENCE_MS = 300_000;

if (!CHROMIUM)
  throw new Error(
    'There is no Chromium on this machine: install one (apt-get install chromium), then run this again.',
  );

const folder = mkdtempSync(path.join(os.tmpdir(), 'nemo-bot-pictures-'));
const demo = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', DEMO], {
  cwd: folder,
  env: { PATH: process.env['PATH'], PORT: '0', TIME_SCALE: '0.06' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const browser = await launchChromium();
try {
  const url = await addressOf();
  const page = await browser.newPage({
    viewport: { width: 1280, height: 900 },
    colorScheme: 'light',
  });
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(url);
  await say(page, SCRIPT);
  await page.getByRole('button', { name: 'Make it' }).waitFor();
  await picture(page, 'playground-plan');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.locator('video').first().waitFor();
  await atRest(page);
  await say(page, 'Make the music quieter');
  await page
    .getByRole('log')
    .getByText(/volume \d+% → \d+%/)
    .waitFor();
  await atRest(page);
  await picture(page, 'playground-desktop');
  await say(page, 'timeline');
  await page.locator('svg[role="group"], svg[role="img"], .drawing').last().waitFor();
  await atRest(page);
  await picture(page, 'playground-timeline');
  await page.setViewportSize({ width: 375, height: 740 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture(page, 'playground-phone');
} finally {
  await browser.close();
  demo.kill('SIGTERM');
  await once(demo, 'exit');
  rmSync(folder, { recursive: true, force: true });
}

function addressOf(): Promise<string> {
  return new Promise((resolve, reject) => {
    demo.once('exit', () => reject(new Error('the demo ended at once')));
    createInterface({ input: demo.stdout }).on('line', (line) => {
      const address = /open (http:\S+)/.exec(line)?.[1];
      if (address) resolve(address);
    });
  });
}

async function say(page: Page, text: string): Promise<void> {
  await page.locator('#message').fill(text);
  await page.locator('#message').press('Enter');
}

/** Nothing is at work: the last status has ended. */
async function atRest(page: Page): Promise<void> {
  await page.waitForTimeout(500);
  const stops = page.getByRole('log').getByRole('button', { name: 'Stop' });
  await stops.first().waitFor({ state: 'hidden' });
}

async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(300);
  await page.screenshot({ path: path.join(DOCS, `${name}.png`) });
}

/** A plan on the page: a card with its buttons, what may be changed, and the box that asks for one. */
import { expect, it } from 'vitest';
import { closedCard, planCard } from '../../../src/conversation/plan/plan-card.ts';
import { en } from '../../../src/locales/en/locale.ts';
import type { IncomingMessage } from '../../../src/platforms/chat.ts';
import { toTurnId } from '../../../src/runtime/ids.ts';
import { withPage } from './page-support.ts';

const turn = toTurnId('t1');
const card = planCard({
  words: en.words,
  turn,
  why: 'asked',
  estimate: { credits: 96, minutes: 3 },
  available: 400,
  plan: {
    origins: [turn],
    kind: 'video',
    several: false,
    parts: [
      { text: 'Tea grows on a misty mountain in the early morning' },
      { text: 'A hand picks the first leaf' },
      { text: 'A cup steams on a wooden table' },
    ],
    wishes: { seconds: 30, shape: 'portrait', music: 'calm piano' },
    decided: [],
    added: ['a bit funnier, please'],
    files: [
      { name: 'script.docx', use: 'script' },
      { name: 'logo.png', use: 'image' },
    ],
    told: [],
  },
});

withPage('a plan on the page', (stage) => {
  async function shows(message: IncomingMessage): Promise<void> {
    const chat = stage().playground.platform.thread(message.thread);
    const { id } = await chat.post({ ...card, mention: ['you'] }, { key: `${message.key}:plan` });
    if (message.text.includes('over'))
      await chat.edit(id, {
        text: closedCard(card.text, en.words.plan.ended.cancelled),
        buttons: [],
      });
  }

  it('is a card with three buttons, by keyboard too; once over it has none', async () => {
    const { playground, open } = stage();
    playground.bot.answer.message = shows;
    for (const [width, scheme] of [
      [1280, 'light'],
      [1280, 'dark'],
      [375, 'light'],
      [375, 'dark'],
    ] as const) {
      const page = await open('', { viewport: { width, height: 800 }, colorScheme: scheme });
      await page.getByLabel('Message', { exact: true }).fill('A film about tea.');
      await page.keyboard.press('Enter');
      const plan = page.locator('.plan.open');
      await plan.getByRole('button', { name: 'Make it' }).waitFor();
      expect(await plan.getByRole('button').allTextContents()).toEqual([
        'Make it',
        'Change the plan',
        'Cancel',
      ]);
      const box = await plan.locator('.body').boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      const folder = process.env['PLAN_PICTURES'];
      if (folder) await page.screenshot({ path: `${folder}/plan-${width}-${scheme}.png` });
      await plan.getByRole('button', { name: 'Change the plan' }).focus();
      await page.keyboard.press('Enter');
      const hint = await page.getByLabel('Message', { exact: true }).getAttribute('placeholder');
      expect(hint).toContain('drop scene 2');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('message');
      await page.keyboard.type('it is over');
      await page.keyboard.press('Enter');
      await page.locator('.plan.over').waitFor();
      expect(await page.locator('.plan.over').getByRole('button').count()).toBe(0);
      if (folder) await page.screenshot({ path: `${folder}/over-${width}-${scheme}.png` });
      await page.context().close();
    }
    expect(playground.bot.received.map(({ text }) => text)).toContain('A film about tea.');
  });

  it('is asked for by a box, in words that stay to be seen', async () => {
    const { playground, open } = stage();
    const page = await open();
    await page.getByLabel('Plan first').check();
    await page.getByLabel('Message', { exact: true }).fill('A film about tea.');
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText('Plan first.').waitFor();
    expect(playground.bot.received[0]?.text).toBe('A film about tea.\n\nPlan first.');
    expect(await page.getByLabel('Plan first').isChecked()).toBe(false);
  });
});

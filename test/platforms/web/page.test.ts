/** The page in a real browser: the way of a message, by keyboard; what is shown, and what is not. */

import { expect, it } from 'vitest';
import type { IncomingMessage } from '../../../src/platforms/chat.ts';
import { toMessageId } from '../../../src/runtime/ids.ts';
import { STOP, withPage } from './page-support.ts';
import { beginThread, sourceOf } from './support.ts';

withPage('a conversation on the page', (stage) => {
  /** Answers as the bot does: seen, a status that changes, an answer with buttons, the film. */
  async function makeFilm(message: IncomingMessage): Promise<void> {
    const { playground, film } = stage();
    const chat = playground.platform.thread(message.thread);
    await chat.react(message.messageId ?? toMessageId('none'), 'seen');
    const status = await chat.post(
      { text: 'Setting up…', buttons: [STOP] },
      { key: `${message.key}:status` },
    );
    await chat.edit(status.id, { text: '⏳ Rendering: 50%', buttons: [STOP] });
    await chat.post(
      {
        text: '**Timeline (1 track)**\n1. Video: lamp (0-1s)',
        mention: ['you'],
        buttons: [
          { label: 'Change something', does: { action: 'change' } },
          { label: 'Timeline', does: { action: 'timeline' } },
        ],
      },
      { key: `${message.key}:answer` },
    );
    await chat.postFile(
      sourceOf('lamp.mp4', 'video/mp4', film),
      { text: '✅ Video ready!' },
      { key: `${message.key}:film` },
    );
    await chat.edit(status.id, { text: '✅ Done in 3 s' });
  }

  it('takes wishes for a new video, says them behind the words, and offers none afterwards', async () => {
    const page = await stage().open();
    await page.focus('#message');
    await page.keyboard.type('A film about tea.');
    expect(await page.isVisible('#wishes')).toBe(false);
    await page.getByRole('button', { name: 'Shape, length and more' }).press('Enter');
    await page.locator('#wishes select').first().selectOption('9:16');
    await page.getByLabel('Music', { exact: true }).fill('  soft   piano. ');
    await page.click('#send');
    await page.waitForSelector('#wish', { state: 'hidden' });
    expect(await page.isVisible('#wishes')).toBe(false);
    const { received } = stage().playground.bot;
    await expect
      .poll(() => received.map(({ text }) => text))
      .toEqual(['A film about tea.\n\nAspect ratio: 9:16.\nMusic: soft piano.']);
  });

  it('turns a script typed at the keyboard into a film that plays in place, and keeps it over a reload', async () => {
    const { playground, open } = stage();
    playground.bot.answer.message = makeFilm;
    const page = await open();
    // The message box has the focus from the start.
    await page.keyboard.type('A lamp that dims');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('as the evening does.');
    await page.keyboard.press('Enter');
    await page.getByText('✅ Done in 3 s').waitFor();
    expect(playground.bot.received[0]?.text).toBe('A lamp that dims\nas the evening does.');

    for (const round of ['first', 'after a reload']) {
      const video = page.locator('video');
      await video.waitFor();
      await video.evaluate((element: HTMLVideoElement) => element.play());
      const size = await video.evaluate((element: HTMLVideoElement) => [
        element.videoWidth,
        element.videoHeight,
      ]);
      expect([round, ...size]).toEqual([round, 160, 90]);
      await page.getByRole('img', { name: 'Seen by nemo-bot' }).waitFor();
      expect(await page.locator('.mention').textContent()).toBe('@You');
      expect(await page.locator('ol li').textContent()).toBe('Video: lamp (0-1s)');
      expect(await page.locator('.status').getAttribute('class')).toContain('ended');
      const download = page.getByRole('link', { name: 'Download lamp.mp4' });
      expect(await download.getAttribute('href')).toMatch(/^\/files\/[0-9a-f-]{36}\?download$/);
      if (round === 'first') await page.reload();
    }
    expect(await page.getByRole('navigation').getByRole('link').textContent()).toContain(
      'A lamp that dims',
    );
  });

  it('is used by keyboard alone: commands, buttons, a hint for changes', async () => {
    const { playground, open } = stage();
    playground.bot.answer.message = makeFilm;
    playground.bot.answer.command = (command) =>
      command.respond({ text: 'Credits: 60 available.' });
    const page = await open();
    await page.keyboard.type('/');
    await page.getByRole('option', { name: '/credits' }).waitFor();
    expect(await page.getByRole('option').count()).toBe(12);
    await page.keyboard.press('Escape');
    await page.getByRole('option').first().waitFor({ state: 'hidden' });
    await page.keyboard.type('s');
    await page.keyboard.press('ArrowDown');
    expect(
      await page.getByRole('textbox', { name: 'Message' }).getAttribute('aria-activedescendant'),
    ).toBe('command-stop');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('cr');
    await page.keyboard.press('Enter');
    await page.getByText('Only visible to you').waitFor();
    expect(playground.bot.commands.map((command) => command.name)).toEqual(['credits']);

    await page.keyboard.type('A lamp');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Change something' }).waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    for (let step = 0; step < 30 && (await focused()) !== 'Timeline'; step += 1)
      await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => playground.bot.presses.map((press) => press.action))
      .toEqual(['timeline']);
    await page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe('Change something');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('message');
    expect(await page.locator('#message').getAttribute('placeholder')).toContain(
      'What should be different?',
    );
    expect(playground.bot.presses).toHaveLength(1);
  });

  it('sends what a prompt button says as the person’s own message', async () => {
    const { playground, open } = stage();
    const { thread, chat } = await beginThread(playground);
    const buttons = [
      { label: 'Slower', does: { action: 'prompt', value: 'make it slower' } },
    ] as const;
    await chat.post({ text: 'What next?', buttons }, { key: 'answer' });
    const page = await open(`#${thread}`);
    await page.getByRole('button', { name: 'Slower' }).click();
    await expect.poll(() => playground.bot.received.at(-1)?.text).toBe('make it slower');
  });

  it('leaves the focus on Stop while the status changes, and a running video running', async () => {
    const { playground, open, film } = stage();
    const { thread, chat } = await beginThread(playground);
    const { id } = await chat.post({ text: 'Working · 0 s', buttons: [STOP] }, { key: 'status' });
    const page = await open(`#${thread}`);
    await page.getByRole('button', { name: 'Stop' }).focus();
    await chat.edit(id, { text: 'Working · 15 s', buttons: [STOP] });
    await page.getByText('Working · 15 s').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Stop');
    expect(await page.locator('.status.busy').getAttribute('aria-live')).toBe('off');
    const delivery = { text: 'Video ready!', mention: ['you'] };
    await chat.postFile(sourceOf('a.mp4', 'video/mp4', film), delivery, {
      key: 'film',
    });
    await page.locator('video').evaluate((video) => video.setAttribute('data-same', 'yes'));
    const filmId = await page.locator('[data-id]:has(video)').getAttribute('data-id');
    await chat.edit(toMessageId(filmId ?? 'none'), {
      text: 'Video ready, really!',
    });
    await page.getByText('Video ready, really!').waitFor();
    expect(await page.locator('video').getAttribute('data-same')).toBe('yes');

    await chat.delete(id);
    await page.locator('.status').waitFor({ state: 'detached' });
  });

  it('shows hostile text as text', async () => {
    const { playground, open } = stage();
    const attack =
      '<img src=x onerror="document.title=\'pwned\'"><script>document.title="pwned"</script>';
    const { thread, chat } = await beginThread(playground, attack);
    const links = '[click](javascript:document.title="pwned") **<b>bold</b>** `<i>`';
    await chat.post({ text: `${attack}\n${links}`, mention: ['you'] }, { key: 'answer' });
    await chat.postFile(
      sourceOf('<img onerror=alert(1)>.svg', 'image/svg+xml', Buffer.from('<svg/>')),
      { text: '' },
      { key: 'file' },
    );
    await chat.post(
      {
        text: 'x',
        buttons: [{ label: '<u>go</u>', does: { url: 'javascript:document.title="pwned"' } }],
      },
      { key: 'link' },
    );
    const page = await open(`#${thread}`);
    await page.getByText('<u>go</u>').waitFor();
    const log = page.getByRole('log');
    expect(await log.locator('img, script, b, i, u, svg svg').count()).toBe(0);
    expect(await log.locator('a[href^="javascript" i]').count()).toBe(0);
    expect(await log.getByText(attack).count()).toBe(2);
    expect(await page.title()).not.toBe('pwned');
  });
});

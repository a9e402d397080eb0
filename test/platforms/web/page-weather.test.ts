/** The page in a real browser: files, lost connections, small screens, another language. */
import { expect, it } from 'vitest';
import { STOP, withPage } from './page-support.ts';
import { beginThread, sourceOf, startPlayground } from './support.ts';

withPage('the page in all weathers', (stage) => {
  it('takes files by picker, paste and drop, and lets them be removed', async () => {
    const { playground, open } = stage();
    const page = await open();
    await page.setInputFiles('#picker', {
      name: 'a.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('picked'),
    });
    for (const [kind, name] of [
      ['paste', 'b.txt'],
      ['drop', 'c.txt'],
    ] as const) {
      await page.evaluate(
        ([type, fileName]) => {
          const data = new DataTransfer();
          data.items.add(new File([type], fileName, { type: 'text/plain' }));
          const event =
            type === 'paste'
              ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true })
              : new DragEvent('drop', { dataTransfer: data, bubbles: true });
          document.getElementById('message')?.dispatchEvent(event);
        },
        [kind, name] as const,
      );
    }
    await expect.poll(() => page.locator('.chip progress:not([hidden])').count()).toBe(0);
    await page.getByRole('button', { name: 'Remove b.txt' }).click();
    await page.locator('#message').focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => playground.bot.received[0]?.attachments.map((file) => file.name))
      .toEqual(['a.txt', 'c.txt']);
    expect(await page.locator('.chip').count()).toBe(0);
    expect(await page.locator('.paper .name').allTextContents()).toEqual(['a.txt', 'c.txt']);
  });

  it('refuses a file over the cap with a sentence, before a byte is sent', async () => {
    const { open } = stage();
    await stage().playground.close();
    stage().playground = await startPlayground({ maxUploadBytes: 1024 * 1024 });
    const page = await open();
    await page.setInputFiles('#picker', {
      name: 'big.mp4',
      mimeType: 'video/mp4',
      buffer: Buffer.alloc(2_000_000),
    });
    await page.getByText('big.mp4 is larger than 1 MB. Please compress or trim it.').waitFor();
    expect(await page.locator('.chip').count()).toBe(0);
  });

  it('says that the connection is lost, and catches up when the process is back', async () => {
    const { open } = stage();
    const { thread, ref, chat } = await beginThread(stage().playground);
    const { id } = await chat.post({ text: 'Working', buttons: [STOP] }, { key: 'status' });
    const page = await open(`#${thread}`);
    await page.getByText('Working').waitFor();
    const { dataDir, port, bot } = stage().playground;
    await stage().playground.stop();
    await page.getByText('The connection was lost. Trying again…').waitFor();
    stage().playground = await startPlayground({ dataDir, port, bot });
    await stage().playground.platform.thread(ref).edit(id, { text: '✅ Done in 4 s' });
    await page.getByText('✅ Done in 4 s').waitFor();
    await page.getByText('The connection was lost. Trying again…').waitFor({ state: 'hidden' });
    // The browser itself writes down each try that failed.
    stage().forgive(/ERR_(CONNECTION|INCOMPLETE|EMPTY)/);
  });

  it('keeps a message that could not be sent, and sends it again when asked', async () => {
    const { playground, open } = stage();
    const page = await open();
    await playground.platform.stopListening();
    await page.keyboard.type('keep me');
    await page.keyboard.press('Enter');
    await page.getByText('Not sent.').waitFor();
    await playground.platform.start(playground.bot);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Not sent.').waitFor({ state: 'hidden' });
    await expect
      .poll(() => playground.bot.received.map((message) => message.text))
      .toEqual(['keep me']);
    expect(await page.locator('.message').count()).toBe(1);
    stage().forgive(/503/);
  });

  it('offers to send again what an earlier page could not', async () => {
    const { playground, open } = stage();
    playground.bot.answer.message = () => Promise.reject(new Error('the database is locked'));
    const { thread } = await beginThread(playground, 'keep me');
    playground.errors.splice(0);
    playground.bot.answer = {};
    const page = await open(`#${thread}`);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Not sent.').waitFor({ state: 'hidden' });
    await expect
      .poll(() => playground.bot.received.map((message) => message.text))
      .toEqual(['keep me']);
  });

  it('fits a phone: nothing scrolls sideways, and the list is a drawer', async () => {
    const { playground, open, film } = stage();
    const { thread, chat } = await beginThread(
      playground,
      `https://example.com/${'x'.repeat(300)}`,
    );
    await chat.post(
      { text: `\`\`\`\n${'code '.repeat(60)}\n\`\`\`\n${'y'.repeat(300)}` },
      { key: 'long' },
    );
    await chat.postFile(
      sourceOf(`${'name'.repeat(40)}.mp4`, 'video/mp4', film),
      { text: 'ready' },
      { key: 'film' },
    );
    const page = await open(`#${thread}`, {
      viewport: { width: 375, height: 812 },
      isMobile: true,
      hasTouch: true,
    });
    await page.locator('video').waitFor();
    const wide = () =>
      page.evaluate(() => {
        const scroller = document.getElementById('scroller');
        return [
          document.documentElement.scrollWidth,
          scroller ? scroller.scrollWidth - scroller.clientWidth : -1,
        ];
      });
    expect(await wide()).toEqual([375, 0]);
    expect(await page.getByRole('navigation').count()).toBe(0);
    await page.getByRole('button', { name: 'Show the list of videos' }).click();
    await page.getByRole('navigation').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('navigation').count()).toBe(0);
    await page.getByRole('button', { name: 'Show the list of videos' }).click();
    await page.getByRole('complementary').getByRole('link', { name: 'New video' }).click();
    await page.getByRole('heading', { name: 'What shall we make?' }).waitFor();
    expect(await wide()).toEqual([375, 0]);
  });

  it.each([
    ['zh-CN', 'zh-CN', '想做什么视频？', '新视频'],
    ['es-MX', 'es', '¿Qué hacemos?', 'Nuevo video'],
    ['fr-CA', 'en', 'What shall we make?', 'New video'],
  ])('speaks to a browser in %s in %s', async (locale, lang, welcome, newVideo) => {
    const { playground, open } = stage();
    const page = await open('', { locale });
    await page.getByRole('heading', { name: welcome }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(lang);
    await page.getByRole('link', { name: newVideo }).first().waitFor();
    await page.keyboard.type('…3');
    await page.keyboard.press('Enter');
    await expect.poll(() => playground.bot.received[0]?.author.locale).toBe(locale);
  });
});

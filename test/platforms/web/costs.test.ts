/** What a video has cost, and what is offered under it, as the page is told it: the conversation behind the real playground. */
import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import type { Inbox } from '../../../src/platforms/chat.ts';
import type { WireMessage } from '../../../src/platforms/web/wire.ts';
import { gate, patient } from '../../conversation/scenarios/support.ts';
import { type House, type HouseOptions, startHouse } from '../../doubles/house.ts';
import { has, makesVideo, turnsIt } from '../../doubles/nemo/spending.ts';
import { ask, botDouble, type Playground, post, startPlayground } from './support.ts';

interface Page {
  readonly playground: Playground;
  readonly house: House;
  says(thread: string, text: string): Promise<void>;
  presses(thread: string, message: WireMessage, label: string): Promise<void>;
  messages(thread: string): Promise<readonly WireMessage[]>;
  until(thread: string, fits: (message: WireMessage) => boolean): Promise<WireMessage>;
}

async function openPage(options: HouseOptions = {}): Promise<Page> {
  const bot = botDouble();
  const playground = await startPlayground({ bot });
  const { platform } = playground;
  const house = await startHouse({
    scale: 0.001,
    ...options,
    platform: () => ({
      ...platform,
      start: async (inbox: Inbox) => void Object.assign(bot, inbox),
      stopListening: async () => {},
      close: async () => {},
    }),
  });
  onTestFinished(async () => {
    await house.close();
    await playground.close();
    expect(playground.errors).toEqual([]);
    expect(house.nemo.violations).toEqual([]);
  });
  const page: Page = {
    playground,
    house,
    async says(thread, text) {
      const body = { id: randomUUID(), text, files: [] };
      expect((await post(playground, `/api/threads/${thread}/messages`, body)).status).toBe(200);
    },
    async presses(thread, message, label) {
      const button = message.buttons.findIndex((it) => it.label === label);
      const body = { id: randomUUID(), message: message.id, button };
      expect((await post(playground, `/api/threads/${thread}/press`, body)).status).toBe(200);
    },
    async messages(thread) {
      const headers = { Host: `127.0.0.1:${playground.port}` };
      const reply = await ask(playground, 'GET', `/api/threads/${thread}/messages`, headers);
      return reply.json<{ messages: WireMessage[] }>().messages.filter((it) => !it.deleted);
    },
    async until(thread, fits) {
      for (;;) {
        const found = (await page.messages(thread)).find(fits);
        if (found) return found;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
  return page;
}

async function tells(page: Page, name: string, title: string, thread: string): Promise<void> {
  await page.house.idle();
  const lines = (await page.messages(thread)).map((it) => {
    const who = it.author === 'you' ? 'you' : it.private ? 'nemo-bot, to you alone' : 'nemo-bot';
    const files = it.files.map(({ name: file }) => `📎 ${file}`);
    const buttons = it.buttons.map(({ label }) => `[${label}]`).join(' ');
    const shown = [it.text, ...files, buttons].filter(Boolean).join('\n');
    return `**${who}**\n${shown.replace(/^/gm, '> ')}`;
  });
  const text = `# ${title}\n\n${lines.join('\n\n')}\n`
    .replace(/127\.0\.0\.1:\d+/g, 'files.example')
    .replace(/render_\d+_[0-9a-f]+/g, 'render_1')
    .replace(/\d{4}-\d{2}-\d{2}/g, '2026-01-01')
    .replace(/Done in \d+ (?:min|s)(?: \d+ s)?/g, 'Done in (time)');
  await expect(text).toMatchFileSnapshot(`transcripts/${name}.md`);
}

test('a cost line, suggestions, and portrait by one press', async () => {
  const page = await openPage({ timers: patient, rules: { autoExport: 'first' } });
  const { nemo } = page.house;
  has(nemo, 1000);
  const words = 'The tea film is done.\n\nNext: add subtitles | a slower ending | export';
  nemo.script(...makesVideo(nemo, 96, words));
  const thread = randomUUID();
  await page.says(thread, 'A film about tea.');
  const video = await page.until(thread, (it) => /Video ready/.test(it.text));
  await page.house.idle();
  nemo.script(...turnsIt(nemo, 51));
  await page.presses(thread, video, 'Portrait');
  await page.presses(thread, video, 'Portrait');
  await page.until(thread, (it) => /Video ready! v2 \(1080×1920/.test(it.text));
  await page.house.idle();
  const answer = await page.until(thread, (it) => /tea film is done/.test(it.text));
  await page.presses(thread, answer, 'A slower ending');
  await page.house.idle();
  await page.says(thread, 'credits');
  await tells(page, 'what-it-cost', 'What it cost', thread);
  expect(nemo.received('run_sse')).toHaveLength(3);
});

test('no cost line where another thread ran at the same time', async () => {
  const page = await openPage({ scale: 0.02 });
  const { nemo } = page.house;
  has(nemo, 1000);
  const held = gate();
  nemo.script({ heartbeat: true }, { until: held.opened }, ...makesVideo(nemo, 96));
  const [thread, other] = [randomUUID(), randomUUID()];
  await page.says(thread, 'A film about tea.');
  await nemo.arrival('run_sse');
  nemo.script(...makesVideo(nemo, 50));
  await page.says(other, 'A film about bread.');
  await page.until(other, (it) => /Done in/.test(it.text));
  held.open();
  await tells(page, 'two-at-once', 'Two at the same time', thread);
});

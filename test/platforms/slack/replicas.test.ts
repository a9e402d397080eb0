/** Several processes on one database: each event comes to one of them, and the next step to another. */
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startNemoDouble } from '../../doubles/nemo/nemo-double.ts';
import { say } from '../../doubles/nemo/steps.ts';
import type { NemoDouble } from '../../doubles/nemo/world.ts';
import { type SlackDouble, startSlackDouble } from '../../doubles/slack/slack-double.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { startTown, type Town, type TownOptions } from './town.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Pair {
  readonly slack: SlackDouble;
  readonly nemo: NemoDouble;
  readonly towns: readonly [Town, Town];
  idle(): Promise<void>;
}

/** What comes from Slack comes to the one and the other in turn. */
async function pair(mode: 'socket' | 'http', options: TownOptions = {}): Promise<Pair> {
  const file = await databaseFile();
  const nemo = await startNemoDouble();
  const slack = await startSlackDouble(mode === 'http' ? { http: { eventsUrl: '' } } : {});
  closing.push(nemo.close, slack.close);
  const begin = async (more: TownOptions = {}) => {
    const town = await startTown({ ...options, ...more, mode, path: file, slack, nemo });
    closing.push(town.close);
    return town;
  };
  const towns = [await begin(), await begin()] as const;
  let nth = 0;
  const next = <T>(list: readonly T[]): T | undefined => {
    nth += 1;
    return list[nth % list.length];
  };
  slack.deliveries.choose = next;
  if (slack.http) {
    const urls = towns.map(({ botUrl }) => `${botUrl}/slack/events`);
    Object.defineProperty(slack.http, 'eventsUrl', { get: () => next(urls), set: () => {} });
  }
  return { slack, nemo, towns, idle: () => towns[0].house.idle() };
}

const runs = (nemo: NemoDouble) => nemo.received('run_sse').length;
const toldAll = (nemo: NemoDouble): string[] =>
  nemo
    .received('run_sse')
    .map(
      ({ json }) =>
        z
          .object({ new_message: z.object({ parts: z.array(z.object({ text: z.string() })) }) })
          .parse(json).new_message.parts[0]?.text ?? '',
    );

const filled = (script: string) => ({
  script: { text: { type: 'plain_text_input', value: script } },
  files: { files: { type: 'file_input', files: [] } },
  each: { value: { type: 'checkboxes', selected_options: [] } },
  ratio: { value: { type: 'static_select', selected_option: null } },
  length: { value: { type: 'static_select', selected_option: null } },
  language: { value: { type: 'static_select', selected_option: null } },
  where: { channel: { type: 'conversations_select', selected_conversation: 'C0TEA' } },
});

describe.each(['socket', 'http'] as const)('by %s', (mode) => {
  test('buttons, a form, a command, a choice of projects and 🎬 work at whichever process they come to', async () => {
    const { slack, nemo, idle } = await pair(mode);
    const first = await slack.write('@bot A film about tea.');
    const answer = await slack.until((m) => /Your video is ready/.test(m.text));
    await idle();
    for (const _ of [1, 2]) {
      const { delivered } = await slack.click(answer, /Timeline/);
      expect(delivered.acked).toBe(true);
    }
    await slack.click(answer, /Export MP4/);
    await nemo.arrival('render');
    await idle();
    expect(nemo.received('render')).toHaveLength(1);
    await slack.shortcut('new_video');
    await slack.untilTrue(() => slack.views.length > 0);
    const sent = await slack.submit(slack.views[0]?.id ?? '', filled('A film about rain.'));
    expect(sent).toMatchObject({ acked: true });
    await slack.untilTrue(() => runs(nemo) === 2);
    await idle();
    const ts = await slack.write('The kettle sings.', { by: 'U0BOB' });
    await slack.react(ts, 'clapper');
    const isQuestion = ({ text }: { text: string }) => /make a video of this message/.test(text);
    await slack.untilTrue(() => slack.ephemerals.some(isQuestion));
    const asked = slack.ephemerals.find(isQuestion);
    if (asked) await slack.click(asked, /Make it/);
    await slack.untilTrue(() => runs(nemo) === 3);
    await idle();
    // Sent again, as Slack does, and by the balancer to another: known by its key.
    await slack.redeliver(first, 'app_mention');
    await slack.redeliver(first, 'message');
    await idle();
    expect(runs(nemo)).toBe(3);
    const { responses } = await slack.command('/nemo', 'status');
    await slack.untilTrue(() => responses.length > 0);
    expect(responses).toHaveLength(1);
  });

  test('Stop that one hears ends the turn that the other works on', async () => {
    const { slack, nemo, idle } = await pair(mode, { leaseMs: 1_000 });
    nemo.script({ hang: true });
    await slack.write('@bot A film about tea.');
    await nemo.arrival('run_sse');
    const status = await slack.until((m) => m.bot && JSON.stringify(m.blocks).includes('Stop'));
    await slack.click(status, /Stop/);
    await slack.until((m) => /Stopped/.test(m.text));
    await idle();
    expect(runs(nemo)).toBe(1);
  });
});

test('what one that goes down has not come to, the other does', async () => {
  const { slack, nemo, towns, idle } = await pair('socket');
  const thread = await slack.write('@bot A film about tea.');
  await slack.until((m) => /Your video is ready/.test(m.text));
  await idle();
  nemo.script(say('Slower now.'));
  await towns[0].house.conversation.drain(0);
  await slack.write('slower', { thread });
  await slack.until((m) => /Slower now/.test(m.text));
  await towns[1].house.idle();
  expect(runs(nemo)).toBe(2);
});

test('sixty threads at once: each message is answered once, in order, and seen once', async () => {
  // Two processes and both doubles on a busy machine: a run must not come to its fifteen minutes.
  const { slack, nemo, idle } = await pair('socket', { scale: 0.02 });
  const begun = await Promise.all(
    Array.from({ length: 60 }, (_, n) => slack.write(`@bot Film ${n}, part 1.`)),
  );
  const due = (n: number) => (n % 3 === 0 ? 3 : 1);
  await Promise.all(
    begun.map(async (thread, n) => {
      if (due(n) === 1) return;
      await slack.write(`Film ${n}, part 2.`, { thread });
      await slack.write(`Film ${n}, part 3.`, { thread });
    }),
  );
  const ready = (ts: string) =>
    slack.thread(ts).filter((m) => m.bot && /Your video is ready/.test(m.text)).length;
  await idle();
  expect(begun.map(ready)).toEqual(begun.map((_, n) => due(n)));
  const told = toldAll(nemo);
  expect(told).toHaveLength(100);
  for (const n of begun.keys()) {
    const parts = told.filter((text) => text.startsWith(`Film ${n}, `));
    expect(parts).toEqual([1, 2, 3].slice(0, due(n)).map((part) => `Film ${n}, part ${part}.`));
  }
  expect(slack.violations).toEqual([]);
}, 120_000);

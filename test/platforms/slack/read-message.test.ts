/** What of a message reaches the backend, whichever part of it holds the words: over real sockets, word for word. */
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { withForwarded } from '../../../src/platforms/chat.ts';
import { slackMessage } from '../../../src/platforms/slack/payloads.ts';
import { readMessage } from '../../../src/platforms/slack/read-message.ts';
import { APP_POSTS, forward, MESSAGES } from './fixtures/messages.ts';
import { sentText } from './sent-text.ts';
import { startTown, type Town } from './town.ts';

let town: Town;
let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});

async function begin(): Promise<Town> {
  const begun = await startTown();
  close = begun.close;
  return begun;
}

const png = {
  name: 'pier.png',
  mimetype: 'image/png',
  bytes: Buffer.from('89504e470d0a1a0a0000', 'hex'),
};

describe('what reaches the backend of', () => {
  const rows = MESSAGES.map(
    ([title, { text, ...message }, own, quoted]) =>
      [title, { text, message, own, quoted }] as const,
  );
  test.each(rows)('%s', async (_title, { text, message, own, quoted }) => {
    town = await begin();
    await town.slack.write(text, { ...message, events: ['app_mention', 'message'] });
    const expected = [own, quoted].filter(Boolean).join('\n\n');
    expect(await sentText(town.nemo)).toBe(expected);
  });

  test.each(APP_POSTS)('an app’s post, by the shortcut: %s', async (_title, message, words) => {
    town = await begin();
    const ts = await town.slack.write(message.text, { ...message, by: 'U0BOB', events: [] });
    const post = await town.slack.until((m) => m.ts === ts);
    await town.slack.shortcut('make_video', { message: post });
    expect(await sentText(town.nemo)).toBe(words);
    await town.slack.until((m) => m.bot && /coming up/.test(m.text));
  });

  test.each(APP_POSTS)(
    'an app’s post that a mention was written under: %s',
    async (_title, message, words) => {
      town = await begin();
      const root = await town.slack.write(message.text, { ...message, by: 'U0BOB', events: [] });
      await town.slack.write('@bot film this', { thread: root });
      expect(await sentText(town.nemo)).toBe(`film this\n\n${words}`);
    },
  );

  test('a message that the event told only half of: what it forwards comes with the history', async () => {
    town = await begin();
    await town.slack.write('@bot make a video from this', {
      attachments: [forward()],
      extra: { attachments: undefined },
      events: ['app_mention'],
    });
    expect(await sentText(town.nemo)).toBe(
      'make a video from this\n\nBob (#scripts):\nThe harbour at dawn.\nGulls over the pier.',
    );
  });

  test('a reply in a thread of ours that forwards a message and says nothing', async () => {
    town = await begin();
    const { slack, nemo } = town;
    const root = await slack.write('@bot A film about tea.');
    await slack.until((m) => /Your video is ready/.test(m.text));
    await slack.write('', { thread: root, attachments: [forward()] });
    expect(await sentText(nemo, 2)).toBe(
      'Bob (#scripts):\nThe harbour at dawn.\nGulls over the pier.',
    );
  });
});

test('files of a forwarded message are fetched and sent, each once', async () => {
  town = await begin();
  const { slack, nemo } = town;
  const file = slack.keep(png);
  const message = { message_blocks: [{ message: { text: 'The pier.', files: [file] } }] };
  await slack.write('@bot open on this', {
    attachments: [forward({ files: [file], ...message })],
  });
  expect(await sentText(nemo)).toContain('open on this\n\nBob (#scripts):\nThe harbour at dawn.');
  expect(nemo.received('upload').map((r) => r.parts?.[0]?.filename)).toEqual(['pier.png']);
});

test('with one in five downloads failing once, nothing is lost and nothing is said of it', async () => {
  town = await begin();
  const { slack, nemo, house } = town;
  const files = Array.from({ length: 10 }, (_, n) => ({
    ...png,
    name: `pier-${n}.png`,
    bytes: Buffer.concat([png.bytes, Buffer.alloc(2_000, n)]),
    ...(n === 1 ? { hiccups: [404] } : {}),
    ...(n === 6 ? { cutAt: [700] } : {}),
  }));
  await slack.write('@bot one film of all of these', { files });
  await sentText(nemo);
  await house.idle();
  expect(nemo.received('upload').map((r) => r.parts?.[0]?.filename)).toEqual(
    files.map(({ name }) => name),
  );
  const said = slack.messages.filter((m) => m.bot).flatMap((m) => m.versions);
  expect(said.filter((it) => /can't use/.test(it))).toEqual([]);
});

test('a forwarded "stop" is nobody’s command', async () => {
  town = await begin();
  await town.slack.write('@bot', {
    attachments: [forward({ text: 'stop', message_blocks: undefined, author_name: undefined })],
  });
  expect(await sentText(town.nemo)).toContain('stop');
});

test('a mention that stands in the blocks alone is a mention', async () => {
  town = await begin();
  const [, , , , , , , , , , , message] = MESSAGES;
  await town.slack.write('', { ...message?.[1], events: ['message'] });
  expect(await sentText(town.nemo)).toContain('1. one');
});

describe('what cannot be read is named, once', () => {
  const list = {
    name: 'Shots',
    bytes: Buffer.alloc(0),
    mode: 'list',
    fields: () => ({ title: 'Shots', filetype: 'list', size: 0 }),
  };

  test('beside what can be', async () => {
    town = await begin();
    const { slack, nemo, house } = town;
    await slack.write('@bot A film about tea.', {
      files: [list],
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: '<@U0NEMO> A film about tea.' } },
        { type: 'a_kind_of_tomorrow', words: ['unheard of'] },
      ],
    });
    expect(await sentText(nemo)).toBe('A film about tea.');
    await house.idle();
    const told = slack.messages.filter((m) => m.bot && /Left out/.test(m.text));
    // In the status and, as something is missing, in the answer.
    const named = expect.stringContaining('a list (**Shots**), a part that I do not know');
    expect(told.map((m) => m.text)).toEqual([named, named]);
  });

  test('where there is nothing else, nothing is sent', async () => {
    town = await begin();
    const { slack, nemo, house } = town;
    await slack.write('@bot', { files: [list] });
    await slack.until((m) => m.bot && /a list/.test(m.text));
    await house.idle();
    expect(nemo.received('run_sse')).toEqual([]);
  });
});

describe('the shortcut promises nothing before it has looked', () => {
  const gone = { name: 'film.mp4', bytes: Buffer.from('x'), as: 'tombstone' } as const;
  const drive = {
    name: 'Plan.gdoc',
    bytes: Buffer.from('x'),
    as: 'external',
    fields: () => ({
      external_type: 'gdrive',
      url_private: 'https://docs.google.com/document/d/1',
    }),
  } as const;
  test.each([
    ['no words and no files', {}, /nothing in this message/],
    ['an emptied message', { blocks: [{ type: 'divider' }] }, /nothing in this message/],
    ['a deleted file', { files: [gone] }, /no longer there/],
    ['a file of another service', { files: [drive] }, /Google Drive/],
    [
      'a card that is a picture',
      { attachments: [{ id: 1, image_url: 'https://a.example/x.png' }] },
      /what an app shows/,
    ],
  ] as const)('of %s', async (_title, message, sentence) => {
    town = await begin();
    const { slack, nemo, house } = town;
    const ts = await slack.write('', { ...message, by: 'U0BOB', events: [] });
    const post = await slack.until((m) => m.ts === ts);
    const { responses } = await slack.shortcut('make_video', { message: post });
    await slack.untilTrue(() => responses.length > 0);
    expect(responses).toEqual([
      expect.objectContaining({
        response_type: 'ephemeral',
        text: expect.stringMatching(sentence),
      }),
    ]);
    await house.idle();
    expect(slack.messages.filter((m) => m.bot)).toEqual([]);
    expect(nemo.received('run_sse')).toEqual([]);
  });
});

describe('for any tree of parts', () => {
  const names = [
    'type',
    'text',
    'elements',
    'fields',
    'title',
    'rows',
    'child_blocks',
    'files',
    'blocks',
  ];
  const types = [
    'rich_text',
    'rich_text_list',
    'section',
    'mrkdwn',
    'text',
    'table',
    'link',
    'user',
    'card',
    'x',
  ];
  const tree = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'large', withCrossShrink: true },
      fc.constantFrom('', 'words', '<@U0NEMO>', '<&>', 'https://a.example'),
      fc.constantFrom<unknown>(null, 0, 1e9, -1, true),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.record({
        type: fc.constantFrom(...types),
        is_share: fc.boolean(),
        message_blocks: fc.array(fc.record({ message: tie('node') }), { maxLength: 2 }),
      }),
      fc.dictionary(fc.constantFrom(...names), tie('node'), { maxKeys: 5 }),
    ),
  }));

  test('nothing is thrown, and all of it stays within bounds', () => {
    fc.assert(
      fc.property(
        fc.string(),
        tree.node,
        tree.node,
        tree.node,
        (text, blocks, attachments, files) => {
          const message = slackMessage.parse({ ts: '1.1', text, blocks, attachments, files });
          const whole = withForwarded(readMessage(message, 'U0NEMO').material(new Map()));
          expect(whole.text.length).toBeLessThan(130_000);
          expect(whole.attachments.length).toBeLessThanOrEqual(40);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('parts within parts, and more of them than Slack sends, end somewhere and are named', () => {
    let deep: object = { type: 'section', text: { type: 'mrkdwn', text: 'at the bottom' } };
    for (let n = 0; n < 5_000; n += 1) deep = { type: 'container', child_blocks: [deep] };
    const wide = Array.from({ length: 50_000 }, () => ({ type: 'header', text: 'x'.repeat(20) }));
    for (const blocks of [[deep], wide]) {
      const message = slackMessage.parse({ ts: '1.1', text: '', blocks });
      const { text, unread } = readMessage(message, 'U0NEMO').material(new Map());
      expect(unread).toEqual([{ kind: 'other' }]);
      expect(text.length).toBeLessThan(240_000);
    }
  });
});

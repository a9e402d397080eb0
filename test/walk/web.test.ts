/**
 * Through every route of the playground from a wrong page, under a wrong name and with made-up ids: nothing is given
 * away, and nothing is changed. What is walked through is the table that the playground itself works by.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUTTON_ACTIONS } from '../../src/platforms/chat.ts';
import { ROUTES } from '../../src/platforms/web/routes.ts';
import { COMMAND_NAMES } from '../../src/platforms/web/wire.ts';
import {
  ask,
  own,
  type Playground,
  type Reply,
  startPlayground,
} from '../platforms/web/support.ts';

const SECRET = 'A film about tea';

let playground: Playground;
let thread: string;
let message: string;
beforeAll(async () => {
  playground = await startPlayground();
  thread = randomUUID();
  await send(`/api/threads/${thread}/messages`, { id: randomUUID(), text: SECRET, files: [] });
  const ref = { platform: 'web', workspace: 'local', channel: 'playground', thread } as const;
  const posted = await playground.platform.thread(ref).post(
    {
      text: 'Ready',
      buttons: BUTTON_ACTIONS.map((action) => ({ label: action, does: { action } })),
    },
    { key: 'k' },
  );
  message = posted.id;
});
afterAll(async () => {
  expect(playground.errors).toEqual([]);
  await playground.close();
});

const here = () => ({ Host: `127.0.0.1:${playground.port}` });
const send = (path: string, body: object, method = 'POST'): Promise<Reply> =>
  ask(playground, method, path, { ...here(), ...own(playground) }, JSON.stringify(body));
const state = () => ({
  received: playground.bot.received.length,
  commands: playground.bot.commands.length,
  presses: playground.bot.presses.length,
});

interface Row {
  readonly path: () => string;
  readonly body?: () => object;
  /** With ids that nobody gave out: what is answered; undefined where the route has no id of ours in it. */
  readonly madeUp?: () => Promise<void>;
}

const refused = async (reply: Promise<Reply>, status = 404) => {
  const { status: found, body } = await reply;
  expect(found).toBe(status);
  expect(body.toString()).not.toContain(SECRET);
};

/** By method and pattern, as they stand in the table of routes. */
const ROWS: Readonly<Record<string, Row>> = {
  'GET ^\\/(?:page\\/([a-z0-9-]+\\.[a-z0-9]+))?$': {
    path: () => '/page/main.ts',
    madeUp: () => refused(ask(playground, 'GET', '/page/secrets.ts', here())),
  },
  'GET ^\\/files\\/([^/]+)$': {
    path: () => `/files/${randomUUID()}`,
    async madeUp() {
      for (const id of [randomUUID(), '..%2Fplayground.db', 'playground.db'])
        await refused(ask(playground, 'GET', `/files/${id}`, here()));
    },
  },
  'GET ^\\/api\\/config$': { path: () => '/api/config' },
  'GET ^\\/api\\/threads$': { path: () => '/api/threads' },
  'GET ^\\/api\\/threads\\/([^/]+)\\/messages$': {
    path: () => `/api/threads/${thread}/messages`,
    async madeUp() {
      const reply = await ask(playground, 'GET', `/api/threads/${randomUUID()}/messages`, here());
      expect(reply.json()).toEqual({ messages: [], more: false });
    },
  },
  'GET ^\\/api\\/threads\\/([^/]+)\\/versions$': {
    path: () => `/api/threads/${thread}/versions`,
    async madeUp() {
      for (const id of [randomUUID(), 'made-up'])
        await refused(ask(playground, 'GET', `/api/threads/${id}/versions`, here()));
    },
  },
  'GET ^\\/api\\/events$': {
    path: () => '/api/events?after=0',
    madeUp: () => refused(ask(playground, 'GET', '/api/events?after=-1', here()), 400),
  },
  'PUT ^\\/api\\/uploads$': { path: () => '/api/uploads?name=a.txt', body: () => ({}) },
  'POST ^\\/api\\/threads\\/([^/]+)\\/messages$': {
    path: () => `/api/threads/${thread}/messages`,
    body: () => ({ id: randomUUID(), text: 'from elsewhere', files: [] }),
    async madeUp() {
      const body = { id: randomUUID(), text: 'hello', files: [randomUUID()] };
      await refused(send(`/api/threads/${thread}/messages`, body));
      await refused(send('/api/threads/made-up/messages', { ...body, files: [] }), 400);
      // The id of another message names that one, and no new one.
      const taken = { ...body, id: message, files: [] };
      await refused(send(`/api/threads/${randomUUID()}/messages`, taken), 409);
    },
  },
  'POST ^\\/api\\/threads\\/([^/]+)\\/command$': {
    path: () => `/api/threads/${thread}/command`,
    body: () => ({ id: randomUUID(), name: 'export' }),
    async madeUp() {
      for (const name of COMMAND_NAMES)
        await refused(send('/api/threads/made-up/command', { id: randomUUID(), name }), 400);
      await refused(send(`/api/threads/${thread}/command`, { id: randomUUID(), name: 'x' }), 400);
    },
  },
  'POST ^\\/api\\/threads\\/([^/]+)\\/press$': {
    path: () => `/api/threads/${thread}/press`,
    body: () => ({ id: randomUUID(), message, button: 0 }),
    async madeUp() {
      for (const button of BUTTON_ACTIONS.keys()) {
        const id = randomUUID();
        // Of another thread, of a message that there is not, and beyond the last button.
        await refused(send(`/api/threads/${randomUUID()}/press`, { id, message, button }));
        const path = `/api/threads/${thread}/press`;
        await refused(send(path, { id, message: randomUUID(), button }));
        await refused(send(path, { id, message, button: BUTTON_ACTIONS.length }));
      }
    },
  },
};

const nameOf = ([method, path]: readonly [string, RegExp, ...unknown[]]) =>
  `${method} ${path.source}`;

test('every route is in the table', () => {
  expect(ROUTES.map(nameOf)).toEqual(Object.keys(ROWS));
});

describe.each(Object.entries(ROWS))('%s', (name, { path, body, madeUp }) => {
  const [method = ''] = name.split(' ');
  const wrongly = (headers: Record<string, string>) =>
    ask(playground, method, path(), headers, body && JSON.stringify(body()));

  test.each([
    ['another name', () => ({ ...own(playground), Host: `evil.example:${playground.port}` })],
    [
      'another site',
      () => ({
        ...here(),
        Origin: 'https://evil.example',
        'Sec-Fetch-Site': 'cross-site',
        'X-Playground': '1',
      }),
    ],
    ['another site, without saying so', () => ({ ...here(), 'Sec-Fetch-Site': 'cross-site' })],
  ])('answers nothing under %s', async (_what, headers) => {
    const before = state();
    await refused(wrongly(headers()), 403);
    expect(state()).toEqual(before);
  });

  test.runIf(madeUp)('gives nothing away for made-up ids', async () => {
    const before = state();
    await madeUp?.();
    expect(state()).toEqual(before);
  });
});

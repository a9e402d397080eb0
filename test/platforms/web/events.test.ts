import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PageChange } from '../../../src/platforms/web/wire.ts';
import { followChanges } from './live-client.ts';
import { ask, beginThread, type Playground, startPlayground } from './support.ts';

let playground: Playground;
beforeEach(async () => {
  playground = await startPlayground();
});
afterEach(async () => {
  expect(playground.errors).toEqual([]);
  await playground.close();
});

const says = (text: string) => (change: PageChange) =>
  change.type === 'message' && change.message.text === text;
const textsOf = (changes: readonly PageChange[]) =>
  changes.flatMap((change) => (change.type === 'message' ? [change.message.text] : []));

describe('the stream of changes', () => {
  it('tells what happens as it happens, in order', async () => {
    const { chat } = await beginThread(playground, 'hello');
    const page = await followChanges(playground, 0);
    await page.change(says('hello'));
    await chat.post({ text: 'one' }, { key: '1' });
    const { id } = await chat.post({ text: 'two' }, { key: '2' });
    await page.change(says('two'));
    await chat.edit(id, { text: 'three' });
    await page.change(says('three'));
    expect(textsOf(page.changes).filter((text) => text !== 'hello')).toEqual([
      'one',
      'two',
      'three',
    ]);
    const seqs = page.changes.map((change) => change.seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    page.close();
  });

  it('goes on where a lost connection had come to', async () => {
    const { chat } = await beginThread(playground, 'hello');
    const first = await followChanges(playground, 0);
    await chat.post({ text: 'before' }, { key: '1' });
    await first.change(says('before'));
    first.close();
    await chat.post({ text: 'meanwhile' }, { key: '2' });
    const second = await followChanges(playground, 0, first.lastId);
    await second.change(says('meanwhile'));
    expect(textsOf(second.changes)).toEqual(['meanwhile']);
    second.close();
  });

  it('goes on after a restart of the process', async () => {
    const { ref, chat } = await beginThread(playground, 'hello');
    const { id } = await chat.post({ text: 'Working' }, { key: 'status' });
    const first = await followChanges(playground, 0);
    await first.change(says('Working'));
    playground = await playground.restart();
    await playground.platform.thread(ref).edit(id, { text: 'Done' });
    const second = await followChanges(playground, 0, first.lastId);
    await second.change(says('Done'));
    expect(textsOf(second.changes)).toEqual(['Done']);
    second.close();
  });

  it('tells that a message was deleted, also to a page that was away', async () => {
    const { chat } = await beginThread(playground, 'hello');
    const { id } = await chat.post({ text: 'Still working' }, { key: 'notice' });
    const first = await followChanges(playground, 0);
    await first.change(says('Still working'));
    first.close();
    await chat.delete(id);
    const second = await followChanges(playground, first.lastId);
    await second.change(
      (change) => change.type === 'message' && change.message.deleted && change.message.id === id,
    );
    second.close();
  });

  it('brings a page that was away for long up to date with each thing once', async () => {
    const { chat } = await beginThread(playground, 'hello');
    const { id } = await chat.post({ text: '0' }, { key: 'status' });
    for (let n = 1; n <= 300; n += 1) await chat.edit(id, { text: String(n) });
    for (let n = 0; n < 120; n += 1) await chat.post({ text: `post ${n}` }, { key: `post-${n}` });
    const page = await followChanges(playground, 0);
    await page.change(says('post 119'));
    expect(textsOf(page.changes)).toEqual([
      'hello',
      '300',
      ...Array.from({ length: 120 }, (_, n) => `post ${n}`),
    ]);
    page.close();
  });

  it('shows the sign of life, to late comers too, until the next post', async () => {
    const { chat, thread } = await beginThread(playground);
    await chat.showActivity('is working on your video…');
    const page = await followChanges(playground, 0);
    await page.activity((activity) => activity.label === 'is working on your video…');
    await chat.post({ text: 'here it is' }, { key: 'answer' });
    await page.activity((activity) => activity.thread === thread && activity.label === undefined);
    page.close();
  });

  it('lets a hundred pages follow and no more; a page that leaves makes room', async () => {
    const pages = await Promise.all(
      Array.from({ length: 100 }, () => followChanges(playground, 0)),
    );
    const headers = { Host: `127.0.0.1:${playground.port}` };
    // Whether there is room is looked at before anything else of the request.
    const knock = () => ask(playground, 'GET', '/api/events?after=x', headers);
    const refused = await knock();
    expect(refused.status).toBe(429);
    expect(refused.body.toString()).toContain('Too many pages are open');
    const { chat } = await beginThread(playground, 'hello');
    for (const page of pages.slice(1)) page.close();
    const [first] = pages;
    // Each change is another chance for the server to have seen that the others left.
    for (let n = 0; ; n += 1) {
      await chat.post({ text: `post ${n}` }, { key: `post-${n}` });
      await first?.change(says(`post ${n}`));
      if ((await knock()).status === 400) break;
    }
    first?.close();
  });

  it('refuses a place that is no number', async () => {
    const headers = { Host: `127.0.0.1:${playground.port}` };
    expect((await ask(playground, 'GET', '/api/events?after=-1', headers)).status).toBe(400);
    expect((await ask(playground, 'GET', '/api/events?after=x', headers)).status).toBe(400);
  });
});

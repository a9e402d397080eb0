/** Articles behind links, from the message to what the agent is told; pages written in the shape of real sites. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { machineTimers, type Timers } from '../../../src/runtime/clock.ts';
import { pageFile, type Site, startSite } from '../../doubles/pages.ts';
import { open, runs, story, toldAgent } from '../scenarios/support.ts';

let site: Site;
beforeEach(async () => {
  site = await startSite();
});
afterEach(() => site.close());

test.each([
  ['news.page', 'The harbour that never sleeps', 'The harbour wakes long before', 'Most read'],
  ['blog.page', 'How we rebuilt our deploys', '- We removed the compiler', 'cheap watches'],
  ['wiki.page', 'Lighthouse', 'mariners were guided by fires', 'Home'],
  ['chinese.page', '云南茶山的早晨', '老茶树有三百多年了', '版权所有'],
  ['spanish.page', 'El faro que volvió a encenderse', 'con vinagre y periódicos viejos', 'cookies'],
  ['docs.page', 'Getting started', 'Open a report and choose', 'Configure'],
  ['shop.page', 'Copper kettle, 1.5 l', 'sings a clear fifth', 'Add to basket'],
  ['old.page', 'My trip to the islands', 'sold us a picture of a goat', 'index.html'],
  ['damaged.page', 'The harbour that never sleeps', 'the boats will go out', 'script'],
])('%s is read, without what stands around its article', async (name, title, words, around) => {
  site.pages.set('/a', pageFile(name));
  const house = await open();
  await house.room.write(`make a video of this ${site.url}/a`);
  await house.idle();
  const told = toldAgent(house);
  expect(told).toContain(words);
  expect(told).not.toContain(around);
  expect(told).toMatch(
    new RegExp(
      `^make a video of this ${site.url}/a\n\n[^\n]*${title}[^\n]* \\(${site.url}/a\\)[:：]\n`,
    ),
  );
  expect(story(house)).toMatch(new RegExp(`📄 [^ ]+ \\*[^*]*${title}`));
});

test('a link alone: its article is the script, with where it comes from', async () => {
  site.pages.set('/a', pageFile('news.page'));
  const house = await open();
  await house.room.write(`${site.url}/a`);
  await house.idle();
  expect(toldAgent(house)).toMatch(
    /^Make a video from this script\.\n\nThe harbour that never sleeps \(http:\/\/127\.0\.0\.1:\d+\/a\):\n[\s\S]*The harbour wakes/,
  );
  expect(story(house)).toMatch(
    /Read \*The harbour that never sleeps\* \(127\.0\.0\.1:\d+\): 1\d\d words\./,
  );
  expect(site.asked).toEqual(['GET /robots.txt', 'GET /a']);
});

test('a link that a script only mentions is not opened', async () => {
  const house = await open();
  const script = `A film about our shop. It ends with the words: Visit ${site.url}/a today.`;
  await house.room.write(script);
  await house.idle();
  expect(toldAgent(house)).toBe(script);
  expect(site.asked).toEqual([]);
});

const big = `<p>${'The sea is wide and the boat is small. '.repeat(140_000)}</p>`;
test.each([
  ['a paid article', pageFile('paid.page'), 'for subscribers only'],
  ['402', { status: 402 }, 'for subscribers only'],
  ['403', { status: 403 }, 'signed in'],
  ['a login', pageFile('login.page'), 'signed in'],
  ['404', { status: 404 }, 'nothing at that address'],
  ['503', { status: 503 }, 'did not answer as it should'],
  ['a page that programs fill', pageFile('empty.page'), 'found no article'],
  ['a page of 5.4 MB', { body: big }, 'too large'],
  ['a redirect to a private address', { to: 'http://10.0.0.7/secret' }, 'not public'],
  ['a redirect to the metadata of a cloud', { to: 'http://169.254.169.254/' }, 'not public'],
  ['a redirect for ever', { to: '/a' }, 'did not answer as it should'],
  ['a program', { type: 'application/x-msdownload', body: 'MZ\0\0\u0001' }, 'not supported'],
] as const)('%s: said, and nothing is sent', async (_name, page, said) => {
  site.pages.set('/a', page);
  const house = await open();
  await house.room.write(`film this: ${site.url}/a`);
  await house.idle();
  expect(story(house)).toContain(said);
  expect(runs(house)).toBe(0);
  expect(house.nemo.received('upload')).toEqual([]);
});

test.each([
  ['https://10.1.2.3/a', 'not public'],
  ['https://[::1]:9/a', 'did not answer'],
  ['https://www.youtube.com/watch?v=abc', "can't take videos from **YouTube**"],
  ['https://open.spotify.com/track/1', "can't take music from **Spotify**"],
  ['https://www.dropbox.com/s/1/film.mp4', "can't open files in **Dropbox**"],
])('%s: said, and nothing is sent', async (url, said) => {
  const house = await open();
  await house.room.write(`make a video of this ${url}`);
  await house.idle();
  expect(story(house)).toContain(said);
  expect(runs(house)).toBe(0);
});

test.each([
  ['用这个链接做一个视频', '我不能从 **YouTube** 获取视频'],
  ['haz un video de este enlace', 'No puedo tomar videos de **YouTube**'],
])('%s: in the language of the message', async (words, said) => {
  const house = await open();
  await house.room.write(`${words} https://youtu.be/abc`);
  await house.idle();
  expect(story(house)).toContain(said);
  expect(runs(house)).toBe(0);
});

test('words that say what to make go out without what could not be used', async () => {
  const house = await open();
  const words = 'a 20 second film about rain on a tin roof, using https://youtu.be/abc as a model';
  await house.room.write(words);
  await house.idle();
  expect(story(house)).toContain("can't take videos from **YouTube**");
  expect(toldAgent(house)).toBe(words);
});

test('what a host does not want read is left alone', async () => {
  site.pages.set('/robots.txt', {
    type: 'text/plain',
    body: 'User-agent: *\nDisallow: /a\nAllow: /b\n',
  });
  site.pages.set('/a', pageFile('news.page'));
  site.pages.set('/b', pageFile('blog.page'));
  const house = await open();
  await house.room.write(`${site.url}/a`);
  await house.idle();
  expect(story(house)).toContain('does not let programs read');
  expect(site.asked).toEqual(['GET /robots.txt']);
  await house.room.write(`make a video of this ${site.url}/b`);
  await house.idle();
  expect(toldAgent(house)).toContain('How we rebuilt our deploys');
});

test('where a redirect leads to another host, that one is asked too', async () => {
  const other = await startSite({
    '/robots.txt': { type: 'text/plain', body: 'User-agent: nemo-bot\nDisallow: /' },
    '/a': pageFile('news.page'),
  });
  site.pages.set('/a', { to: `${other.url}/a` });
  const house = await open();
  await house.room.write(`${site.url}/a`);
  await house.idle();
  await other.close();
  expect(story(house)).toContain('does not let programs read');
  expect(runs(house)).toBe(0);
});

test('a redirect on the same host does not get around what it asks of programs', async () => {
  site.pages.set('/robots.txt', { type: 'text/plain', body: 'User-agent: *\nDisallow: /hidden' });
  site.pages.set('/a', { to: '/hidden' });
  site.pages.set('/hidden', pageFile('news.page'));
  const house = await open();
  await house.room.write(`${site.url}/a`);
  await house.idle();
  expect(story(house)).toContain('does not let programs read');
  expect(site.asked.filter((it) => it === 'GET /robots.txt')).toHaveLength(1);
  expect(runs(house)).toBe(0);
});

test('rules that nobody could work through hold up nothing but the link', async () => {
  const rules = `user-agent: *\n`.repeat(3_000) + `allow: /${'*'.repeat(60)}z\n`.repeat(6_000);
  site.pages.set('/robots.txt', { type: 'text/plain', body: rules });
  site.pages.set('/a', pageFile('news.page'));
  const house = await open();
  await house.room.write(`${site.url}/a?${'z'.repeat(1_500)}`);
  await house.idle();
  // The parser takes gigabytes for these: read in this process, they would end it.
  expect(story(house)).toContain('does not let programs read');
  expect(runs(house)).toBe(0);
}, 60_000);

test('a text behind a link is read like an attached one', async () => {
  site.pages.set('/script.txt', { type: 'text/plain', body: 'A kettle sings at dawn.' });
  const house = await open();
  await house.room.write(`use this script ${site.url}/script.txt`);
  await house.idle();
  expect(toldAgent(house)).toContain(
    `script.txt (${site.url}/script.txt):\nA kettle sings at dawn.`,
  );
});

test.each(['head', 'body'] as const)(
  'a page whose %s does not end is given ten seconds',
  async (never) => {
    site.pages.set('/a', { never });
    const ten: (() => void)[] = [];
    const timers: Timers = {
      ...machineTimers,
      after: (ms, run) => {
        if (ms !== 10_000) return machineTimers.after(ms, run);
        ten.push(run);
        return () => {};
      },
    };
    const house = await open({ timers });
    await house.room.write(`make a video of this ${site.url}/a`);
    while (!site.asked.includes('GET /a')) await new Promise((resolve) => setImmediate(resolve));
    expect(runs(house)).toBe(0);
    // Of its rules, which were there at once, and of the page.
    expect(ten).toHaveLength(2);
    ten[1]?.();
    await house.idle();
    expect(story(house)).toContain('took too long to answer');
    expect(runs(house)).toBe(0);
  },
);

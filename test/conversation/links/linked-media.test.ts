/** Links to media, to shared documents, and to hosts that do not answer. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { en } from '../../../src/locales/en/locale.ts';
import { createGuardedFetch } from '../../../src/net/guarded-fetch.ts';
import { refused } from '../../doubles/nemo/answers.ts';
import { type Site, startSite } from '../../doubles/pages.ts';
import { open, runs, story, toldAgent } from '../scenarios/support.ts';

const PNG = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  Buffer.alloc(64),
]);

let site: Site;
beforeEach(async () => {
  site = await startSite({ '/a/lamp.png': { type: 'image/png', body: PNG } });
});
afterEach(() => site.close());

test('a picture is given to the backend by its address', async () => {
  const house = await open();
  await house.room.write(`make a video from ${site.url}/a/lamp.png`);
  await house.idle();
  expect(house.nemo.received('upload').map(({ json }) => json)).toEqual([
    { urls: [`${site.url}/a/lamp.png`], source_type: 'url' },
  ]);
  expect(toldAgent(house)).toBe(
    `make a video from ${site.url}/a/lamp.png\n\nUploaded files: lamp.png (image)`,
  );
  expect(story(house)).toContain('Got **lamp.png** (image)');
});

test('what the backend cannot fetch is streamed to it', async () => {
  const house = await open();
  house.nemo.once('upload', refused(400, 4001, 'cannot fetch'));
  await house.room.write(`${site.url}/a/lamp.png`);
  await house.idle();
  expect(house.nemo.received('upload')[1]?.parts).toMatchObject([
    { filename: 'lamp.png', mime: 'image/png', bytes: PNG.length },
  ]);
  expect(toldAgent(house)).toBe('Make a video from this file.\n\nUploaded files: lamp.png (image)');
});

test('where nobody knows whether the backend has fetched it, it is not sent once more', async () => {
  const house = await open();
  for (let n = 0; n < 10; n += 1) house.nemo.once('upload', { drop: true });
  await house.room.write(`make a video from this: ${site.url}/a/lamp.png`);
  await house.idle();
  expect(house.nemo.received('upload').every(({ json }) => json !== undefined)).toBe(true);
  expect(story(house)).toContain(en.words.refusedUpload('lamp.png'));
  expect(runs(house)).toBe(0);
});

test('a short address that leads to a film is told as what it leads to', async () => {
  const house = await open({
    openLink: async (_url, options) => {
      const reply = await createGuardedFetch({ allowOrigins: [], allowLoopback: true })(
        `${site.url}/a/lamp.png`,
        options,
      );
      return { ...reply, url: 'https://www.youtube.com/watch?v=abc' };
    },
  });
  await house.room.write('make a video of this https://short.example/x');
  await house.idle();
  expect(story(house)).toContain("can't take videos from **YouTube**");
  expect(runs(house)).toBe(0);
});

test('a file that is too large is not fetched by anybody', async () => {
  const house = await open({ rules: { maxUploadBytes: 10 } });
  await house.room.write(`make a video from this: ${site.url}/a/lamp.png`);
  await house.idle();
  expect(story(house)).toContain('larger than');
  expect(house.nemo.received('upload')).toEqual([]);
  expect(runs(house)).toBe(0);
});

/** The site stands in for a host of the internet. */
const standingIn = (origin: string) => {
  const fetch = createGuardedFetch({ allowOrigins: [], allowLoopback: true });
  return {
    openLink: ((url, options) => fetch(url.replace(origin, site.url), options)) as typeof fetch,
  };
};
const DOC = 'https://docs.google.com/document/d/1AbC_def-GHI23/edit?usp=sharing';

test('a shared document is read as its plain text', async () => {
  site.pages.set('/document/d/1AbC_def-GHI23/export?format=txt', {
    type: 'text/plain; charset=utf-8',
    body: '\ufeffA kettle sings at dawn.\r\n',
  });
  const house = await open(standingIn('https://docs.google.com'));
  await house.room.write(DOC);
  await house.idle();
  expect(toldAgent(house)).toBe(
    `Make a video from this script.\n\ndocs.google.com (${DOC}):\nA kettle sings at dawn.`,
  );
});

test('one that is not shared is said to be closed', async () => {
  site.pages.set('/document/d/1AbC_def-GHI23/export?format=txt', { body: '<p>Sign in</p>' });
  const house = await open(standingIn('https://docs.google.com'));
  await house.room.write(`film this ${DOC}`);
  await house.idle();
  expect(story(house)).toContain('signed in');
  expect(runs(house)).toBe(0);
});

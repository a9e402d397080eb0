/** What calls of Slack's and Discord's APIs are called in figures: words of ours, and no ids. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { routeNameOf } from '../../src/platforms/discord/route-names.ts';
import { methodOf } from '../../src/platforms/slack/method-names.ts';

const SRC = path.resolve(import.meta.dirname, '../../src/platforms');
const code = (folder: string) =>
  globSync(`${folder}/*.ts`, { cwd: SRC })
    .map((file) => readFileSync(path.join(SRC, file), 'utf8'))
    .join('\n');

test('every method of Slack that is called has its name', () => {
  const called = [...code('slack').matchAll(/\bclient\.((?:[a-z]+\.)+[a-zA-Z0-9]+)\(/g)];
  const methods = [...new Set(called.map(([, name = '']) => name))];
  expect(methods.length).toBeGreaterThan(15);
  expect(methods.map((name) => methodOf(`https://slack.com/api/${name}`))).toEqual(methods);
});

test.each([
  ['https://slack.com/api/chat.postMessage', 'chat.postMessage'],
  ['http://127.0.0.1:1/api/chat.postMessage?x=1', 'chat.postMessage'],
  ['https://slack.com/api/something.new', 'other'],
  ['https://slack.com/', 'other'],
])('%s is %s', (url, name) => {
  expect(methodOf(url)).toBe(name);
});

test.each([
  ['POST', 'channels/1234567890123456789/messages', 'POST /channels/:id/messages'],
  ['PATCH', 'channels/1/messages/2?with=3', 'PATCH /channels/:id/messages/:id'],
  [
    'PUT',
    'channels/1/messages/2/reactions/%F0%9F%91%80/@me',
    'PUT /channels/:id/messages/:id/reactions/:id/@me',
  ],
  ['POST', 'interactions/1/aW50ZXJhY3Rpb24/callback', 'POST /interactions/:id/:id/callback'],
  ['PATCH', 'webhooks/1/dG9rZW4/messages/@original', 'PATCH /webhooks/:id/:id/messages/@original'],
  ['PUT', 'applications/1/guilds/2/commands', 'PUT /applications/:id/guilds/:id/commands'],
  ['GET', 'gateway/bot', 'GET /gateway/bot'],
  ['GET', 'a/b/c/d/e/f/g/h/i/j/k', 'GET /:id/:id/:id/:id/:id/:id/:id/:id'],
])('%s %s is “%s”', (method, route, name) => {
  expect(routeNameOf(method, `https://discord.com/api/v10/${route}`)).toBe(name);
});

test('an address of another form than Discord’s own is no new figure for each id', () => {
  expect(routeNameOf('GET', 'http://127.0.0.1:1/channels/12?with=3')).toBe('GET /channels/:id');
  expect(routeNameOf('GET', 'https://discord.com')).toBe(routeNameOf('GET', 'https://a.example'));
});

test('every word of a route that is called is known', () => {
  const routes = [
    ...code('discord').matchAll(
      /[`'](\/(?:channels|guilds|users|interactions|webhooks|applications|gateway)[^`'\s]*)[`']/g,
    ),
  ];
  const words = routes.flatMap(([, route = '']) => route.replaceAll(/\$\{[^}]*\}/g, '').split('/'));
  const plain = [...new Set(words.filter((word) => /^[@a-z-]+$/.test(word)))];
  expect(plain.length).toBeGreaterThan(8);
  for (const word of plain)
    expect(routeNameOf('GET', `https://a.example/api/v10/${word}`)).toBe(`GET /${word}`);
});

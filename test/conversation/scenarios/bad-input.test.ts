/** Whatever comes in, from people or from the backend: one clear sentence, the rest still served, the thread usable. */
import { afterEach, expect, test } from 'vitest';
import type { House } from '../../doubles/house.ts';
import { ok } from '../../doubles/nemo/answers.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { type Step, say } from '../../doubles/nemo/steps.ts';
import { hear, open, runs, story, texts, toldAgent } from './support.ts';

let house: House;
const opened = async (...options: Parameters<typeof open>) => {
  house = await open(...options);
  return house;
};

afterEach(async () => {
  // The hooks of support.ts run after this one: the thread still works.
  house.nemo.on('session', () => undefined);
  house.nemo.on('state', () => undefined);
  house.nemo.script(say('Still at your service.'));
  await house.room.write('And now a film about bread.');
  await hear(house, /Still at your service/);
  await house.idle();
});

const message = (bytes: string) => ({ name: 'cup.png', bytes: Buffer.from(bytes, 'latin1') });

test.each([
  ['an empty mention', ''],
  ['only blanks', ' \n\t '],
  ['only emoji', '🎉🎉👍🏽'],
  ['only invisible characters', '\u202e\u2066\u0000\u0007'],
])('%s at first contact is greeted with help, and nothing is sent', async (_what, text) => {
  await opened();
  await house.room.write(text);
  await hear(house, /Ready when you are/);
  await house.idle();
  expect(runs(house)).toBe(0);
});

test('only signs in a working thread: one sentence, not the whole help; emoji get a sign back', async () => {
  await opened();
  await house.room.write('A film about tea.');
  await house.idle();
  const emoji = await house.room.write('👍');
  await house.room.untilTrue(() =>
    house.room.reactions.some((it) => it.messageId === emoji && it.reaction === 'thanks'),
  );
  await house.idle();
  expect(story(house)).not.toContain('neither words nor files');
  await house.room.write('…!');
  await hear(house, /neither words nor files/);
  await house.idle();
  expect(story(house)).not.toContain('Try saying');
  expect(runs(house)).toBe(1);
});

test('control and bidi characters do not reach the agent; the words do', async () => {
  await opened();
  await house.room.write('A film \u202eabout\u202c\u0000 tea\u0007.\r\nWith rain \ud800.');
  await house.idle();
  expect(toldAgent(house)).toBe('A film about tea.\nWith rain \ufffd.');
});

test('a file of 0 bytes is refused by name, and the words are still used', async () => {
  await opened();
  await house.room.write('Open on this.', { files: [message('')] });
  await house.idle();
  expect(story(house)).toContain("I can't use **cup.png**: the file is empty (0 bytes).");
  expect(toldAgent(house)).toBe('Open on this.');
});

test('nothing but a file of 0 bytes: what to send instead', async () => {
  await opened();
  await house.room.write('', { files: [message('')] });
  await house.idle();
  expect(story(house)).toMatch(/0 bytes/);
  expect(runs(house)).toBe(0);
  expect(texts(house)[0]).toMatch(/^✋ Needs you\n/);
});

test.each([
  ['a page', '<!doctype html><html><body>login</body></html>'],
  ['a program', 'MZ\x90\0 program'],
  ['plain text', 'just some words in a file that claims to be a picture'],
])('%s behind the name of a picture is refused for what it is', async (_what, bytes) => {
  await opened();
  await house.room.write('Open on this.', { files: [message(bytes)] });
  await house.idle();
  expect(story(house)).toContain(
    "I can't use **cup.png**: what is inside is not what the name says.",
  );
  expect(house.nemo.received('upload')).toHaveLength(0);
  expect(runs(house)).toBe(1);
});

test('a picture behind the name of a script is taken as the picture that it is', async () => {
  await opened();
  await house.room.write('Use this.', {
    files: [{ ...message('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), name: 'script.txt' }],
  });
  await house.idle();
  expect(story(house)).toContain('Got **script.txt** (image), as **script.txt.png**.');
});

test('a program behind the name of a script is refused, too', async () => {
  await opened();
  await house.room.write('Use this.', {
    files: [{ ...message(`\x7fELF\x02\x01\x01${'\0'.repeat(80)}`), name: 'script.txt' }],
  });
  await house.idle();
  expect(story(house)).toContain(
    "I can't use **script.txt**: what is inside is not what the name says.",
  );
});

test('a file that ends before its length is said to be cut off', async () => {
  await opened();
  const png = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR';
  await house.room.write('Open on this.', { files: [{ ...message(png), claimed: 5000 }] });
  await house.idle();
  expect(story(house)).toContain(
    "I can't use **cup.png**: the transfer broke off. Please send it again.",
  );
  expect(runs(house)).toBe(1);
});

test.each([
  ['gone', 'no longer there'],
  ['external', 'lives outside this chat'],
  ['hidden', "hidden by this workspace's limits"],
  ['no-permission', 'not allowed to read files here'],
  ['cut-off', 'transfer broke off'],
  ['unreachable', 'could not be fetched just now'],
] as const)(
  'a file that cannot be read (%s) is refused in words of its own',
  async (broken, words) => {
    await opened();
    await house.room.write('Open on this.', { files: [{ name: 'cup.png', claimed: 10, broken }] });
    await house.idle();
    expect(story(house)).toContain(words);
    expect(runs(house)).toBe(1);
  },
);

const STREAMS: readonly (readonly [string, readonly Step[], RegExp])[] = [
  ['nothing', [], /gave no answer/],
  ['blank lines', [{ raw: '\n\n\n\n' }], /gave no answer/],
  [
    'garbage',
    [{ raw: Buffer.from('\xff\xfe\x00garbage\n\ndata: {{{\n\n', 'latin1') }],
    /gave no answer/,
  ],
  [
    'frames of unknown shape',
    [{ event: [1, 2] }, { event: 'x' }, { event: { foo: { bar: 1 } } }],
    /gave no answer/,
  ],
];
test.each(STREAMS)(
  'an event stream of %s: no answer, nothing changed',
  async (_what, steps, words) => {
    await opened();
    house.nemo.script(...steps);
    await house.room.write('A film about tea.');
    await hear(house, words);
    await house.idle();
    expect(runs(house)).toBe(1);
  },
);

test('ten megabytes in one event: the beginning is shown, more of it comes as a file, the rest is said to be cut', async () => {
  // A busy machine takes longer for them than the second that a quarter of an hour is elsewhere.
  await opened({ scale: 0.02 });
  house.nemo.script({ draft: sampleDraft }, say('The film is ready. '.repeat(550_000)));
  await house.room.write('A film about tea.');
  const answer = await hear(house, /cut off because it was too long/);
  await house.idle();
  expect(answer.message.text.length).toBeLessThan(4_000);
  expect(answer.file?.bytes).toBeLessThanOrEqual(200_000);
  expect(answer.message.text).toContain('Timeline (3 tracks)');
});

test('an event too large to be held is passed over; the work is found in the state', async () => {
  // As above.
  await opened({ scale: 0.02 });
  house.nemo.script({ draft: sampleDraft }, say('x'.repeat(17_000_000)), say('All set.'));
  await house.room.write('A film about tea.');
  await hear(house, /All set\./);
  await house.idle();
});

test.each([
  ['JSON without a code', { json: { hello: 'world' } }],
  ['an empty body', { text: '' }],
  ['HTML', { text: '<html>welcome</html>', headers: { 'content-type': 'text/html' } }],
])('%s in place of the stream: not known, so looked after, not sent again', async (_what, body) => {
  await opened();
  house.nemo.once('run_sse', body);
  await house.room.write('A film about tea.');
  await hear(house, /nothing has changed since/);
  await house.idle();
  expect(runs(house)).toBe(1);
});

test.each([
  ['nothing of use', ok({})],
  ['a list', { json: [] }],
  ['broken JSON', { text: '{"code":0,', headers: { 'content-type': 'application/json' } }],
])('a new session of %s: not answering, and nothing sent', async (_what, body) => {
  await opened();
  house.nemo.on('session', body);
  await house.room.write('A film about tea.');
  await hear(house, /NemoVideo is not answering right now/);
  await house.idle();
  expect(runs(house)).toBe(0);
});

test.each([
  ['an empty object', ok({}), /No timeline yet\./],
  ['null', ok(null), /No timeline yet\./],
  [
    'parts of odd kinds',
    ok({ state: { draft: [0], video_infos: 7, generated_media: [null, 5] } }),
    /No timeline yet\./,
  ],
  [
    'parts of odd kinds, one of them in the place of the draft',
    ok({ state: { draft: 'text', video_infos: 7, generated_media: [null, 5] } }),
    /a timeline in a form that I cannot read/,
  ],
])('a state of %s is no failure', async (_what, body, said) => {
  await opened();
  house.nemo.on('state', body);
  house.nemo.script(say('Hello.'));
  await house.room.write('A film about tea.');
  await hear(house, /Hello\./);
  await house.room.write('status');
  await hear(house, said);
  await house.idle();
});

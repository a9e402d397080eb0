import { describe, expect, test } from 'vitest';
import { ok } from '../../doubles/nemo/answers.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { alice } from '../../doubles/room.ts';
import { hear, open, runs, story, toldAgent, tryAgain } from './support.ts';

const CREDITS = 'Credits: 60 available, 40 frozen, 100 total.';

test.each(['credits', 'balance', '余额', 'how many credits do I have left?'])(
  'case 47: "%s" asks for the balance alone, and tells it privately',
  async (words) => {
    const house = await open();
    await house.room.write(words);
    await house.idle();
    expect(house.nemo.requests.map((request) => request.route)).toEqual(['credits']);
    expect(house.room.visible()).toEqual([]);
    expect(house.room.privateTo(alice)[0]?.message.text).toMatch(/60[\s\S]*40[\s\S]*100/);
  },
);

test('case 47: as a command, too', async () => {
  const house = await open();
  const [answer] = await house.room.command('credits');
  expect(answer).toContain(CREDITS);
  expect(answer).toContain('Frozen credits are set aside for work in progress.');
  expect(house.room.said).toEqual([]);
});

test('case 47: on a trial account an admin gets the link to register with it, privately', async () => {
  const house = await open({ anonymous: true, rules: { admins: [alice.id] } });
  await house.room.write('credits');
  await house.idle();
  expect(house.room.privateTo(alice)[0]?.message.text).toContain('register?bind=anon_abc123');
  expect(house.room.visible()).toEqual([]);
});

test('case 48: "make a video about bank credits" goes to the agent', async () => {
  const house = await open({ rules: { costNotes: false } });
  await house.room.write('make a video about bank credits');
  await house.idle();
  expect(toldAgent(house)).toBe('make a video about bank credits');
  expect(house.nemo.received('credits')).toEqual([]);
});

test.each([
  ['missing', {}],
  ['negative', { available: -5, frozen: -1, total: -6 }],
])('case 49: credits that are %s are shown as 0', async (_how, credits) => {
  const house = await open();
  house.nemo.on('credits', ok(credits));
  expect((await house.room.command('credits'))[0]).toContain(
    'Credits: 0 available, 0 frozen, 0 total.',
  );
});

test('case 50: status shows the exact summary of three tracks', async () => {
  const house = await open({ draft: sampleDraft });
  house.nemo.script(say('Hello.'));
  await house.room.write('A film about tea.');
  await house.idle();
  await house.room.write('show tracks');
  await house.idle();
  expect(story(house)).toContain(
    'Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)',
  );
  expect(runs(house)).toBe(1);
});

test('case 50: status of an empty project, and of none', async () => {
  const house = await open();
  await house.room.write('status');
  await hear(house, /no project in this thread yet/);
  house.nemo.script(say('Hello.'));
  await house.room.write('A film about tea.');
  await house.idle();
  await house.room.write('status');
  await hear(house, /Nothing is running\.\nNo timeline yet\./);
  await house.idle();
});

test('case 51: unknown kinds of tracks and missing names are shown as what they are', async () => {
  const house = await open({
    draft: { t: [{ tt: 5, sg: [{ d: 2000 }] }, { tt: 0, sg: [{}] }, { tt: 1 }, null] },
  });
  house.nemo.script(say('Hello.'));
  await house.room.write('A film about tea.');
  await house.idle();
  await house.room.write('status');
  await hear(house, /Timeline \(2 tracks\): 1\. Track: untitled \(0-2s\) 2\. Video: untitled/);
  await house.idle();
});

describe('help', () => {
  test('greets in the profile’s words, with its examples as buttons', async () => {
    const house = await open({ profile: 'ai-to-video-free' });
    await house.room.write('help');
    const help = await hear(house, /Share your text or images/);
    await house.idle();
    expect(help.message.text).toContain('200 MB');
    const prompts = help.message.buttons?.map((b) => ('action' in b.does ? b.does.value : ''));
    expect(prompts).toContain('export 1080p MP4');
    expect(house.nemo.requests).toEqual([]);
  });

  test('an example’s button sends it as if it had been written', async () => {
    const house = await open();
    await house.room.press('prompt', { value: 'turn this text into a short' });
    await hear(house, /Your video is ready/);
    await house.idle();
    expect(toldAgent(house)).toBe('turn this text into a short');
  });

  test('an example that is a command does what the command does', async () => {
    const house = await open();
    await house.room.press('prompt', { value: 'export 1080p MP4' });
    await hear(house, /Nothing to export yet/);
    await house.idle();
    expect(runs(house)).toBe(0);
  });
});

test('"new" begins another project in the thread', async () => {
  const house = await open();
  await house.room.write('A film about tea.');
  await house.room.write('new');
  await hear(house, /fresh project starts here/);
  await house.room.write('A film about bread.');
  await house.idle();
  expect(house.nemo.received('session')).toHaveLength(2);
});

test('"retry" with nothing to repeat says so', async () => {
  const house = await open();
  await house.room.write('retry');
  await hear(house, /nothing to repeat/);
  await house.idle();
  expect(runs(house)).toBe(0);
});

test('"Try again" under an old answer repeats that one, not the latest', async () => {
  const house = await open();
  house.nemo.script({ heartbeat: true });
  await house.room.write('A film about tea.');
  const failed = await hear(house, /gave no answer/);
  await house.idle();
  await house.room.write('A film about bread.');
  await house.idle();
  await tryAgain(house, failed);
  await house.nemo.arrival('run_sse', 3);
  await house.idle();
  expect(toldAgent(house, 3)).toBe('A film about tea.');
});

test('a retry of a retry repeats the request behind both', async () => {
  const house = await open();
  house.nemo.script({ heartbeat: true });
  house.nemo.script({ heartbeat: true });
  await house.room.write('A film about tea.');
  await house.idle();
  await house.room.write('retry');
  await house.idle();
  await house.room.write('try again');
  await house.idle();
  expect(toldAgent(house, runs(house))).toBe('A film about tea.');
});

test('the Timeline and Change buttons answer the one who pressed', async () => {
  const house = await open({ draft: sampleDraft });
  expect(await house.room.press('timeline')).toEqual(['No timeline yet.']);
  house.nemo.script(say('Hello.'));
  await house.room.write('A film about tea.');
  await house.idle();
  expect((await house.room.press('timeline'))[0]).toContain('Timeline (3 tracks)');
  expect((await house.room.press('change'))[0]).toContain(
    'Just write here what you want to change',
  );
});

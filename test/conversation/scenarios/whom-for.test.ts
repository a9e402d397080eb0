/** In a thread where people talk: what gets a sign, what is asked about, what is left alone, and what an answer teaches. */
import { expect, test } from 'vitest';
import { say } from '../../doubles/nemo/steps.ts';
import { alice, bob, type Said } from '../../doubles/room.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { gate, hear, open, runs, texts, toldAgent } from './support.ts';

type House = Awaited<ReturnType<typeof open>>;

/** Alice's project, in which Bob has spoken. */
async function inCompany(options: Parameters<typeof open>[0] = {}): Promise<House> {
  const house = await open(options);
  house.nemo.script(say('Hello.'));
  await house.room.write('A film about tea.');
  await house.idle();
  await house.room.write('@alice nice idea', { by: bob, calls: 'others' });
  return house;
}

const signs = (house: House, messageId: string) =>
  house.room.reactions.filter((it) => it.messageId === messageId && it.on).map((it) => it.reaction);

async function sign(house: House, messageId: string): Promise<string | undefined> {
  await house.room.untilTrue(() => signs(house, messageId).length > 0);
  await house.idle();
  return signs(house, messageId).join();
}

const question = (house: House, by = alice): Promise<Said> =>
  house.room.until((said) => said.privateTo === by.id && /is that for me/.test(said.message.text));
const questions = (house: House): number =>
  house.room.said.filter((said) => /is that for me/.test(said.message.text)).length;

function valueIn(asked: Said, action: 'for-us' | 'for-them'): string {
  const found = asked.message.buttons?.map(({ does }) => does);
  const does = found?.find((it) => 'action' in it && it.action === action);
  return does && 'value' in does && does.value ? does.value : '';
}

test.each(['thanks!', '太棒了', 'jajaja', '🎉', 'ok'])(
  '“%s” gets a sign: no run, no word, and nobody reads anything about it',
  async (text) => {
    const house = await inCompany();
    const before = texts(house);
    const id = await house.room.write(text);
    expect(await sign(house, id)).toBe(text === 'ok' ? 'noted' : 'thanks');
    await house.room.write(text, { key: id });
    await house.idle();
    expect(runs(house)).toBe(1);
    expect(texts(house)).toEqual(before);
    expect(questions(house)).toBe(0);
  },
);

test('alone, too; and a first mention that only thanks', async () => {
  const house = await open();
  expect(await sign(house, await house.room.write('thanks!', { calls: 'us' }))).toBe('thanks');
  expect(house.nemo.requests).toEqual([]);
  house.nemo.script(say('Hello.'));
  await house.room.write('A film about tea.');
  await house.idle();
  expect(await sign(house, await house.room.write('谢谢'))).toBe('thanks');
  expect(runs(house)).toBe(1);
});

test('thanks with a file are a request, also where the event came without the file', async () => {
  const house = await open();
  const files = [
    { name: 'script.txt', mime: 'text/plain', bytes: Buffer.from('A film about tea.') },
  ];
  house.nemo.script(say('Hello.'));
  const id = await house.room.write('thanks!', { calls: 'us', files, late: true, key: 'late' });
  await hear(house, /Hello\./);
  await house.room.write('thanks!', { calls: 'us', files, late: true, key: 'late' });
  await house.idle();
  expect(runs(house)).toBe(1);
  expect(toldAgent(house)).toContain('A film about tea.');
  expect(signs(house, id)).toEqual(['seen']);
});

test('where reacting is impossible there is nothing', async () => {
  const house = await inCompany();
  house.room.capabilities = { ...house.room.capabilities, react: false };
  const before = texts(house);
  const id = await house.room.write('thanks!');
  await house.idle();
  expect(signs(house, id)).toEqual([]);
  expect(texts(house)).toEqual(before);
});

test('“yes” answers the question that the agent asked, once; afterwards it is a sign', async () => {
  const house = await open();
  house.nemo.script(say('I can add music. Shall I?'));
  await house.room.write('A film about tea.');
  await house.idle();
  house.nemo.script(say('There is music now.'));
  await house.room.write('yes');
  await hear(house, /There is music now/);
  await house.idle();
  expect(toldAgent(house, 2)).toBe('yes');
  expect(await sign(house, await house.room.write('yes', { by: bob }))).toBe('noted');
  expect(runs(house)).toBe(2);
});

test('a second “yes” before the first is through is no second answer', async () => {
  const house = await open();
  house.nemo.script(say('Shall I add music?'));
  await house.room.write('A film about tea.');
  await house.idle();
  const held = gate();
  house.nemo.script({ until: held.opened }, say('Done.'));
  await house.room.write('yes');
  await house.nemo.arrival('run_sse');
  expect(await signWhileBusy(house, await house.room.write('yes', { by: bob }))).toBe('noted');
  held.open();
  await house.idle();
  expect(runs(house)).toBe(2);
});

async function signWhileBusy(house: House, messageId: string): Promise<string> {
  await house.room.untilTrue(() => signs(house, messageId).length > 0);
  return signs(house, messageId).join();
}

test('what is addressed to somebody else leaves nothing behind but that several speak here', async () => {
  const house = await inCompany();
  const before = { said: house.room.said.length, reactions: house.room.reactions.length };
  await house.room.write('@bob can you make it shorter?', { calls: 'others', under: 'in1' });
  await house.room.write('// do we need music?');
  await house.idle();
  expect(house.room.said).toHaveLength(before.said);
  expect(house.room.reactions).toHaveLength(before.reactions);
  expect(runs(house)).toBe(1);
});

test('one person alone is never asked', async () => {
  const house = await open();
  house.nemo.script(say('Hello.'));
  await house.room.write('A film about tea.');
  await house.idle();
  house.nemo.script(say('Who knows.'));
  await house.room.write('do you think the client will like it?');
  await hear(house, /Who knows/);
  await house.idle();
  expect(questions(house)).toBe(0);
});

test('what is not clear waits: nothing is sent until its author says that it was for us, once', async () => {
  const house = await inCompany();
  const id = await house.room.write('do you think the client will like it?');
  const asked = await question(house);
  await house.idle();
  expect(asked.message.text).toContain('“do you think the client will like it?”');
  expect(asked.message.buttons?.map(({ label }) => label)).toEqual([
    'For me',
    'Talking to each other',
  ]);
  expect(runs(house)).toBe(1);
  house.nemo.script(say('They will.'));
  const value = valueIn(asked, 'for-us');
  await Promise.all([house.room.press('for-us', { value }), house.room.press('for-us', { value })]);
  await hear(house, /They will/);
  await house.idle();
  expect(await house.room.press('for-them', { value })).toEqual(['That is settled already.']);
  expect(runs(house)).toBe(2);
  expect(toldAgent(house, 2)).toBe('do you think the client will like it?');
  expect(signs(house, id)).toContain('seen');
});

test('of two answers at the same moment one counts, and with it what is learnt', async () => {
  const house = await inCompany();
  await house.room.write("I'll ask Anna");
  const value = valueIn(await question(house), 'for-us');
  await house.idle();
  const [us, them] = await Promise.all([
    house.room.press('for-us', { value }),
    house.room.press('for-them', { value }),
  ]);
  await house.idle();
  const forUs = runs(house) === 2;
  expect(us).toEqual(forUs ? [] : ['That is settled already.']);
  expect(them[0]).toMatch(forUs ? /settled already/ : /mention me/);
  const before = questions(house);
  await house.room.write('what do you guys think?', { by: bob });
  await house.idle();
  expect(questions(house) - before).toBe(forUs ? 1 : 0);
});

test('it is asked in its author’s words', async () => {
  const house = await inCompany();
  await house.room.write('你觉得客户会喜欢吗？');
  const asked = await house.room.until((said) => /互相聊/.test(said.message.text));
  expect(asked.message.buttons?.map(({ label }) => label)).toEqual(['对你说的', '我们在互相聊']);
});

test('“talking to each other” is learnt: from then on silence, until somebody calls', async () => {
  const path = await databaseFile();
  const first = await inCompany({ path });
  await first.room.write("I'll ask Anna");
  const asked = await question(first);
  await first.idle();
  await first.conversation.drain(0);
  // After a restart the press still finds what it is about.
  const house = await open({ path, nemo: first.nemo, room: first.room });
  const value = valueIn(asked, 'for-them');
  const [left] = await house.room.press('for-them', { value });
  expect(left).toContain('mention me');
  const before = house.room.said.length;
  await house.room.write('what do you guys think?', { by: bob });
  await house.room.write('lol look at scene 2 bob');
  await house.idle();
  expect(house.room.said).toHaveLength(before);
  expect(runs(house)).toBe(1);
  house.nemo.script(say('Shorter now.'));
  await house.room.write('make it shorter');
  await hear(house, /Shorter now/);
  await house.idle();
  house.nemo.script(say('Fine.'));
  await house.room.write('what do you think?', { calls: 'us' });
  await hear(house, /Fine\./);
  await house.idle();
  await house.room.write('I like the blue one more', { by: bob });
  await question(house, bob);
});

test('while a question is open nobody is asked another one, and nothing is sent', async () => {
  const house = await inCompany();
  await house.room.write("I'll ask Anna");
  await question(house);
  await house.room.write('what do you guys think?', { by: bob });
  await house.idle();
  expect(questions(house)).toBe(1);
  expect(runs(house)).toBe(1);
});

test('whom it was for is said by its author or an admin, of a message that waits there', async () => {
  const house = await inCompany({ rules: { admins: ['u-admin'] } });
  await house.room.write("I'll ask Anna");
  const value = valueIn(await question(house), 'for-us');
  await house.idle();
  expect(await house.room.press('for-us', { value, by: bob })).toEqual([
    'Only Alice or an admin can say whom that was for.',
  ]);
  expect(await house.room.press('for-us', { value: 'made-up' })).toEqual([
    'I no longer have that message. Please write it once more, and mention me.',
  ]);
  house.nemo.script(say('Hello.'));
  await house.room.write('Another film about tea.', { thread: 't2' });
  await house.idle();
  expect(await house.room.press('for-us', { value, thread: 't2' })).toEqual([
    'I no longer have that message. Please write it once more, and mention me.',
  ]);
  expect(runs(house)).toBe(2);
  const admin = { id: 'u-admin', name: 'Ada' };
  expect((await house.room.press('for-them', { value, by: admin }))[0]).toContain('mention me');
});

test('where nothing can be shown to one person alone it is asked in the thread, and taken away', async () => {
  const house = await inCompany();
  house.room.capabilities = { ...house.room.capabilities, privateReply: false };
  await house.room.write("I'll ask Anna");
  const asked = await hear(house, /is that for me/);
  await house.idle();
  expect(asked.privateTo).toBeUndefined();
  expect(asked.message.mention).toEqual([alice.id]);
  await house.room.press('for-them', { value: valueIn(asked, 'for-them') });
  await house.room.untilTrue(() => asked.deleted);
});

test('people who are not let in are neither answered nor asked', async () => {
  const house = await inCompany({ rules: { users: [alice.id] } });
  const before = house.room.said.length;
  await house.room.write('thanks!', { by: bob });
  await house.room.write('what do you guys think?', { by: bob });
  await house.idle();
  expect(house.room.said).toHaveLength(before);
  expect(house.room.reactions.filter((it) => it.reaction === 'thanks')).toEqual([]);
});

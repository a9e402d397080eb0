/** A channel's brand: set by admins, joined to the first request of a thread, shown in its plan, left out in words. */
import { expect, test } from 'vitest';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { alice } from '../../doubles/room.ts';
import { hear, open, runs, toldAgent } from './support.ts';

const ada = { id: 'U-ada', name: 'Ada', admin: true };
const KIT =
  'brand name: Tea House; colours: #2F6F4F, #abc; intro: Tea time.; voice: a calm woman; music: soft piano';

type House = Awaited<ReturnType<typeof open>>;
const desk = async (house: House, argument: string, by: typeof alice = ada) =>
  (await house.room.command('admin', { by, argument })).join();
const png = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDRlogo', 'latin1');

/** As a form or a command with a file gives it. */
async function withLogo(house: House, bytes: Buffer, by: typeof alice = ada): Promise<string> {
  const answers: string[] = [];
  const [logo] = house.room.attach([{ name: 'logo.png', bytes }]);
  await house.room.inbox().command({
    key: 'logo',
    name: 'admin',
    argument: 'brand',
    person: by,
    platform: 'web',
    workspace: 'w',
    channel: 'c',
    brand: { fields: {}, logo },
    respond: async ({ text }) => void answers.push(text),
  });
  return answers.join();
}

const BRAND = `Keep to our brand, unless something else is said above:
Name: Tea House.
Colours: #2f6f4f, #aabbcc.
Begin with the words “Tea time”.
Voice: a calm woman.
Music: soft piano.`;

test('admins set it, change it and take it away; nobody else does', async () => {
  const house = await open();
  expect(await desk(house, 'brand', alice)).toBe('Only an admin can change this.');
  expect(await desk(house, 'brand')).toMatch(/^🎨 This channel has no brand yet/);
  expect(await desk(house, KIT)).toMatch(
    /^It is kept\.[\s\S]*Name:\*\* Tea House\n\*\*Colours:\*\* #2f6f4f #aabbcc\n/,
  );
  expect(await desk(house, 'brand colours: blue')).toMatch(/^I found no colour in that/);
  expect(await desk(house, 'brand colours: -; name: Tea & Co')).toMatch(
    /Name:\*\* Tea & Co\n\*\*First/,
  );
  expect(await withLogo(house, png, { ...alice, admin: false })).toBe(
    'Only an admin can change this.',
  );
  expect(await withLogo(house, Buffer.from('no picture'))).toMatch(/^I cannot use that as a logo/);
  expect(await withLogo(house, Buffer.alloc(600 * 1024, png))).toMatch(
    /^I cannot use that as a logo/,
  );
  expect(await withLogo(house, png)).toContain('**Logo:** there is one');
  expect(await desk(house, 'brand remove logo')).not.toContain('**Logo:**');
  expect(await desk(house, 'brand remove')).toMatch(/has no brand yet/);
});

test('it joins the first request of a thread with its logo, and no later one', async () => {
  const house = await open({ draft: sampleDraft });
  await desk(house, KIT);
  await withLogo(house, png);
  house.nemo.script(say('The tea film is done.'));
  await house.room.write('A film about tea.');
  await hear(house, /The tea film is done/);
  await house.idle();
  expect(toldAgent(house)).toBe(
    `A film about tea.\n\n${BRAND}\nThe uploaded file brand-logo.png is our logo: show it as a logo, not as a scene.`,
  );
  expect(house.nemo.received('upload')).toHaveLength(1);
  house.nemo.script(say('Slower it is.'));
  await house.room.write('Slower, please.');
  await house.idle();
  expect(toldAgent(house, 2)).toBe('Slower, please.');
  house.nemo.script(say('Another film.'));
  await house.room.write('A film about bread, without the brand.', { thread: 't2' });
  await house.idle();
  expect(toldAgent(house, 3)).not.toContain('Tea House');
  expect(runs(house)).toBe(3);
});

test('a plan shows it, and words about the plan leave it out', async () => {
  const house = await open({ draft: sampleDraft });
  await desk(house, KIT);
  await house.room.write('plan first: a film about tea.');
  const card = await hear(house, /Nothing is made yet/);
  expect(card.message.text).toContain('**Brand:** Tea House');
  await house.idle();
  await house.room.write('without the brand');
  const changed = await house.room.until(
    ({ id, message }) => id !== card.id && /Nothing is made yet/.test(message.text),
  );
  expect(changed.message.text).not.toContain('**Brand:**');
  await house.idle();
  house.nemo.script(say('The tea film is done.'));
  await house.room.write('make it');
  await hear(house, /The tea film is done/);
  await house.idle();
  expect(toldAgent(house)).not.toContain('Tea House');
  await house.room.write('plan first: a film about bread.', { thread: 't2' });
  await house.room.until(
    ({ message, thread }) => thread.endsWith('t2') && /Brand/.test(message.text),
  );
  await house.idle();
  house.nemo.script(say('The bread film is done.'));
  await house.room.write('make it', { thread: 't2' });
  await hear(house, /The bread film is done/);
  await house.idle();
  expect(toldAgent(house, 2)).toContain(BRAND);
});

test('a script that fills the message leaves room for it only where it is cut anyway', async () => {
  const house = await open({ draft: sampleDraft });
  await desk(house, KIT);
  house.nemo.script(say('Long film.'));
  await house.room.write(`A film. ${'The tea grows on a hill. '.repeat(799)}`.slice(0, 19_900));
  await hear(house, /Long film/);
  await house.idle();
  expect(toldAgent(house)).not.toContain('Tea House');
  await house.room.write(`A film. ${'The tea grows on a hill, and so on. '.repeat(799)}`, {
    thread: 't2',
  });
  await hear(house, /first part/i);
  await house.idle();
  house.nemo.script(say('First part.'));
  await house.room.write('the first part', { thread: 't2' });
  await hear(house, /First part\./);
  await house.idle();
  const told = toldAgent(house, 2);
  expect(told).toContain('Tea House');
  expect(told.length).toBeLessThanOrEqual(20_000);
});

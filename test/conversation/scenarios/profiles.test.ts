/** The skill profiles: seen on the wire and in the chat. */
import { expect, test } from 'vitest';
import { PROFILE_NAMES, PROFILES } from '../../../src/conversation/skill-profile.ts';
import { en } from '../../../src/locales/en/locale.ts';
import { alice } from '../../doubles/room.ts';
import { hear, open, story } from './support.ts';

const CAPS = {
  'ai-to-video-free': 200,
  'colab-text-to-video': 500,
  'text-to-video-high-quality': 500,
};
const admin = { ...alice, admin: true };

test.each(PROFILE_NAMES)(
  '%s: attribution, connecting word, greeting, examples, cap and kinds',
  async (name) => {
    const house = await open({ profile: name, rules: { maxUploadBytes: undefined } });
    await house.room.write('help');
    const help = await hear(house, /Try saying/);
    const { greeting, examples } = en.words.profiles[name];
    expect(help.message.text).toContain(greeting);
    for (const example of examples) expect(help.message.text).toContain(example);
    expect(help.message.text).toContain(`${CAPS[name]} MB`);
    const offered = help.message.buttons?.map((button) =>
      'action' in button.does ? button.does.value : '',
    );
    expect(offered).toEqual([...examples]);
    const kinds = /\*\*Files\*\*: ([^*]+?), up to/.exec(help.message.text)?.[1]?.split(', ') ?? [];
    expect(kinds.slice(0, PROFILES[name].kinds.length)).toEqual(
      PROFILES[name].kinds.map((kind) => kind.toLowerCase()),
    );

    await house.room.write('A film about tea.', {
      files: [{ name: 'big.mp4', claimed: CAPS[name] * 1024 * 1024 + 1, bytes: Buffer.from('x') }],
    });
    await house.idle();
    expect(story(house)).toContain(`larger than ${CAPS[name]} MB`);
    expect(house.room.everSeen()).toContain(en.words.profiles[name].connecting);
    const sources = new Set(
      house.nemo.requests.filter((r) => r.route !== 'file').map((r) => r.headers['x-skill-source']),
    );
    expect([...sources]).toEqual([name]);
  },
);

test('an admin chooses the profile of a channel; it is kept, and others may only look', async () => {
  const house = await open({ rules: { maxUploadBytes: undefined } });
  expect(await house.room.command('profile')).toEqual([
    expect.stringContaining('**text-to-video-high-quality**'),
  ]);
  expect(await house.room.command('profile', { argument: 'ai' })).toEqual([
    'Only an admin can change this.',
  ]);
  expect(await house.room.command('profile', { argument: 'no such', by: admin })).toEqual([
    expect.stringContaining('no skill profile “no such”'),
  ]);
  expect(await house.room.command('profile', { argument: 'ai', by: admin })).toEqual([
    expect.stringContaining('**ai-to-video-free**'),
  ]);
  await house.room.write('A film about tea.');
  await house.idle();
  expect(house.nemo.received('run_sse')[0]?.headers['x-skill-source']).toBe('ai-to-video-free');
  expect(house.room.everSeen()).toContain('Connecting…');
});

/** Commands outside of every thread: about the newest project of their channel, by name, and never about another unasked. */
import { expect, test } from 'vitest';
import {
  type ButtonAction,
  ChatError,
  type OutgoingMessage,
  type ThreadRef,
} from '../../../src/platforms/chat.ts';
import { machineTimers } from '../../../src/runtime/clock.ts';
import type { House } from '../../doubles/house.ts';
import { alice, bob } from '../../doubles/room.ts';
import { withMusic } from './drafts.ts';
import { renders } from './exporting.ts';
import { gate, hear, open } from './support.ts';

const TEA = 'https://room.test/films/tea';

/** Two projects of Alice's in #films, tea the newer one, and one that is newer still in #ads. */
async function withProjects(options: Parameters<typeof open>[0] = {}): Promise<House> {
  const house = await open({ draft: withMusic, ...options });
  for (const [text, thread] of [
    ['A film about milk.', 'films/milk'],
    ['A film about tea.', 'films/tea'],
    ['An ad for soap.', 'ads/soap'],
  ] as const) {
    await house.room.write(text, { thread });
    await house.idle();
  }
  return house;
}

type Choice = { readonly action: ButtonAction; readonly about?: ThreadRef | undefined };

/** The projects that an answer offers, as `channel/thread`, by what is done to them. */
function offered({ buttons = [] }: OutgoingMessage): Record<string, string> {
  const chosen = buttons.map(({ does, label }) => ({ does: does as Choice, label }));
  return Object.fromEntries(
    chosen.flatMap(({ does: { action, about }, label }) =>
      about ? [[`${action} ${about.channel}/${about.thread}`, label]] : [],
    ),
  );
}

const last = ({ room }: House): OutgoingMessage => room.answered.at(-1) ?? { text: '' };

test('status: of the channel’s newest project, by name and link; the others can be chosen', async () => {
  const house = await withProjects();
  const [answer] = await house.room.command('status', { at: 'films/x' });
  expect(answer).toMatch(/^Project “A film about tea\.”: https:\/\/room\.test\/films\/tea\n/);
  expect(answer).toContain('Nothing is running');
  expect(answer).toMatch(/If you meant another project:$/);
  expect(offered(last(house))).toEqual({
    'status films/milk': 'A film about milk.',
    'status ads/soap': 'An ad for soap.',
  });
  const [chosen] = await house.room.press('status', { thread: 'films/x', claim: 'films/milk' });
  expect(chosen).toContain('Nothing is running');
});

test('export: the channel’s newest is rendered, and its person reads which and where', async () => {
  const house = await withProjects();
  const [answer] = await house.room.command('export', { at: 'films/x' });
  expect(answer).toContain(TEA);
  expect(answer).toContain('the export runs in your project’s thread');
  await house.idle();
  expect(renders(house)).toHaveLength(1);
  expect(
    house.room.visible('films/tea').some((it) => it.message.text.includes('Video ready')),
  ).toBe(true);
  const [chosen] = await house.room.press('export', {
    thread: 'films/x',
    claim: 'films/milk',
    value: '1080p',
  });
  expect(chosen).toContain('On it');
  await house.idle();
  expect(renders(house)).toHaveLength(2);
});

test.each(['status', 'export', 'new', 'stop'] as const)(
  '%s in a channel without a project: nothing is done, those of other channels can be chosen',
  async (name) => {
    const house = await withProjects();
    const before = house.nemo.requests.length;
    const [answer] = await house.room.command(name, { at: 'third/x' });
    await house.idle();
    expect(house.nemo.requests.length).toBe(before);
    if (name === 'stop') {
      expect(answer).toContain('Nothing is running, so there is nothing to stop');
      return;
    }
    expect(answer).toBe('None of them is in this channel. Which project do you mean?');
    expect(Object.keys(offered(last(house)))).toEqual([
      `${name} ads/soap`,
      `${name} films/tea`,
      `${name} films/milk`,
    ]);
  },
);

test('whoever has no project is told so', async () => {
  const house = await withProjects();
  expect(await house.room.command('status', { at: 'films/x', by: bob })).toEqual([
    'I know of no project of yours here. Mention me with a script to begin.',
  ]);
});

test('new: a project is not given up while it is in doubt which one is meant', async () => {
  const house = await withProjects();
  const [answer] = await house.room.command('new', { at: 'films/x' });
  expect(answer).toBe('Which project do you mean?');
  expect(Object.keys(offered(last(house)))).toEqual([
    'new films/tea',
    'new films/milk',
    'new ads/soap',
  ]);
  await house.room.press('new', { thread: 'films/x', claim: 'films/milk' });
  await house.idle();
  const fresh = (thread: string) =>
    house.room.visible(thread).some(({ message }) => message.text.includes('A fresh project'));
  expect([fresh('films/milk'), fresh('films/tea'), fresh('ads/soap')]).toEqual([
    true,
    false,
    false,
  ]);
  const [only] = await house.room.command('new', { at: 'ads/x' });
  expect(only).toContain('“An ad for soap.”');
  await house.idle();
  expect(fresh('ads/soap')).toBe(true);
});

test('stop: the one that runs here; asked where several do, or only one elsewhere', async () => {
  const house = await withProjects();
  const hold = gate();
  const begin = async (thread: string) => {
    house.nemo.script({ heartbeat: true }, { until: hold.opened });
    await house.room.write('Slower.', { thread });
    await house.room.until(
      (said) => said.thread.endsWith(thread.replace('/', ':')) && /Working/.test(said.message.text),
    );
  };
  await begin('films/milk');
  const [elsewhere] = await house.room.command('stop', { at: 'third/x' });
  expect(elsewhere).toBe('None of them is in this channel. Which project do you mean?');
  expect(Object.keys(offered(last(house)))).toEqual(['stop films/milk']);
  await begin('films/tea');
  const [several] = await house.room.command('stop', { at: 'films/x' });
  expect(several).toBe('Which project do you mean?');
  expect(Object.keys(offered(last(house)))).toEqual(['stop films/tea', 'stop films/milk']);
  await house.room.press('stop', { thread: 'films/x', claim: 'films/milk' });
  await hear(house, /^<?.*Stopped\./);
  const [one] = await house.room.command('stop', { at: 'films/x' });
  expect(one).toContain('“A film about tea.”');
  expect(one).toContain('Stopping…');
  hold.open();
  await house.idle();
});

test('a choice is a claim: one that its person does not see any more is refused', async () => {
  const house = await withProjects();
  house.room.sees = async () => false;
  for (const action of ['status', 'export', 'new', 'stop'] as const)
    expect(await house.room.press(action, { thread: 'third/x', claim: 'films/milk' })).toEqual([
      'I know of no project of yours here. Mention me with a script to begin.',
    ]);
});

test('a project elsewhere of which nobody can tell who sees it is not offered, and holds nothing up', async () => {
  const house = await withProjects();
  house.room.sees = async ({ channel }) => {
    if (channel === 'ads') throw new Error('nobody knows');
    return true;
  };
  const [answer] = await house.room.command('status', { at: 'films/x', by: alice });
  expect(answer).toContain('“A film about tea.”');
  expect(Object.keys(offered(last(house)))).toEqual(['status films/milk']);
});

/** Seconds of the machine pass in hundredths. */
const hasty = {
  ...machineTimers,
  after: (ms: number, run: () => void) => machineTimers.after(ms / 100, run),
};

test('neither the address of the project nor the choice of others is waited for', async () => {
  const house = await withProjects({ timers: hasty });
  const never = new Promise<never>(() => {});
  house.room.links = () => never;
  house.room.sees = ({ channel }) => (channel === 'ads' ? never : Promise.resolve(true));
  const [answer] = await house.room.command('status', { at: 'films/x' });
  expect(answer).toMatch(/^Project “A film about tea\.”\n/);
  expect(answer).toContain('Nothing is running');
  expect(Object.keys(offered(last(house)))).toEqual(['status films/milk']);
});

test('an address that cannot be had keeps nobody from the answer', async () => {
  const house = await withProjects();
  house.room.links = () => Promise.reject(new ChatError('unreachable', 'the chat is away'));
  const [answer] = await house.room.command('export', { at: 'films/x' });
  expect(answer).toMatch(/^Project “A film about tea\.”\nOn it/);
  await house.idle();
  expect(renders(house)).toHaveLength(1);
});

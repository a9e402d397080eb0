import { expect, test } from 'vitest';
import { registrationFor } from '../../../src/conversation/registration-link.ts';
import { refused } from '../../doubles/nemo/answers.ts';
import { alice, bob } from '../../doubles/room.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { gate, hear, open, runs } from './support.ts';

const heardBy = (house: Awaited<ReturnType<typeof open>>, who: typeof alice) =>
  house.room.privateTo(who).map((said) => said.message.text);

test('a channel that is not allowed: one private sentence, nothing sent', async () => {
  const house = await open({ rules: { channels: ['elsewhere'] } });
  await house.room.write('A film about tea.');
  await house.idle();
  expect(house.room.visible()).toEqual([]);
  expect(heardBy(house, alice)).toEqual([
    'I am not switched on in this channel. An admin can allow it.',
  ]);
  expect(await house.room.press('export')).toEqual([
    'I am not switched on in this channel. An admin can allow it.',
  ]);
  expect(house.nemo.requests).toEqual([]);
});

test('a workspace that is not allowed reads the same', async () => {
  const house = await open({ rules: { workspaces: ['elsewhere'] } });
  expect(await house.room.command('help')).toEqual([
    'I am not switched on in this channel. An admin can allow it.',
  ]);
});

test('only the people of the list are served, and admins', async () => {
  const house = await open({ rules: { users: [alice.id], admins: ['U-root'] } });
  await house.room.write('A film about tea.', { by: bob });
  await house.idle();
  expect(heardBy(house, bob)).toEqual([
    'You are not on the list of people who may use me here. An admin can add you.',
  ]);
  await house.room.write('A film about tea.', { by: { id: 'U-root', name: 'Root' } });
  await hear(house, /Your video is ready/);
  await house.idle();
  expect(runs(house)).toBe(1);
});

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

test('the daily quota counts requests; admins have none', async () => {
  const house = await open({ rules: { dailyTurns: 1, admins: [bob.id] } });
  await house.room.write('A film about tea.');
  await house.room.write('Slower, please.');
  await house.room.write('And a title.', { by: bob });
  await house.idle();
  expect(heardBy(house, alice)).toEqual([
    `You have used your one request for today. Please come back tomorrow: the count begins anew at midnight (${zone}).`,
  ]);
  expect(runs(house)).toBe(2);
});

test('of twenty requests at the same moment no more run than the quota allows', async () => {
  const house = await open({ rules: { dailyTurns: 2 } });
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      house.room.write('A film about tea.', { thread: `t${n}` }),
    ),
  );
  await house.idle();
  expect(runs(house)).toBe(2);
  expect(heardBy(house, alice)).toHaveLength(18);
});

test('exports have a quota of their own, however they are asked for', async () => {
  const house = await open({ rules: { dailyExports: 1 } });
  await house.room.write('A film about tea.');
  await house.idle();
  await house.room.write('export');
  await hear(house, /Video ready!/);
  await house.idle();
  const used = `You have used your one export for today. Please come back tomorrow: the count begins anew at midnight (${zone}).`;
  expect(await house.room.press('export')).toEqual([used]);
  await house.room.write('export');
  await house.idle();
  expect(heardBy(house, alice)).toEqual([used]);
  await house.room.write('Slower, please.');
  await house.idle();
  expect(runs(house)).toBe(2);
});

test('with the quota used up, stopping, looking, exporting and credits still work', async () => {
  const house = await open({ rules: { dailyTurns: 1 } });
  const first = gate();
  house.nemo.script({ heartbeat: true }, { until: first.opened });
  await house.room.write('A film about tea.');
  await house.nemo.arrival('run_sse');
  await house.room.write('status');
  await hear(house, /^Working on it/);
  await house.room.write('stop');
  await hear(house, /stays charged/);
  await house.room.write('export');
  await hear(house, /Nothing to export yet/);
  await house.room.write('credits');
  await house.room.until((said) => /60 available/.test(said.message.text));
  await house.idle();
});

test('with the quota used up, neither "Try again" nor an example gets around it', async () => {
  const house = await open({ rules: { dailyTurns: 1 } });
  house.nemo.script({ heartbeat: true });
  await house.room.write('A film about tea.');
  await hear(house, /gave no answer/);
  await house.idle();
  expect((await house.room.press('retry'))[0]).toContain('used your one request');
  expect((await house.room.press('prompt', { value: 'A film.' }))[0]).toContain(
    'used your one request',
  );
  await house.room.write('retry');
  await house.idle();
  expect(runs(house)).toBe(1);
});

test('several videos from one message count as several', async () => {
  const house = await open({ rules: { dailyTurns: 4 } });
  const files = ['one', 'two', 'three'].map((name) => ({
    name: `${name}.png`,
    bytes: Buffer.from(`\x89PNG\r\n\x1a\n\0\0\0\rIHDR${name}`, 'latin1'),
  }));
  await house.room.write('one video each', { files });
  await house.idle();
  await house.room.write('export');
  await house.idle();
  await house.room.write('one video each', { files: files.slice(0, 2) });
  await house.room.until((said) => said.privateTo === alice.id);
  expect(heardBy(house, alice)).toEqual([
    `That is 2 videos, and you have one request left for today. Please send fewer files at once, or come back tomorrow: the count begins anew at midnight (${zone}).`,
  ]);
  await house.room.write('A film about tea.');
  await house.idle();
  expect(runs(house)).toBe(4);
});

test('files that came after their message are counted when they are there', async () => {
  const house = await open({ rules: { dailyTurns: 4 } });
  const files = ['one', 'two', 'three'].map((name) => ({
    name: `${name}.png`,
    bytes: Buffer.from(`\x89PNG\r\n\x1a\n\0\0\0\rIHDR${name}`, 'latin1'),
  }));
  await house.room.write('one video each', { files, late: true });
  await house.idle();
  expect(runs(house)).toBe(3);
  await house.room.write('one video each', { files: files.slice(0, 2), late: true });
  await hear(house, /That is 2 videos, and you have one request left/);
  await house.idle();
  expect(runs(house)).toBe(3);
});

test('a message that may lack files is not counted twice', async () => {
  const house = await open({ rules: { dailyTurns: 3 } });
  const files = ['one', 'two', 'three'].map((name) => ({
    name: `${name}.png`,
    bytes: Buffer.from(`\x89PNG\r\n\x1a\n\0\0\0\rIHDR${name}`, 'latin1'),
  }));
  await house.room.write('one video each', { files, under: 'somebody' });
  await house.idle();
  expect(runs(house)).toBe(3);
});

test('the answer to a question about a long script was counted with the script', async () => {
  const house = await open({ rules: { dailyTurns: 1 } });
  const novel = 'The keeper climbs the stairs. '.repeat(1000);
  await house.room.write('', { files: [{ name: 'novel.txt', bytes: Buffer.from(novel) }] });
  const asked = await hear(house, /is long/);
  await house.idle();
  const choice = asked.message.buttons?.map(({ does }) => ('action' in does ? does.value : ''))[0];
  await house.room.press('first-part', { value: choice ?? '' });
  await hear(house, /Your video is ready/);
  await house.idle();
  expect((await house.room.press('first-part', { value: choice ?? '' }))[0]).toContain(
    'used your one request',
  );
  expect(runs(house)).toBe(1);
});

test('case 2: one trial token serves every thread, and a restart on the same database', async () => {
  const path = await databaseFile();
  const house = await open({ anonymous: true, path });
  await house.room.write('A film about tea.');
  await house.room.write('A film about bread.', { thread: 't2' });
  await house.idle();
  const next = await open({ anonymous: true, path, nemo: house.nemo, room: house.room });
  await next.room.write('A film about salt.', { thread: 't3' });
  await next.idle();
  expect(house.nemo.received('anonymous-token')).toHaveLength(1);
  expect(runs(house)).toBe(3);
});

const OUT = { json: { code: 2001, message: 'insufficient credits' } };

/** Whoever follows the bind link takes the one account over that everybody's projects are in. */
test.each([
  ['en', 'A film about tea.', 'credits', 'please ask one'],
  ['zh', '做一个关于茶的短片。', '积分', '请联系管理员'],
])(
  'the trial account’s link is for admins; others read whom to ask (%s)',
  async (_language, script, word, ask) => {
    const house = await open({ anonymous: true, rules: { admins: ['U-root'] } });
    const by = { ...bob, locale: _language };
    house.nemo.once('run_sse', OUT);
    await house.room.write(script, { by });
    await house.idle();
    await house.room.write(word, { by });
    await house.idle();
    house.nemo.on('render', refused(402, 402, 'upgrade'));
    await house.room.write('export', { by });
    await house.idle();
    const answers = [
      ...(await house.room.command('credits', { by })),
      ...(await house.room.press('credits', { by })),
    ];
    expect(answers.filter((text) => text.includes(ask))).toHaveLength(2);
    const everything = [...house.room.everSeen(), ...answers, ...linksIn(house)].join('\n');
    expect(everything).not.toMatch(/bind|anon_/);
    expect(house.room.everSeen().filter((text) => text.includes(ask)).length).toBeGreaterThan(1);
    expect(await house.room.command('credits', { by: { id: 'U-root' } })).toEqual([
      expect.stringContaining('register?bind=anon_abc123'),
    ]);
  },
);

/** Who administers one workspace of many does not own the account of all. */
test.each([
  ['discord', [], {}, false],
  ['discord', [], { admin: true }, false],
  ['slack', ['T2'], { admin: true }, false],
  ['slack', ['T1'], { admin: true }, true],
  ['slack', ['T1'], {}, false],
  ['web', [], { admin: true }, true],
  ['web', [], {}, false],
] as const)(
  'on %s, with workspaces %j, %j may register: %s',
  async (platform, workspaces, who, may) => {
    const link = { url: 'https://nemovideo.com/register?bind=anon_1', keepsProject: true };
    const deps = {
      nemo: { registration: async () => ({ account: 'anonymous' as const, ...link }) },
      rules: { admins: ['U-root'], workspaces },
      platforms: new Map([['web', { isOperatorsOwn: true }]]),
    };
    const place = { platform, workspace: 'T1' };
    expect((await registrationFor(deps, { ...bob, ...who }, place)).link).toEqual(
      may ? link : undefined,
    );
    expect((await registrationFor(deps, { id: 'U-root' }, place)).link).toEqual(link);
  },
);

const linksIn = (house: Awaited<ReturnType<typeof open>>): string[] =>
  house.room.said
    .flatMap(({ message }) => message.buttons ?? [])
    .flatMap(({ does }) => ('url' in does ? [does.url] : []));

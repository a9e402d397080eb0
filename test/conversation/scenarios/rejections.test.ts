// Over 250 lines: its cases share one setup and read as one list.
/** Every row of the backend's error table: what the thread reads, what the requester alone reads, and what nobody does. */
import { describe, expect, test } from 'vitest';
import type { House } from '../../doubles/house.ts';
import { ok, refused } from '../../doubles/nemo/answers.ts';
import { say } from '../../doubles/nemo/steps.ts';
import type { DoubleWorld } from '../../doubles/nemo/world.ts';
import { alice } from '../../doubles/room.ts';
import { withMusic } from './drafts.ts';
import { hear, open, runs, sessionOfRun, story, texts, times, toldAgent } from './support.ts';

const privately = (house: House): string =>
  house.room
    .privateTo(alice)
    .map((said) => said.message.text)
    .join('\n');
const links = (house: House): string[] =>
  house.room
    .privateTo(alice)
    .flatMap((said) => said.message.buttons ?? [])
    .flatMap((b) => ('url' in b.does ? [b.does.url] : []));
const everPublic = (house: House): string =>
  house.room.said
    .filter((said) => !said.privateTo)
    .flatMap((said) => said.versions)
    .join('\n');

async function asked(house: House): Promise<void> {
  await house.room.write('A film about tea.');
  await house.idle();
}

/** Whoever follows the bind link takes everybody's account over. */
const byAdmin = { rules: { admins: [alice.id] } };

describe('credits (2001)', () => {
  const bodies = {
    'HTTP 200': { json: { code: 2001, message: 'insufficient credits' } },
    'HTTP 402': refused(402, 2001, 'insufficient credits'),
    'a code in quotes': { json: { code: '2001', message: 'insufficient credits' } },
  };
  test.each(Object.entries(bodies))(
    'case 35: on a trial account (%s), the bind link goes to the requester alone, who is an admin',
    async (_how, body) => {
      const house = await open({ anonymous: true, ...byAdmin });
      house.nemo.once('run_sse', body);
      await asked(house);
      expect(story(house)).toContain('Your free credits are used up. Register to continue.');
      expect(everPublic(house)).not.toMatch(/bind|anon_|register\?|plan|upgrade/i);
      expect(privately(house)).toContain('https://nemovideo.com/register?bind=anon_abc123');
      expect(links(house)).toEqual(['https://nemovideo.com/register?bind=anon_abc123']);
      expect(privately(house)).not.toMatch(/plan|upgrade/i);
      expect(runs(house)).toBe(1);
    },
  );

  test('case 35: on the operator’s account, to top up', async () => {
    const house = await open();
    house.nemo.once('run_sse', bodies['HTTP 402']);
    await asked(house);
    expect(story(house)).toContain('Top up credits in your account');
    expect(everPublic(house) + privately(house)).not.toMatch(/bind|register|plan|upgrade/i);
    expect(texts(house)).toContain('✋ Needs you');
  });

  test('case 36: inside the event stream it reads the same', async () => {
    const house = await open({ anonymous: true, ...byAdmin });
    house.nemo.script({ event: { code: 2001, message: 'insufficient credits' } });
    await asked(house);
    expect(story(house)).toContain('Your free credits are used up.');
    expect(privately(house)).toContain('?bind=anon_abc123');
  });

  test('case 36: inside the event stream behind a heartbeat, too', async () => {
    const house = await open({ anonymous: true, ...byAdmin });
    house.nemo.script(
      { heartbeat: true },
      { event: { code: 2001, message: 'insufficient credits' } },
    );
    await asked(house);
    expect(story(house)).toContain('Your free credits are used up.');
    expect(privately(house)).toContain('?bind=anon_abc123');
    expect(runs(house)).toBe(1);
  });

  test('case 36: after some words and work, those are told, and that the credits are used up', async () => {
    const house = await open({ draft: null });
    house.nemo.script(
      say('Scene one is done.'),
      { draft: withMusic },
      { event: { code: 2001, message: 'insufficient credits' } },
    );
    await asked(house);
    expect(story(house)).toContain('Scene one is done.');
    expect(story(house)).toMatch(/credits are used up/);
  });

  test('case 37: without a bind id, the plain register link and a warning', async () => {
    const house = await open({ anonymous: true, ...byAdmin });
    house.nemo.on('anonymous-token', (_request, world) => {
      world.tokens.add('nmv_usr_anonymous_x');
      return ok({ token: 'nmv_usr_anonymous_x', credits: 100 });
    });
    house.nemo.on('session', (_request, world) => {
      const session = world.addSession();
      return ok({ session_id: session.sessionId, task_id: session.taskId });
    });
    house.nemo.once('run_sse', bodies['HTTP 402']);
    await asked(house);
    expect(links(house)).toEqual(['https://nemovideo.com/register']);
    expect(privately(house)).toContain('Your current project cannot be carried over.');
  });
});

describe('plan (402)', () => {
  test.each([
    ['402 as status and code', refused(402, 402, 'upgrade')],
    ['402 as a bare status', { status: 402, text: '' }],
    ['403', refused(403, 403, 'scope')],
  ])(
    'case 76: an export that the plan does not include (%s): never a word about credits',
    async (_how, body) => {
      const house = await open({ draft: withMusic });
      house.nemo.script(say('Hello.'));
      await asked(house);
      house.nemo.on('render', body);
      await house.room.write('export');
      await house.idle();
      expect(story(house)).toContain('Register or upgrade your plan to unlock export.');
      expect(everPublic(house) + privately(house)).not.toMatch(/credit|top up/i);
      expect(links(house)).toHaveLength(1);
      expect(everPublic(house)).not.toContain('nemovideo.com');
      expect(house.nemo.received('render')).toHaveLength(1);
    },
  );

  test('402 with code 2001 on export is about credits: never a word about the plan', async () => {
    const house = await open({ draft: withMusic });
    house.nemo.script(say('Hello.'));
    await asked(house);
    house.nemo.on('render', refused(402, 2001, 'insufficient credits'));
    await house.room.write('export');
    await house.idle();
    expect(story(house)).toContain('Top up credits');
    expect(everPublic(house) + privately(house)).not.toMatch(/plan|upgrade|unlock/i);
  });
});

describe('access (1001)', () => {
  /** Only for a token that has run out is a client given another. */
  const expires = (_request: unknown, world: DoubleWorld) => {
    world.tokens.clear();
    return refused(401, 1001, 'expired');
  };

  test('case 38: on a trial account a new token is had with the same client id, and the message goes once more', async () => {
    const house = await open({ anonymous: true });
    house.nemo.once('run_sse', expires);
    await asked(house);
    await hear(house, /Your video is ready!/);
    const asks = house.nemo.received('anonymous-token');
    expect(asks).toHaveLength(2);
    expect(asks[1]?.headers['x-client-id']).toBe(asks[0]?.headers['x-client-id']);
    expect(runs(house)).toBe(2);
  });

  test('case 38: refused twice, the person hears that there is no trial access', async () => {
    const house = await open({ anonymous: true });
    house.nemo.on('run_sse', expires);
    await asked(house);
    expect(story(house)).toContain('No trial access to NemoVideo');
    expect(runs(house)).toBe(2);
  });

  test.each([
    ['1001 as a number', refused(401, 1001, 'expired')],
    ['case 95: "1001" as text', { json: { code: '1001', message: 'expired' } }],
    ['case 95: 401 without a body', { status: 401, text: '' }],
  ])(
    'case 39: the operator’s token (%s) is for an admin to renew; no trial account is taken',
    async (_how, body) => {
      const house = await open();
      house.nemo.on('run_sse', body);
      await asked(house);
      expect(story(house)).toContain(
        "The bot's NemoVideo access has expired. An admin needs to renew it.",
      );
      expect(house.nemo.received('anonymous-token')).toHaveLength(0);
      expect(runs(house)).toBe(1);
    },
  );
});

describe('session (1002)', () => {
  test.each([
    ['case 40: 1002', refused(404, 1002, 'session not found')],
    ['case 41: 404 of the framework', { status: 404, json: { detail: 'Session not found: 55' } }],
  ])('%s: a new session, the message once more, and the person knows', async (_how, body) => {
    const house = await open({ draft: withMusic });
    house.nemo.script(say('Hello.'));
    await asked(house);
    house.nemo.once('run_sse', body);
    house.nemo.script(say('Second hello.'));
    await house.room.write('Make it slower, please.');
    await hear(house, /Second hello/);
    await house.idle();
    expect(times(house, /I started a new one/)).toBe(1);
    expect(house.nemo.received('session')).toHaveLength(2);
    expect(toldAgent(house, 3)).toBe('Make it slower, please.');
    expect(sessionOfRun(house, 3)).not.toBe(sessionOfRun(house, 1));
  });

  test('case 40: a session that cannot be found twice ends in words, not in a loop', async () => {
    const house = await open();
    house.nemo.on('run_sse', refused(404, 1002, 'session not found'));
    await asked(house);
    expect(house.nemo.received('session')).toHaveLength(2);
    expect(runs(house)).toBe(2);
    expect(texts(house)).toContain('⚠️ Failed');
  });

  test('case 40: an export of a lost session says so, and the next message begins a new project', async () => {
    const house = await open({ draft: withMusic });
    house.nemo.script(say('Hello.'));
    await asked(house);
    house.nemo.sessions.clear();
    await house.room.write('export');
    await house.idle();
    expect(story(house)).toContain('no longer available');
    house.nemo.script(say('Fresh start.'));
    await house.room.write('A film about bread.');
    await house.idle();
    expect(story(house)).toContain('Fresh start.');
    expect(times(house, /no longer available/)).toBe(1);
  });
});

describe('busy (429)', () => {
  test('once: waits, says so, sends once more', async () => {
    const house = await open();
    house.nemo.once('run_sse', refused(429, 429, 'slow down'));
    await asked(house);
    await hear(house, /Your video is ready!/);
    expect(house.room.everSeen().join()).toContain('NemoVideo is busy, trying again in 30 s…');
    expect(runs(house)).toBe(2);
  });

  test('twice: the person hears that it is busy', async () => {
    const house = await open();
    house.nemo.on('run_sse', refused(429, 429, 'slow down'));
    await asked(house);
    expect(story(house)).toContain('NemoVideo is busy right now. Please try again in a minute.');
    expect(runs(house)).toBe(2);
  });
});

describe('refusals without a cure', () => {
  test.each([400, 422])('%i on a run is said to be refused, and not sent again', async (status) => {
    const house = await open();
    house.nemo.once('run_sse', {
      status,
      json: { detail: [{ loc: ['body'], msg: 'field required' }] },
    });
    await asked(house);
    expect(story(house)).toContain('That request was refused by NemoVideo.');
    expect(runs(house)).toBe(1);
  });

  test.each(['session', 'state'] as const)(
    'case 85: a page of HTML from %s is a service that does not answer',
    async (route) => {
      const house = await open();
      house.nemo.on(route, {
        status: 500,
        text: '<html><body>Internal Server Error</body></html>',
      });
      await asked(house);
      expect(story(house)).toContain('NemoVideo is not answering right now.');
      expect(runs(house)).toBe(0);
    },
  );

  test('case 85: also behind a command', async () => {
    const house = await open();
    house.nemo.on('credits', { status: 500, text: '<html>oops</html>' });
    expect(await house.room.command('credits')).toEqual([
      'NemoVideo is not answering right now. Please try again in a few minutes.',
    ]);
  });
});

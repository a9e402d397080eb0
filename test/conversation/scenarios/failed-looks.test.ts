/** A look that failed says nothing: whatever depends on it is looked at again, and only a definite no means "not there". */
import { describe, expect, test } from 'vitest';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import type { House } from '../../doubles/house.ts';
import { type Answer, refused } from '../../doubles/nemo/answers.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say, toolCall } from '../../doubles/nemo/steps.ts';
import type { Route } from '../../doubles/nemo/world.ts';
import { withMusic } from './drafts.ts';
import { exported, ready, renders } from './exporting.ts';
import { first } from './restarting.ts';
import { edit, hear, open, runs, story, times } from './support.ts';

const PASSING = [
  ['429', refused(429, 429, 'slow down')],
  ['503', { status: 503, text: '<html>busy</html>' }],
  ['a reset', { drop: true }],
  ['a timeout', { never: true }],
] as const satisfies readonly (readonly [string, Answer])[];

/** One look of the backend client takes up to three of them. */
const SEVERAL = 4;

function fails(house: House, route: Route, answer: Answer): void {
  for (let n = 0; n < SEVERAL; n += 1) house.nemo.once(route, answer);
}

/** The first look is the baseline; those after it fail. */
function failsAfterBaseline(house: House, answer: Answer): void {
  let looks = 0;
  house.nemo.on('state', () => {
    looks += 1;
    return looks > 1 && looks <= 1 + SEVERAL ? answer : undefined;
  });
}

/** Goes down after the order has arrived, before its answer has. */
async function diesWhileOrdering(given: { arrives: boolean; under?: 'second' }) {
  const { house, next } = await first({ rules: { autoExport: 'first' }, requestTimeoutMs: 1000 });
  if (given.under) house.nemo.once('render', refused(409, 409, 'duplicate id'));
  house.nemo.once('render', (request, world) => {
    if (given.arrives) world.renders.set(String((request.json as { id: string }).id), { polls: 0 });
    return { never: true };
  });
  await house.room.write('A film about tea.');
  await house.nemo.arrival('render', given.under ? 2 : 1);
  return { house, next };
}

describe('an order whose answer was lost with the process', () => {
  test.each(PASSING)('looked up through %s: the same job', async (_how, answer) => {
    const { house, next } = await diesWhileOrdering({ arrives: true });
    fails(house, 'render-state', answer);
    const later = await next();
    await hear(later, /Video ready!/);
    await later.idle();
    expect(renders(later)).toHaveLength(1);
  });

  test('definitely not there: ordered anew', async () => {
    const { next } = await diesWhileOrdering({ arrives: false });
    const later = await next();
    await hear(later, /Video ready!/);
    await later.idle();
    expect(renders(later)).toHaveLength(2);
  });

  test('it had to take a second id: found under that', async () => {
    const { next } = await diesWhileOrdering({ arrives: true, under: 'second' });
    const later = await next();
    await hear(later, /Video ready!/);
    await later.idle();
    expect(renders(later)).toHaveLength(2);
  });

  test.each([true, false])(
    'the backend stays away past the looks (it had arrived: %s): told once, and it goes on by itself',
    async (arrives) => {
      const { house, next } = await diesWhileOrdering({ arrives });
      let looks = 0;
      let away = true;
      house.nemo.on('render-state', () => {
        looks += 1;
        return away ? { status: 503, text: '' } : undefined;
      });
      const later = await next();
      await hear(later, /not answering[\s\S]*by myself when NemoVideo is back/);
      // Taken up again and again, and put down again.
      while (looks < 40) await new Promise((resolve) => setImmediate(resolve));
      expect(await later.ledger.unfinished(toThreadKey('web:w:c:t1'))).toMatchObject([
        { phase: 'exporting' },
      ]);
      away = false;
      await hear(later, /Video ready!/);
      await later.idle();
      expect(renders(later)).toHaveLength(arrives ? 1 : 2);
      expect(times(later, /not answering/)).toBe(1);
      expect(times(later, /Video ready!/)).toBe(1);
      expect(later.logged.join('\n')).not.toContain('began too often');
    },
  );

  test.each(PASSING)(
    'lost on its way, and so are the first looks for it (%s): nobody is told of a failure',
    async (_how, answer) => {
      const house = await open({ rules: { autoExport: 'first' }, requestTimeoutMs: 50 });
      house.nemo.once('render', (request, world) => {
        world.renders.set(String((request.json as { id: string }).id), { polls: 0 });
        return { drop: true };
      });
      fails(house, 'render-state', answer);
      await house.room.write('A film about tea.');
      await hear(house, /Video ready!/);
      await house.idle();
      expect(renders(house)).toHaveLength(1);
      expect(story(house)).not.toMatch(/not answering|busy|failed/);
    },
  );

  test('lost on its way and not there, while orders are turned away for now: looked for again, then ordered', async () => {
    const house = await open({ rules: { autoExport: 'first' } });
    house.nemo.once('render', { drop: true });
    // The second order, and its repetition after the wait.
    for (let n = 0; n < 2; n += 1) house.nemo.once('render', refused(429, 429, 'slow down'));
    await house.room.write('A film about tea.');
    await hear(house, /Video ready!/);
    await house.idle();
    expect(house.nemo.renders.size).toBe(1);
    expect(story(house)).not.toMatch(/not answering|busy|failed/);
    const phases = (await house.ledger.renders(toThreadKey('web:w:c:t1'))).map(
      ({ phase }) => phase,
    );
    expect(phases.sort()).toEqual(['abandoned', 'delivered']);
  });

  test('orders that never arrive: after three the person hears it', async () => {
    const house = await ready();
    house.nemo.on('render', { drop: true });
    await house.room.write('export');
    await hear(house, /Export failed/);
    await house.idle();
    house.nemo.on('render', () => undefined);
    await exported(house);
  });
});

describe('a job that is looked at', () => {
  test.each(PASSING)('through %s: goes on with it', async (_how, answer) => {
    const house = await ready({ requestTimeoutMs: 50 });
    fails(house, 'render-state', answer);
    await exported(house);
    expect(renders(house)).toHaveLength(1);
  });
});

describe('the state after a lost stream', () => {
  test.each(PASSING)('through %s: what was done is told', async (_how, answer) => {
    const house = await open({ draft: withMusic, requestTimeoutMs: 50 });
    failsAfterBaseline(house, answer);
    house.nemo.script(toolCall('edit_multitrack', 'e'), { draft: sampleDraft }, { drop: true });
    await house.room.write('Add a title.');
    await house.idle();
    expect(story(house)).toContain('Title added: "Urban Dreams"');
    expect(runs(house)).toBe(1);
  });

  test('unchanged once, then out of reach: nobody says that nothing has changed', async () => {
    const house = await open({ draft: withMusic });
    let looks = 0;
    let away = true;
    house.nemo.on('state', () => {
      looks += 1;
      return looks > 2 && away ? { status: 503, text: '' } : undefined;
    });
    house.nemo.script(toolCall('edit_multitrack', 'e'), { drop: true });
    await house.room.write('Add a title.');
    await hear(house, /not answering/);
    expect(story(house)).not.toContain('nothing has changed');
    away = false;
    await hear(house, /nothing has changed since/);
    await house.idle();
    expect(times(house, /not answering/)).toBe(1);
  });
});

describe('the state after a complete answer', () => {
  test.each(PASSING)('through %s: the change is told', async (_how, answer) => {
    const house = await open({ draft: withMusic, requestTimeoutMs: 50 });
    failsAfterBaseline(house, answer);
    house.nemo.script(...edit(sampleDraft, 'It is in.'));
    await house.room.write('Add a title.');
    await house.idle();
    expect(story(house)).toMatch(/It is in\.[\s\S]*Title added: "Urban Dreams"/);
    expect(runs(house)).toBe(1);
  });
});

describe('a file that may have arrived before a crash', () => {
  const png = { name: 'a.png', bytes: Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDRa', 'latin1') };

  test.each(PASSING)('looked for through %s: not uploaded again', async (_how, answer) => {
    const { house, next } = await first({ requestTimeoutMs: 1000 });
    house.nemo.once('upload', (request, world) => {
      for (const session of world.sessions.values())
        session.videoInfos.push({ filename: request.parts?.[0]?.filename });
      return { never: true };
    });
    house.nemo.script(say('A fine picture.'));
    await house.room.write('Use this.', { files: [png] });
    await house.nemo.arrival('upload');
    fails(house, 'state', answer);
    const later = await next();
    await hear(later, /A fine picture/);
    await later.idle();
    expect(house.nemo.received('upload')).toHaveLength(1);
    expect(times(later, /A fine picture/)).toBe(1);
  });
});

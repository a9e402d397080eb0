/** The backend is away before anything was sent: the turn waits, its person is told once, and it goes on by itself. */
import { describe, expect, test } from 'vitest';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import type { House } from '../../doubles/house.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { expectedVideos, makesThree, ORDERS, pictures } from '../../doubles/nemo/three-videos.ts';
import type { Route } from '../../doubles/nemo/world.ts';
import { withMusic } from './drafts.ts';
import { ready, renders } from './exporting.ts';
import { hear, open, runs, story, texts, times } from './support.ts';

const AWAY = /not answering[\s\S]*by myself when NemoVideo is back/;

/** A gateway answers for the backend; gives what ends that, and how often it was asked. */
function away(house: House, route: Route, status = 503) {
  const it = { is: true, looks: 0 };
  house.nemo.on(route, () => {
    it.looks += 1;
    return it.is ? { status, text: '<html>busy</html>' } : undefined;
  });
  return it;
}

/** Taken up again and again, and put down again. */
async function waits(house: House, it: { looks: number }): Promise<void> {
  const told = it.looks;
  while (it.looks < told + 20) await new Promise((resolve) => setImmediate(resolve));
  expect(await house.ledger.unfinished(toThreadKey('web:w:c:t1'))).toHaveLength(1);
}

const CASES = [
  ['session', 502],
  ['session', 503],
  ['session', 504],
  ['state', 503],
] as const;

describe('a request', () => {
  test.each(CASES)(
    '%s answers %i for long: told once, and sent once it is back',
    async (route, status) => {
      const house = await open();
      house.nemo.script(say('Here it is.'));
      const it = away(house, route, status);
      await house.room.write('A film about tea.');
      await hear(house, AWAY);
      await waits(house, it);
      expect(runs(house)).toBe(0);
      it.is = false;
      await hear(house, /Here it is/);
      await house.idle();
      expect(times(house, /not answering/)).toBe(1);
      expect(runs(house)).toBe(1);
      expect(texts(house).join()).not.toContain('Failed');
    },
  );

  test('case 26: nobody listens there: said not to answer, nothing was sent, and its person can stop', async () => {
    const house = await open();
    await house.nemo.close();
    await house.room.write('A film about tea.');
    await hear(house, AWAY);
    await house.room.write('stop');
    await hear(house, /^Stopped/);
    await house.idle();
    expect(runs(house)).toBe(0);
    expect(times(house, /not answering/)).toBe(1);
  });

  test('what it brings is not refused for that', async () => {
    const house = await open({ draft: withMusic });
    house.nemo.script(say('Here it is.'));
    await house.room.write('A film about tea.');
    await hear(house, /Here it is/);
    await house.idle();
    await house.nemo.close();
    const bytes = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDRa', 'latin1');
    await house.room.write('Open on this.', { files: [{ name: 'a.png', bytes }] });
    await hear(house, AWAY);
    expect(story(house)).not.toContain('a.png');
    await house.room.write('stop');
    await hear(house, /^Stopped/);
  });

  test('a day later it is ended in words, with a way to try again', async () => {
    const house = await open({ scale: 0.00001 });
    await house.nemo.close();
    await house.room.write('A film about tea.');
    const said = await hear(house, /not answering right now\. Please try again in a few minutes/);
    await house.idle();
    expect(said.message.buttons?.[0]?.does).toMatchObject({ action: 'retry' });
    expect(times(house, AWAY)).toBe(1);
    expect(texts(house)).toContain('⚠️ Failed');
  });

  test('what makes no sense is an answer, and ends it at once', async () => {
    const house = await open();
    house.nemo.on('session', { status: 500, text: '<html>oops</html>' });
    await house.room.write('A film about tea.');
    await hear(house, /not answering right now\. Please try again in a few minutes/);
    await house.idle();
    expect(times(house, AWAY)).toBe(0);
  });
});

test('an export whose timeline cannot be read yet is ordered when it can', async () => {
  const house = await ready();
  const it = away(house, 'state');
  await house.room.write('export');
  await hear(house, AWAY);
  await waits(house, it);
  expect(renders(house)).toHaveLength(0);
  it.is = false;
  await hear(house, /Video ready!/);
  await house.idle();
  expect(renders(house)).toHaveLength(1);
  expect(times(house, /not answering/)).toBe(1);
});

test('of three videos from one message none is given up for it', async () => {
  const house = await open({ rules: { autoExport: 'first' } });
  makesThree(house.nemo);
  const it = away(house, 'state');
  await house.room.write(ORDERS, { files: pictures });
  await hear(house, AWAY);
  await waits(house, it);
  it.is = false;
  await hear(house, /All 3 videos are done/);
  await house.idle();
  expect(runs(house)).toBe(expectedVideos.length);
  expect(times(house, /not answering/)).toBe(1);
});

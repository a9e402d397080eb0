/** Two videos from one message, and a restart at every single request to the backend. */
import { expect, test } from 'vitest';
import type { House } from '../../doubles/house.ts';
import type { Route } from '../../doubles/nemo/world.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { withTitle } from './drafts.ts';
import { hear, open, runs } from './support.ts';

const ROUTES: readonly Route[] = [
  'session',
  'upload',
  'state',
  'run_sse',
  'render',
  'render-state',
  'file',
];
const files = ['harbour', 'market'].map((name) => ({
  name: `${name}.png`,
  bytes: Buffer.from(`\x89PNG\r\n\x1a\n\0\0\0\rIHDR${name}`, 'latin1'),
}));

/** Calls `at` when the nth request of any kind has come. The agent's nth run always makes the nth draft. */
function atRequest(house: House, nth: number, at: () => void): { count(): number } {
  let count = 0;
  for (const route of ROUTES) {
    house.nemo.on(route, () => {
      count += 1;
      const stops = count === nth;
      if (stops) at();
      if (route !== 'run_sse') return undefined;
      const draft = withTitle(runs(house) === 1 ? 'Harbour' : 'Market');
      // The agent goes on, whoever listens.
      if (stops) for (const session of house.nemo.sessions.values()) session.draft = draft;
      else house.nemo.script({ draft });
      return stops ? { never: true } : undefined;
    });
  }
  return { count: () => count };
}

/** How many requests the whole batch takes. */
async function undisturbed(): Promise<number> {
  const house = await open();
  const requests = atRequest(house, 0, () => {});
  await house.room.write('each: calm', { files });
  await hear(house, /All 2 videos are done/);
  await house.idle();
  return requests.count();
}

test('each video is asked for once and delivered once, in order', async () => {
  const all = await undisturbed();
  expect(all).toBeGreaterThan(15);
  for (let nth = 1; nth <= all; nth += 1) {
    const path = await databaseFile();
    const house = await open({ path });
    const reached = Promise.withResolvers<void>();
    atRequest(house, nth, reached.resolve);
    await house.room.write('each: calm', { files });
    // Looks differ in number with the pace of the machine: the last request may not come.
    await Promise.race([reached.promise, hear(house, /All 2 videos are done/)]);
    await house.conversation.drain(0);
    const later = await open({ path, nemo: house.nemo, room: house.room });
    await hear(later, /All 2 videos are done/);
    await later.idle();
    const delivered = later.room.visible().flatMap(({ file }) => (file ? [file.name] : []));
    expect(delivered, `a restart at request ${nth}`).toEqual(['harbour.mp4', 'market.mp4']);
    expect(runs(later), `a restart at request ${nth}`).toBe(2);
    const rendered = new Set(
      later.nemo
        .received('render')
        .map(({ json }) => /Harbour|Market/.exec(JSON.stringify(json))?.[0]),
    );
    expect([...rendered]).toEqual(['Harbour', 'Market']);
  }
}, 120_000);

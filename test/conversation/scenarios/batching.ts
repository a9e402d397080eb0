/** What the scenarios of several videos from one message share. */
import type { House } from '../../doubles/house.ts';
import { withTitle } from './drafts.ts';
import { hear, open } from './support.ts';

export const photo = (name: string) => ({
  name,
  bytes: Buffer.from(`\x89PNG\r\n\x1a\n\0\0\0\rIHDR${name}`, 'latin1'),
});
export const files = [photo('harbour.png'), photo('market.png'), photo('garden.png')];
export const LIST = '1. slow and calm\n2. fast cuts\n3. with a title';

/** The agent makes another cut at every run. */
export function threeCuts(house: House): void {
  for (const name of ['Harbour', 'Market', 'Garden']) house.nemo.script({ draft: withTitle(name) });
}
export const videos = (house: House) =>
  house.room
    .visible()
    .flatMap((said) =>
      said.file ? [`${said.file.name}: ${said.message.text.split('\n')[0]}`] : [],
    );
export const drafts = (house: House) =>
  house.nemo.received('render').map((r) => JSON.stringify((r.json as { draft: unknown }).draft));

/** The first render ends only when that is said; the others as usual. */
export function withSlowFirst(house: House): { end(as: 'completed' | 'failed'): void } {
  let slow: string | undefined;
  let status: 'processing' | 'completed' | 'failed' = 'processing';
  house.nemo.on('render-state', (request, world) => {
    slow ??= request.path;
    if (request.path !== slow) return undefined;
    const outputUrl = `${world.filesUrl}/late.mp4`;
    const data = { status, progress: 50, ...(status === 'completed' ? { outputUrl } : {}) };
    return { json: { success: true, data } };
  });
  return {
    end(as) {
      status = as;
    },
  };
}

/** Two videos, stopped while the first is rendered; no render ends until it is said to go on. */
export async function stoppedWhileRendered() {
  const house = await open();
  threeCuts(house);
  let isHeld = true;
  house.nemo.on('render-state', () =>
    isHeld ? { json: { success: true, data: { status: 'processing', progress: 5 } } } : undefined,
  );
  await house.room.write('each: calm', { files: files.slice(0, 2) });
  await hear(house, /1 of 2 · ⏳ Rendering: 5%/);
  await house.room.write('stop');
  const end = await hear(house, /0 of 2 videos are done; press \*Try again\*/);
  await house.idle();
  const goOn = () => {
    isHeld = false;
  };
  return { house, end, goOn };
}

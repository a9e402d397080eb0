/** What the scenarios of several videos from one message share. */
import type { House } from '../../doubles/house.ts';
import { withTitle } from './drafts.ts';

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

/** A host of finished files whose sizes depend on what was ordered. */
import { z } from 'zod';
import type { NemoDouble } from './world.ts';

const order = z.object({
  id: z.string(),
  output: z.object({ resolution: z.string().optional() }).optional(),
});

/** In bytes, by resolution; `full` where none was ordered, or where it is not named here. */
export type Sizes = Readonly<Record<string, number>> & { readonly full: number };

/** From now on each finished file is as heavy as that. */
export function givesSizes(nemo: NemoDouble, sizes: Sizes): void {
  nemo.on('file', ({ path }, world) => {
    const name = /render-result\/(.+)\.mp4$/.exec(path)?.[1] ?? '';
    const orders = nemo.received('render').map(({ json }) => order.parse(json));
    const asked = orders.find(({ id }) => id === decodeURIComponent(name))?.output?.resolution;
    const bytes = (asked === undefined ? undefined : sizes[asked]) ?? sizes.full;
    const filling = Buffer.alloc(Math.max(0, bytes - world.mp4.length));
    return {
      bytes: Buffer.concat([world.mp4, filling]),
      headers: { 'content-type': 'video/mp4' },
    };
  });
}

/** The resolutions that were ordered, in order; undefined: as the cut is. */
export const orderedResolutions = (nemo: NemoDouble): (string | undefined)[] =>
  nemo.received('render').map(({ json }) => order.parse(json).output?.resolution);

/** A backend that makes three different videos of three pictures: the batch that every platform tells as a story. */
import { createHash } from 'node:crypto';
import { sampleDraft, tinyMp4 } from './samples.ts';
import { type Step, say } from './steps.ts';
import type { NemoDouble } from './world.ts';

export const THREE = ['harbour', 'market', 'garden'] as const;
type Name = (typeof THREE)[number];

/** One point for each picture, and something for all. */
export const ORDERS = 'Ten seconds each, please:\n1. slow and calm\n2. fast cuts\n3. with a title';

export const pictures = THREE.map((name) => ({
  name: `${name}.png`,
  bytes: Buffer.from(`\x89PNG\r\n\x1a\n\0\0\0\rIHDR${name}`, 'latin1'),
}));

const draftOf = (name: Name) => ({
  ...sampleDraft,
  t: [{ tt: 0, sg: [{ d: 10000, m: { title: name } }] }],
});

/** What the nth render gives, so that one video cannot be taken for another. */
const mp4Of = (name: Name): Buffer => tinyMp4(4096 + 100 * THREE.indexOf(name));

const cut = (name: Name): Step[] => [{ draft: draftOf(name) }, say(`The ${name} is ready.`)];

export function makesThree(nemo: NemoDouble): void {
  for (const name of THREE) nemo.script(...cut(name));
  servesEach(nemo);
}

/** The second run never answers: it is in the middle of it that the bot goes down. */
export function hangsAtTheSecond(nemo: NemoDouble): void {
  nemo.script(...cut('harbour'));
  nemo.once('run_sse', () => undefined);
  nemo.once('run_sse', { never: true });
  servesEach(nemo);
}

/** What the agent did while the bot was away, and the run that is still to come. */
export function goesOnMeanwhile(nemo: NemoDouble): void {
  for (const session of nemo.sessions.values()) session.draft = draftOf('market');
  nemo.script(...cut('garden'));
}

/** Every render's file shows the draft that it was ordered with. */
function servesEach(nemo: NemoDouble): void {
  nemo.on('file', ({ path }) => {
    const order = nemo.received('render').find(({ json }) => path.includes(idOf(json)));
    const name = THREE.find((it) => JSON.stringify(order?.json).includes(`"${it}"`));
    return name && { bytes: mp4Of(name), headers: { 'content-type': 'video/mp4' } };
  });
}

const idOf = (json: unknown): string => String((json as { id?: unknown } | undefined)?.id);

/** Videos as people get them, in order: the file's name and a mark of its content. */
export const delivered = (files: readonly { name: string; bytes: Uint8Array }[]): string[] =>
  files.map(({ name, bytes }) => `${name} ${sha(bytes)}`);

export const expectedVideos = THREE.map((name) => `${name}.mp4 ${sha(mp4Of(name))}`);

function sha(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 12);
}

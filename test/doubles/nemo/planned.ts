/** What people plan before it is made: the script and the four pictures that every platform tells as a story. */
import { sampleDraft } from './samples.ts';
import { say } from './steps.ts';
import type { NemoDouble } from './world.ts';

export const PLANNED_SCRIPT =
  'Plan first: a film of 20 seconds, portrait.\n\nTea grows on a misty mountain.\n\nA hand picks it.\n\nA cup steams.';

export const CHANGE = 'Make it 30 seconds, drop scene 2 and no music';

/** What the agent is told of it once it is made. */
export const TOLD = `a film of 20 seconds, portrait.

Tea grows on a misty mountain.

A hand picks it.

A cup steams.

These decisions about the video go before anything that is said above:
Leave out scene 2 (“A hand picks it.”).
The video is about 30 seconds long.
No music.`;

export const makesIt = (nemo: NemoDouble): void =>
  nemo.script({ draft: sampleDraft }, say('The tea film is ready.'));

export const FOUR_ORDERS =
  'Ten seconds each:\n1. slow and calm\n2. fast cuts\n3. with a title\n4. at night';
export const fourPictures = ['harbour', 'market', 'garden', 'street'].map((name) => ({
  name: `${name}.png`,
  bytes: Buffer.from(`\x89PNG\r\n\x1a\n\0\0\0\rIHDR${name}`, 'latin1'),
}));

/** Four cuts that differ, so that each is exported. */
export function makesFour(nemo: NemoDouble): void {
  for (const { name } of fourPictures) {
    const title = name.replace('.png', '');
    const draft = { ...sampleDraft, t: [{ tt: 0, sg: [{ d: 10000, m: { title } }] }] };
    nemo.script({ draft }, say(`The ${title} is ready.`));
  }
}

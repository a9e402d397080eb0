/** A first video and two edits of it. */
import { sampleDraft } from './samples.ts';
import { type Step, say, toolCall, toolResult } from './steps.ts';
import type { NemoDouble } from './world.ts';

const [video, , title] = sampleDraft.t;

export const firstCut = sampleDraft;
export const quieter = {
  ...sampleDraft,
  t: [video, { tt: 1, sg: [{ d: 10000, m: { title: 'Lo-fi', volume: 0.2 } }] }, title],
};
export const renamed = {
  ...sampleDraft,
  t: [quieter.t[0], quieter.t[1], { tt: 7, sg: [{ d: 3000, m: { text: 'Morning Tea' } }] }],
};

const edit = (draft: unknown, words: string): Step[] => [
  toolCall('edit_multitrack', 'e'),
  { draft },
  toolResult('edit_multitrack', 'e'),
  say(words),
];

/** What is asked for, in order, and what hears that it is done. */
export const ASKED = ['A film about tea.', 'Quieter music.', 'Call it “Morning Tea”.'] as const;

export function makesThreeCuts(nemo: NemoDouble): void {
  nemo.script({ draft: structuredClone(firstCut) }, say('Here is your film.'));
  nemo.script(...edit(quieter, 'The music is quieter.'));
  nemo.script(...edit(renamed, 'It has its title.'));
}

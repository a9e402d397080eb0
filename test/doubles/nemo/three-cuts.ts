/** A first video and two edits of it. */
import { sampleDraft } from './samples.ts';
import { type Step, say, toolCall, toolResult } from './steps.ts';
import type { NemoDouble } from './world.ts';

const [video, , title] = sampleDraft.t;

export const firstCut = sampleDraft;
const music = (name: string, volume: number) => ({
  tt: 1,
  sg: [{ d: 10000, m: { title: name, volume } }],
});
const titled = (text: string) => ({ tt: 7, sg: [{ d: 3000, m: { text } }] });
export const quieter = { ...sampleDraft, t: [video, music('Lo-fi', 0.2), title] };
export const renamed = {
  ...sampleDraft,
  t: [quieter.t[0], quieter.t[1], titled('Morning Tea')],
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

/** The same in Chinese. */
export function makesThreeChineseCuts(nemo: NemoDouble): void {
  const hills = { tt: 0, sg: [{ d: 10000, m: { title: '云雾中的茶山' } }] };
  const cut = (volume: number, text: string) => ({
    ...sampleDraft,
    t: [hills, music('古琴', volume), titled(text)],
    m: { ...sampleDraft.m, title: '茶' },
  });
  nemo.script({ draft: cut(0.35, '茶山') }, say('短片做好了。'));
  nemo.script(...edit(cut(0.2, '茶山'), '音乐小声了。'));
  nemo.script(...edit(cut(0.2, '清晨的茶'), '标题改好了。'));
}

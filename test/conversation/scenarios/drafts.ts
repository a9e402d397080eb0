/** Timelines of the scenarios, all relatives of the double's sample: a clip, music, a title. */
import { sampleDraft } from '../../doubles/nemo/samples.ts';

const [video, music, title] = sampleDraft.t;

export const videoOnly = { ...sampleDraft, t: [video] };
export const withMusic = { ...sampleDraft, t: [video, music] };
export const withTitle = (text: string, ms = 3000) => ({
  ...sampleDraft,
  t: [video, music, { tt: 7, sg: [{ d: ms, m: { text } }] }],
});
export const withVolume = (volume: number) => ({
  ...sampleDraft,
  t: [video, { tt: 1, sg: [{ d: 10000, m: { title: 'Lo-fi', volume } }] }, title],
});

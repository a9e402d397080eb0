/** Runs that take credits, as the balance shows it afterwards. */
import { sampleDraft } from './samples.ts';
import { type Step, say, toolCall, toolResult } from './steps.ts';
import type { NemoDouble } from './world.ts';

/** Nothing is set aside for work in progress. */
export function has(nemo: NemoDouble, available: number, frozen = 0): void {
  nemo.credits = { available, frozen, total: available + frozen };
}

/** The backend takes so many at that moment of a run. */
export const takes = (nemo: NemoDouble, credits: number): Step => ({
  call: () => has(nemo, Number(nemo.credits['available']) - credits),
});

/** The sample, as wide as it is high otherwise. */
export const wideDraft = { ...sampleDraft, m: { ...sampleDraft.m, width: 1920, height: 1080 } };

export const makesVideo = (
  nemo: NemoDouble,
  credits: number,
  words = 'Your video is ready!',
  draft: unknown = wideDraft,
): Step[] => [
  toolCall('generate_video_with_seedance', 'g'),
  { draft },
  takes(nemo, credits),
  toolResult('generate_video_with_seedance', 'g'),
  say(words),
];

export const turnsIt = (nemo: NemoDouble, credits: number): Step[] => [
  toolCall('edit_multitrack', 'e'),
  { draft: sampleDraft },
  takes(nemo, credits),
  toolResult('edit_multitrack', 'e'),
  say('The video is upright now.'),
];

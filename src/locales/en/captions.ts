/** The words of a video with their times. */
import { nameInText } from '../../conversation/language/shown-name.ts';

const lines = (n: number): string => `${n} ${n === 1 ? 'line' : 'lines'}`;

export const captions = {
  button: 'Captions',
  fromTrack: (n: number) =>
    `Here are the captions of the video: ${lines(n)}, in step with the timeline.`,
  fromScript: (name: string, n: number) =>
    `Here is ${nameInText(name)} in step with the video: ${lines(n)}, at the times of its scenes.`,
  none: 'There are no subtitles on the timeline yet. Ask for them, and I can give them to you as a file.',
  notInStep: (name: string) =>
    `There are no subtitles on the timeline, and I cannot tell which lines of ${nameInText(name)} belong to which scene. Ask for subtitles, and I can give them to you as a file.`,
  scriptGone: (name: string) =>
    `There are no subtitles on the timeline, and ${nameInText(name)} can no longer be read. Send it again, or ask for subtitles.`,
  notTaken: 'Files cannot be posted here, so I cannot give you the captions.',
  add: 'Add subtitles',
  /** What is sent to the agent as the person's own words. */
  addWords: 'Add subtitles',
  comes: 'The captions come in the thread of the project.',
};

export type CaptionsWords = typeof captions;

/** What stands in the picture of a timeline, and what is told of files to those who do not see them. */
import { seconds } from './numbers.ts';

export const pictures = {
  chart: {
    untitled: 'Timeline',
    empty: 'Nothing on the timeline yet',
    seconds: (length: number) => `${seconds(length)} s`,
    new: 'new since the last version',
    changed: 'changed since the last version',
    moreTracks: (n: number) => `+${n} more ${n === 1 ? 'track' : 'tracks'}`,
    /** The beginning of a message about one of them; `name` is already as it is shown. */
    about: {
      scene: (n: number) => `scene ${n}:`,
      music: (name: string) => `music “${name}”:`,
      title: (name: string) => `title “${name}”:`,
      track: (name: string) => `track “${name}”:`,
    },
  },
  /** Alternative texts. `about` is what the video is called, where it has a name. */
  alt: {
    video: (about: string | undefined, length: number | undefined) =>
      [about ? `Video “${about}”` : 'Video', length ? `${seconds(length)} seconds long` : '']
        .filter(Boolean)
        .join(', '),
    timeline: (inWords: string) => `Picture of the timeline. ${inWords}`,
    answer: 'The whole answer as a text',
    captions: (about: string | undefined, kind: string) =>
      about ? `Captions of the video “${about}”, as ${kind}` : `Captions of the video, as ${kind}`,
  },
};

export type PicturesWords = typeof pictures;

/**
 * What one person does while the process dies: a picture and a script become a video that is delivered; an edit of
 * which the agent says nothing, and right behind it the wish for the file. Offers to try again are taken.
 */
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { type Step, say, toolCall, toolResult } from '../../doubles/nemo/steps.ts';
import type { Place, Posted, SentFile } from './places.ts';

export const FILM = 'A short film about tea in the mountains.';
export const EDIT = 'Make the music quieter';
export const EXPORT = 'export';

export const PICTURE: SentFile = {
  name: 'tea.png',
  bytes: Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDRtea', 'latin1'),
};

const quieter = structuredClone(sampleDraft);
for (const track of quieter.t) for (const { m } of track.sg) if ('volume' in m) m.volume = 0.1;
export const quieterDraft = quieter;

const FILM_STEPS: readonly Step[] = [
  { heartbeat: true },
  toolCall('generate_video_with_seedance', 'call-1'),
  { draft: structuredClone(sampleDraft) },
  toolResult('generate_video_with_seedance', 'call-1'),
  say('Your video is ready!'),
];
/** Done without a word about it. */
const EDIT_STEPS: readonly Step[] = [
  toolCall('edit_multitrack', 'call-2'),
  { draft: quieterDraft },
  toolResult('edit_multitrack', 'call-2'),
];

/** What the agent is asked, by its words; anything else is none of this story's. */
export const wishIn = (text: string): typeof FILM | typeof EDIT | undefined =>
  text.includes(EDIT) ? EDIT : text.includes('tea in the mountains') ? FILM : undefined;

export function stepsFor(text: string): readonly Step[] | undefined {
  const wish = wishIn(text);
  if (wish === undefined) return undefined;
  return wish === FILM ? FILM_STEPS : EDIT_STEPS;
}

export const isVideo = ({ text }: Posted): boolean => /Video ready/.test(text);
export const isDone = ({ text }: Posted): boolean => /^✅ Done/.test(text);
export const OFFER = 'Try again';
export const isOffer = ({ buttons }: Posted): boolean => buttons.includes(OFFER);

export const isAnswer = ({ text }: Posted): boolean =>
  /Your video is ready|work got done|volume 35% → 10%/.test(text);
const isEdited = ({ text }: Posted): boolean => /volume 35% → 10%/.test(text);

export interface Told {
  readonly thread: string;
  /** Messages under which the person took an offer. */
  readonly offers: string[];
  /** The wish for the file came before the edit that had to be repeated, and so once more. */
  exportedAgain: boolean;
}

/** Resolves when all of it is to be seen. */
export async function tell(place: Place, onThread: (told: Told) => void): Promise<void> {
  const thread = place.begin(FILM, [PICTURE]);
  const told: Told = { thread, offers: [], exportedAgain: false };
  onThread(told);

  /** Looks at the thread, and does what a person does about what is there. */
  function look(): { videos: number; done: number } {
    const posted = place.posted(thread);
    for (const { id } of posted.filter(isOffer)) {
      if (told.offers.includes(id)) continue;
      told.offers.push(id);
      place.press(thread, id, OFFER);
    }
    const [videos, done] = [posted.filter(isVideo).length, posted.filter(isDone).length];
    if (videos === 1 && done === 3 && !told.exportedAgain && posted.some(isEdited)) {
      told.exportedAgain = true;
      void place.go(thread, EXPORT);
    }
    return { videos, done };
  }

  await place.until(() => {
    const { videos, done } = look();
    return videos >= 1 && done >= 1;
  });
  // Two connections of one app may bring two messages in either order: nobody types so fast.
  await place.go(thread, EDIT);
  await place.go(thread, EXPORT);
  await place.until(() => {
    const { videos, done } = look();
    return videos >= 2 && done >= (told.exportedAgain ? 4 : 3);
  });
}

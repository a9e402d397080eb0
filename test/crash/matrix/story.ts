/**
 * What one person does while the process dies: a picture and a script become a video that is delivered; an edit of
 * which the agent says nothing, and right behind it the wish for the file. Offers to try again are taken.
 */
import { setTimeout as delay } from 'node:timers/promises';
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

export interface Told {
  readonly thread: string;
  /** Offers that the person took. */
  readonly offers: readonly string[];
}

/** Resolves when all of it is to be seen. */
export async function tell(place: Place, onThread: (told: Told) => void): Promise<void> {
  const offers: string[] = [];
  const thread = place.begin(FILM, [PICTURE]);
  onThread({ thread, offers });
  const shows = (videos: number, done: number) => () => {
    const posted = place.posted(thread);
    for (const offer of posted.filter(isOffer)) {
      if (offers.includes(offer.id)) continue;
      offers.push(offer.id);
      place.press(thread, offer.id, OFFER);
    }
    return posted.filter(isVideo).length >= videos && posted.filter(isDone).length >= done;
  };
  await place.until(shows(1, 1));
  place.go(thread, EDIT);
  place.go(thread, EXPORT);
  await place.until(shows(2, 3));
  // What comes too often comes now.
  await delay(30);
}

/** What a recorded voice message is used for, and in which form it can be. Pure. */
import { LOCALES } from '../../locales/locales.ts';
import { type MediaKind, mediaEndingOf, mediaKindOfEnding } from '../../nemo/media-kinds.ts';
import type { Attachment } from '../../platforms/chat.ts';
import { simplified } from '../language/han-fold.ts';
import { classify, type FileUse } from './classify-file.ts';

/** `message`: in a conversation that has begun somebody answers, or says what to change, rather than a new script. */
export const VOICE_USES = ['script', 'message', 'music'] as const;
export type VoiceUse = (typeof VOICE_USES)[number];

/** Words that the platform wrote down stand for the recording; what nobody wrote down the agent has to hear. */
export type VoiceFile =
  | { readonly is: 'said'; readonly text: string; readonly voice: VoiceUse }
  | {
      readonly is: 'voice';
      readonly media: MediaKind;
      readonly ending: string;
      readonly voice: VoiceUse;
      /** The backend takes no Ogg: it is decoded first. */
      readonly decode: boolean;
    };

/** In UTF-16 units; what is longer is a script, and says nothing about a recording. */
const LONGEST_WISH = 1_000;

export function voiceUseIn(text: string, hasBegun: boolean): VoiceUse {
  const wish = text.length > LONGEST_WISH ? '' : simplified(text);
  if (LOCALES.some(({ wishes }) => wishes.asMusic.test(wish))) return 'music';
  return hasBegun ? 'message' : 'script';
}

export function useOf(file: Attachment, voice: VoiceUse): FileUse | VoiceFile {
  if (!file.voice) return classify(file);
  const text = file.voice.transcript?.trim();
  if (text && voice !== 'music') return { is: 'said', text, voice };
  const decode = isOgg(file);
  const ending = decode ? 'wav' : mediaEndingOf(file.name);
  if (ending === undefined) return classify(file);
  // Some record voices into containers that are mostly of videos.
  const media: MediaKind = { ...mediaKindOfEnding(ending), kind: 'audio' };
  return { is: 'voice', media, ending, voice, decode };
}

const isOgg = ({ name, mime = '' }: Attachment): boolean =>
  /\.(?:ogg|oga|opus)$/i.test(name) || /^audio\/(?:ogg|opus)\b/i.test(mime);

/** As the backend gets it: it tells kinds by the ending. */
export const waveName = (name: string): string => `${name.replace(/\.[^.]{0,10}$/, '')}.wav`;

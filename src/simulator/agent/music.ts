import type { Segment } from './draft.ts';
import { type Language, shorten } from './text.ts';

/** What the library of the stand-in has: words that ask for it, and its name in both languages. */
const LIBRARY: readonly { readonly asked: RegExp; readonly en: string; readonly zh: string }[] = [
  { asked: /lo-?fi|低保真/i, en: 'Lo-fi', zh: 'Lo-fi' },
  { asked: /jazz|爵士/i, en: 'Smooth Jazz', zh: '柔和爵士' },
  { asked: /piano|钢琴/i, en: 'Soft Piano', zh: '轻柔钢琴' },
  { asked: /epic|cinematic|orchestra|史诗|电影感|交响/i, en: 'Epic Orchestra', zh: '史诗交响' },
  { asked: /rock|摇滚/i, en: 'Indie Rock', zh: '独立摇滚' },
  { asked: /electronic|techno|\bedm\b|电子/i, en: 'Electronic Pulse', zh: '电子脉冲' },
  { asked: /acoustic|guitar|吉他|民谣/i, en: 'Acoustic Guitar', zh: '木吉他' },
  {
    asked: /upbeat|happy|cheerful|energetic|lively|fun\b|欢快|轻快|动感|活泼/i,
    en: 'Upbeat Pop',
    zh: '欢快流行',
  },
  {
    asked: /calm|relax|soft|ambient|gentle|quiet|平静|舒缓|安静|柔和/i,
    en: 'Calm Ambient',
    zh: '舒缓氛围',
  },
  { asked: /sad|melanchol|emotional|悲伤|感人|抒情/i, en: 'Emotional Strings', zh: '抒情弦乐' },
];

export const DEFAULT_VOLUME = 0.35;

/** Picks a piece by mood. Without a known mood the asked words are taken as its name. */
export function pickMusic(asked: string, language: Language, current?: string): string {
  const piece = LIBRARY.find((entry) => entry.asked.test(asked));
  if (piece) return piece[language];
  const name = asked.trim();
  if (name !== '') return shorten(name.charAt(0).toUpperCase() + name.slice(1), 40);
  const other = LIBRARY.find((entry) => entry[language] !== (current ?? 'Lo-fi'));
  return other?.[language] ?? 'Lo-fi';
}

export function musicSegment(title: string, volume = DEFAULT_VOLUME): Segment {
  return { d: 0, m: { title, volume } };
}

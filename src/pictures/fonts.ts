/** The fonts that a drawing's words need, of those that are on the machine. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { type FontFile, readFont } from './font-coverage.ts';

export interface Fonts {
  readonly files: readonly string[];
  /** Of the first one: what most of the words are drawn in. */
  readonly family: string;
}

/** Where systems keep them; not all of these are there. */
export const SYSTEM_FONTS: readonly string[] = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  '/System/Library/Fonts',
  '/Library/Fonts',
  'C:\\Windows\\Fonts',
];

const MOST_FILES = 3_000;
const MOST_LOOKS = 300;

/** By the names of their files: what reads well in small sizes first, then what has Chinese, then anything plain. */
const PREFERRED: readonly RegExp[] = [
  /^Inter(?:-Regular|Variable)?\./i,
  /^(?:NotoSans|Roboto|OpenSans|SFNS|segoeui)(?:-Regular|\[[^\]]*\])?\./i,
  /^(?:LiberationSans|Arial|Helvetica)(?:-Regular)?\./i,
  /^DejaVuSans\./i,
  /^(?:NotoSansCJK|NotoSansSC|NotoSansHans|SourceHanSans|wqy-microhei|PingFang|msyh|Hiragino|DroidSansFallback|wqy-zenhei)/i,
];
const SPECIAL = /bold|italic|oblique|mono|light|thin|black|condensed|narrow|serif|symbol|emoji/i;

export type FindFonts = (words: string) => Fonts | undefined;

/** What is found stays known: for a thread that draws more than once. */
export function openFonts(folders: readonly string[]): FindFonts {
  let listed: readonly string[] | undefined;
  const known = new Map<string, FontFile | undefined>();
  const read = (file: string): FontFile | undefined => {
    if (!known.has(file)) known.set(file, readFont(file));
    return known.get(file);
  };

  /** Undefined: some of the words would be boxes. */
  return (words) => {
    listed ??= folders.flatMap(filesIn).sort((one, other) => rankOf(one) - rankOf(other));
    const missing = new Set(pointsOf(words));
    const chosen: string[] = [];
    let family: string | undefined;
    for (const file of listed.slice(0, MOST_LOOKS)) {
      const font = read(file);
      const covered = font ? [...missing].filter((point) => font.has(point)) : [];
      if (!font || covered.length === 0) continue;
      chosen.push(file);
      family ??= font.family;
      for (const point of covered) missing.delete(point);
      if (missing.size === 0) return { files: chosen, family };
    }
    return undefined;
  };
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ttf|otf|ttc)$/i.test(name))
      .slice(0, MOST_FILES)
      .map((name) => path.join(folder, name));
  } catch (error) {
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
}

function rankOf(file: string): number {
  const name = path.basename(file);
  const rank = PREFERRED.findIndex((it) => it.test(name));
  if (rank >= 0) return rank;
  return PREFERRED.length + (SPECIAL.test(name) ? 1 : 0);
}

/** Blanks need no font. */
const pointsOf = (words: string): number[] =>
  Array.from(words.replace(/\s/g, ''), (sign) => sign.codePointAt(0) ?? 0);

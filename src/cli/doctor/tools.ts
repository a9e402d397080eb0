/** What the machine has for pictures of timelines, and for smaller copies of videos. Neither is needed for anything else. */
import { findFfmpeg } from '../../conversation/render/find-ffmpeg.ts';
import { openFonts } from '../../pictures/fonts.ts';
import { type Finding, weak, well, wrong } from '../../runtime/finding.ts';
import type { Settings } from '../../settings/settings.ts';

export async function checkFfmpeg({
  ffmpeg,
  fitVideo,
}: Pick<Settings, 'ffmpeg' | 'fitVideo'>): Promise<readonly Finding[]> {
  if (!fitVideo) return [];
  const found = await findFfmpeg(ffmpeg.given, ffmpeg.searched);
  if (found) return [well(`ffmpeg is at ${found}`)];
  if (ffmpeg.given !== undefined)
    return [
      wrong(
        `FFMPEG_PATH names ${ffmpeg.given}, which cannot be run`,
        'point it at the ffmpeg program itself ("which ffmpeg" tells where), or leave it out',
      ),
    ];
  return [
    well(
      'There is no ffmpeg on PATH',
      'it is only needed where the backend gives no smaller copy of a large video: install it, or leave it',
    ),
  ];
}

const SAMPLES = [
  {
    of: 'Latin letters',
    words: 'Timeline ñ',
    cure: 'install fonts-noto-core or fonts-dejavu-core',
  },
  { of: 'Chinese', words: '时间轴', cure: 'install fonts-noto-cjk or fonts-wqy-microhei' },
] as const;

export function checkFonts(folders: readonly string[]): readonly Finding[] {
  const fontsFor = openFonts(folders);
  const missing = SAMPLES.filter(({ words }) => !fontsFor(words));
  if (missing.length === 0) return [well('There are fonts for pictures of timelines')];
  return missing.map(({ of, cure }) =>
    weak(`There is no font with ${of}: such a timeline comes as words, without its picture`, cure),
  );
}

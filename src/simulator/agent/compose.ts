import {
  CANVAS,
  type Draft,
  layOut,
  type Parts,
  type Ratio,
  type Segment,
  TITLE_MS,
} from './draft.ts';
import { mediaScene } from './edit.ts';
import { musicSegment, pickMusic } from './music.ts';
import { fitTo, MAX_TOTAL_MS, readScript, readWishes, type Scene } from './script.ts';
import { type Language, shorten } from './text.ts';
import { WORDS } from './words.ts';

export interface Cut {
  /** What the video model gives: scenes alone. */
  readonly raw: Draft;
  /** With the music and the title that the agent adds unasked. */
  readonly finished: Draft;
}

/**
 * A new cut from a message and the uploaded pictures and clips. Undefined when there is nothing to
 * make a video of. Pictures are laid over the script's scenes in order; those left over follow.
 */
export function compose(
  message: string,
  media: readonly string[],
  language: Language,
  ratio: Ratio = '16:9',
): Cut | undefined {
  const wishes = readWishes(message);
  const script = readScript(message, wishes.seconds);
  const scenes = withMedia(script.scenes, media);
  if (scenes.length === 0) return undefined;
  const title = script.title || WORDS[language].untitled;
  const meta = { title, ...CANVAS[wishes.ratio ?? ratio] };
  const total = wishes.seconds ? Math.min(wishes.seconds * 1000, MAX_TOTAL_MS) : MAX_TOTAL_MS;
  const parts: Parts = {
    scenes: limit(scenes, total, wishes.seconds !== undefined),
    music: undefined,
    title: undefined,
    subtitles: false,
  };
  const mood = /(?:music|音乐|配乐|bgm)/i.test(message) ? message : 'lo-fi';
  return {
    raw: layOut(meta, 1, parts),
    finished: layOut(meta, 2, {
      ...parts,
      music: musicSegment(pickMusic(mood.slice(0, 400), language)),
      title: { d: TITLE_MS, m: { text: title } },
    }),
  };
}

function withMedia(scenes: readonly Scene[], media: readonly string[]): Segment[] {
  const placed = scenes.map((scene, i): Segment => {
    const filename = media[i];
    const m = { title: shorten(scene.text, 48), text: scene.text };
    return { d: scene.d, m: filename === undefined ? m : { ...m, filename } };
  });
  return [...placed, ...media.slice(scenes.length).map(mediaScene)];
}

function limit(scenes: readonly Segment[], total: number, exact: boolean): Segment[] {
  const lengths = scenes.map((scene) => scene.d);
  const sum = lengths.reduce((all, d) => all + d, 0);
  if (!exact && sum <= total) return [...scenes];
  const fitted = fitTo(lengths, total, 500);
  return scenes.map((scene, i) => ({ ...scene, d: fitted[i] ?? scene.d }));
}

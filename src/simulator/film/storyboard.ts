import { z } from 'zod';
import { MUSIC, TEXT, VIDEO } from '../agent/draft.ts';

/** What is to be drawn, all of it. Times are milliseconds of the film. */
export interface Storyboard {
  readonly width: number;
  readonly height: number;
  readonly ms: number;
  readonly name: string;
  readonly style: string;
  readonly scenes: readonly Panel[];
  readonly title: { readonly text: string; readonly until: number } | undefined;
  readonly music: string | undefined;
  readonly subtitles: boolean;
}

export interface Panel {
  readonly from: number;
  readonly until: number;
  readonly text: string;
  readonly filename: string | undefined;
}

/** A longer film would keep whoever tries the bot waiting. */
const MAX_MS = 30_000;

const text = z.string().optional().catch(undefined);
const segment = z.object({
  d: z.number().positive().catch(1000),
  m: z
    .object({ title: text, text, name: text, filename: text })
    .catch({ title: undefined, text: undefined, name: undefined, filename: undefined }),
});
const track = z.object({ tt: z.number(), sg: z.array(segment).catch([]) });
const draft = z.object({
  t: z.array(track),
  m: z
    .object({
      title: z.string().catch('Video'),
      width: z.number().positive().catch(1920),
      height: z.number().positive().catch(1080),
      style: z.string().catch(''),
    })
    .catch({ title: 'Video', width: 1920, height: 1080, style: '' }),
});

/** Reads a render order's draft; undefined when it has no scene to show. */
export function storyboard(order: unknown, resolution: string | undefined): Storyboard | undefined {
  const parsed = draft.safeParse(order);
  if (!parsed.success) return undefined;
  const { t: tracks, m } = parsed.data;
  const scenes = panels(tracks.find((entry) => entry.tt === VIDEO)?.sg ?? []);
  const end = scenes.at(-1)?.until;
  if (end === undefined) return undefined;
  const texts = tracks.filter((entry) => entry.tt === TEXT);
  const title = texts.find((entry) => entry.sg.length === 1)?.sg[0];
  const music = tracks.find((entry) => entry.tt === MUSIC)?.sg[0]?.m;
  return {
    ...frameSize(m.width, m.height, resolution),
    ms: end,
    name: m.title,
    style: m.style,
    scenes,
    title: title && { text: title.m.text ?? title.m.title ?? '', until: Math.min(title.d, end) },
    music: music?.title ?? music?.name,
    subtitles: texts.some((entry) => entry !== undefined && entry.sg.length > 1),
  };
}

function panels(segments: readonly z.infer<typeof segment>[]): Panel[] {
  let from = 0;
  const list: Panel[] = [];
  for (const { d, m } of segments) {
    if (from >= MAX_MS) break;
    const until = Math.min(from + d, MAX_MS);
    list.push({ from, until, text: m.text ?? m.title ?? m.name ?? '', filename: m.filename });
    from = until;
  }
  return list;
}

const HEIGHTS = [1080, 720, 480, 360];
const USUAL_HEIGHT = 720;

/** Of the height that was asked for; the shape is the draft's, in even numbers as H.264 wants them. */
function frameSize(width: number, height: number, resolution = '') {
  const short = HEIGHTS.find((it) => resolution.includes(String(it))) ?? USUAL_HEIGHT;
  const ratio = Math.min(16 / 9, Math.max(9 / 16, width / height));
  const even = (value: number) => Math.round(value / 2) * 2;
  return ratio >= 1
    ? { width: even(short * ratio), height: short }
    : { width: short, height: even(short / ratio) };
}

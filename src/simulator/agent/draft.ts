import { z } from 'zod';

/** Track types as the backend numbers them. */
export const VIDEO = 0;
export const MUSIC = 1;
export const TEXT = 7;

/** A text track of this name carries subtitles; the other one is the title. */
const SUBTITLES = 'Subtitles';

const segmentSchema = z.object({
  /** Milliseconds. */
  d: z.number(),
  st: z.number().optional(),
  m: z.object({
    title: z.string().optional(),
    text: z.string().optional(),
    filename: z.string().optional(),
    volume: z.number().optional(),
  }),
});

const trackSchema = z.object({
  tt: z.number(),
  sg: z.array(segmentSchema),
  m: z.object({ title: z.string() }).optional(),
});

export const draftSchema = z.object({
  t: z.array(trackSchema),
  d: z.number(),
  m: z.object({
    title: z.string(),
    width: z.number(),
    height: z.number(),
    style: z.string().optional(),
  }),
  /** Keys that no client knows: they have to come back unchanged with the render order. */
  ext: z.object({ engine: z.string(), revision: z.number() }),
});

export type Segment = z.infer<typeof segmentSchema>;
export type Track = z.infer<typeof trackSchema>;
export type Draft = z.infer<typeof draftSchema>;

export type Ratio = '16:9' | '9:16' | '1:1';

export const CANVAS: Record<Ratio, { readonly width: number; readonly height: number }> = {
  '16:9': { width: 1920, height: 1080 },
  '9:16': { width: 1080, height: 1920 },
  '1:1': { width: 1080, height: 1080 },
};

export const TITLE_MS = 3000;

export function scenesOf(draft: Draft): readonly Segment[] {
  return draft.t.find((track) => track.tt === VIDEO)?.sg ?? [];
}

export function musicOf(draft: Draft): Segment | undefined {
  return draft.t.find((track) => track.tt === MUSIC)?.sg[0];
}

export function titleOf(draft: Draft): Segment | undefined {
  return draft.t.find((track) => track.tt === TEXT && track.m?.title !== SUBTITLES)?.sg[0];
}

function hasSubtitles(draft: Draft): boolean {
  return draft.t.some((track) => track.m?.title === SUBTITLES);
}

export interface Parts {
  readonly scenes: readonly Segment[];
  readonly music: Segment | undefined;
  readonly title: Segment | undefined;
  readonly subtitles: boolean;
}

export function partsOf(draft: Draft): Parts {
  return {
    scenes: scenesOf(draft),
    music: musicOf(draft),
    title: titleOf(draft),
    subtitles: hasSubtitles(draft),
  };
}

/** Lays the parts out on a timeline: starts, lengths and the total follow from the scenes. */
export function layOut(meta: Draft['m'], revision: number, parts: Parts): Draft {
  let total = 0;
  const scenes = parts.scenes.map((scene) => {
    const placed = { ...scene, st: total };
    total += scene.d;
    return placed;
  });
  const tracks: Track[] = [{ tt: VIDEO, sg: scenes }];
  if (parts.music) tracks.push({ tt: MUSIC, sg: [{ ...parts.music, d: total, st: 0 }] });
  if (parts.title) {
    tracks.push({ tt: TEXT, sg: [{ ...parts.title, d: Math.min(TITLE_MS, total), st: 0 }] });
  }
  if (parts.subtitles) {
    const lines = scenes.map((scene) => ({
      d: scene.d,
      st: scene.st,
      m: { text: sceneText(scene) },
    }));
    tracks.push({ tt: TEXT, sg: lines, m: { title: SUBTITLES } });
  }
  return { t: tracks, d: total, m: meta, ext: { engine: 'seedance', revision } };
}

/** The next version of a draft, with other parts or other metadata. */
export function revise(
  draft: Draft,
  change: Partial<Parts>,
  meta: Partial<Draft['m']> = {},
): Draft {
  return layOut({ ...draft.m, ...meta }, draft.ext.revision + 1, { ...partsOf(draft), ...change });
}

function sceneText(scene: Segment): string {
  return scene.m.text ?? scene.m.title ?? scene.m.filename ?? '';
}

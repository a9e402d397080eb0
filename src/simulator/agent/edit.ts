/** The changes the stand-in understands, and what each does to a draft. */
import {
  CANVAS,
  type Draft,
  musicOf,
  type Ratio,
  revise,
  type Segment,
  scenesOf,
  titleOf,
} from './draft.ts';
import { DEFAULT_VOLUME, musicSegment, pickMusic } from './music.ts';
import { fitTo, MAX_TOTAL_MS } from './script.ts';
import { type Language, shorten } from './text.ts';

/** Scenes are counted from 1; -1 is the last one. */
export type Edit =
  | { readonly type: 'title'; readonly text: string }
  | { readonly type: 'remove-title' }
  | { readonly type: 'music'; readonly mood: string }
  | { readonly type: 'remove-music' }
  /** `to` between 0 and 1, or `by` as a factor. */
  | { readonly type: 'volume'; readonly to?: number; readonly by?: number }
  | { readonly type: 'remove-scene'; readonly scene: number }
  | { readonly type: 'scene-text'; readonly scene: number; readonly text: string }
  | { readonly type: 'move-scene'; readonly scene: number; readonly to: number }
  | { readonly type: 'swap-scenes'; readonly scene: number; readonly with: number }
  | { readonly type: 'length'; readonly seconds: number }
  /** Factor on every scene's length. */
  | { readonly type: 'pace'; readonly factor: number }
  | { readonly type: 'ratio'; readonly ratio: Ratio }
  | { readonly type: 'subtitles'; readonly on: boolean }
  | { readonly type: 'media'; readonly files: readonly string[]; readonly at: 'start' | 'end' }
  | { readonly type: 'style'; readonly words: string };

/** Undefined when the draft has nothing that the edit could change, such as a ninth scene of five. */
export function applyEdit(draft: Draft, edit: Edit, language: Language): Draft | undefined {
  switch (edit.type) {
    case 'title':
      return revise(
        draft,
        { title: { d: 0, m: { text: shorten(edit.text, 60) } } },
        { title: shorten(edit.text, 60) },
      );
    case 'remove-title':
      return titleOf(draft) && revise(draft, { title: undefined });
    case 'music': {
      const present = musicOf(draft);
      const name = pickMusic(edit.mood, language, present?.m.title);
      return revise(draft, { music: musicSegment(name, present?.m.volume) });
    }
    case 'remove-music':
      return musicOf(draft) && revise(draft, { music: undefined });
    case 'volume':
      return changeVolume(draft, edit);
    case 'length': {
      const total = Math.min(edit.seconds * 1000, MAX_TOTAL_MS);
      return rescale(draft, total);
    }
    case 'pace':
      return rescale(draft, Math.min(draft.d * edit.factor, MAX_TOTAL_MS));
    case 'ratio':
      return revise(draft, {}, CANVAS[edit.ratio]);
    case 'subtitles':
      return revise(draft, { subtitles: edit.on });
    case 'style':
      return revise(draft, {}, { style: shorten(edit.words, 80) });
    case 'media': {
      const added = edit.files.map(mediaScene);
      const scenes = scenesOf(draft);
      return revise(draft, {
        scenes: edit.at === 'start' ? [...added, ...scenes] : [...scenes, ...added],
      });
    }
    default: {
      const scenes = changeOrder(scenesOf(draft), edit);
      return scenes && revise(draft, { scenes });
    }
  }
}

export function mediaScene(filename: string): Segment {
  const stem = filename.replace(/\.[^.]+$/, '').replace(/[_-]+/g, ' ');
  return { d: 3000, m: { title: stem, filename } };
}

type OrderEdit = Extract<
  Edit,
  { type: 'remove-scene' | 'scene-text' | 'move-scene' | 'swap-scenes' }
>;

function changeOrder(scenes: readonly Segment[], edit: OrderEdit): Segment[] | undefined {
  const at = indexOf(scenes, edit.scene);
  const scene = scenes[at];
  if (!scene) return undefined;
  const rest = scenes.toSpliced(at, 1);
  switch (edit.type) {
    case 'remove-scene':
      return rest.length === 0 ? undefined : rest;
    case 'scene-text':
      return scenes.with(at, {
        ...scene,
        m: { ...scene.m, title: shorten(edit.text, 48), text: shorten(edit.text, 160) },
      });
    case 'move-scene': {
      const to = indexOf(scenes, edit.to);
      return scenes[to] && rest.toSpliced(to, 0, scene);
    }
    case 'swap-scenes': {
      const other = indexOf(scenes, edit.with);
      const second = scenes[other];
      return second && scenes.with(at, second).with(other, scene);
    }
  }
}

function indexOf(scenes: readonly Segment[], scene: number): number {
  return scene < 0 ? scenes.length + scene : scene - 1;
}

function changeVolume(draft: Draft, edit: Extract<Edit, { type: 'volume' }>): Draft | undefined {
  const music = musicOf(draft);
  if (!music) return undefined;
  const wished = edit.to ?? (music.m.volume ?? DEFAULT_VOLUME) * (edit.by ?? 1);
  const volume = Math.round(Math.min(1, Math.max(0, wished)) * 100) / 100;
  return revise(draft, { music: { ...music, m: { ...music.m, volume } } });
}

function rescale(draft: Draft, total: number): Draft {
  const scenes = scenesOf(draft);
  const lengths = fitTo(
    scenes.map((scene) => scene.d),
    Math.max(1000, Math.round(total / 100) * 100),
    500,
  );
  return revise(draft, {
    scenes: scenes.map((scene, i) => ({ ...scene, d: lengths[i] ?? scene.d })),
  });
}

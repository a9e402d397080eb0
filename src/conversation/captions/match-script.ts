/**
 * The cues of a script at the times of the cut that was made of it. Each scene says what it shows, or they are as many
 * as the cues: anything else would be guessed. Pure.
 */
import type { Cue } from '../../documents/subtitles/read-subtitles.ts';
import { type Segment, type Timeline, tracksOf } from '../../nemo/timeline.ts';

/** Undefined: which cue belongs to which scene can't be told. */
export function inStep(script: readonly Cue[], timeline: Timeline): Cue[] | undefined {
  const scenes = tracksOf(timeline).find(({ kind }) => kind === 'video')?.segments ?? [];
  const timed = scenes.filter(({ start, end }) => end > start);
  if (timed.length !== scenes.length || scenes.length === 0 || script.length === 0)
    return undefined;
  const places = byName(script, scenes) ?? byNumber(script, scenes);
  return places && spread(script, scenes, places);
}

/** For each cue its scene. */
type Places = readonly number[];

/** Equal letters and digits: what a scene is called may be shorter, or longer, than what is said in it. */
function byName(script: readonly Cue[], scenes: readonly Segment[]): Places | undefined {
  const names = scenes.map(({ name }) => bare(name ?? ''));
  const places: number[] = [];
  let from = 0;
  for (const cue of script) {
    const words = bare(cue.text);
    const at = names.findIndex((name, index) => index >= from && isAbout(name, words));
    if (at < 0) return undefined;
    places.push(at);
    from = at;
  }
  return places;
}

/** Shorter ones are found in anything. */
const LEAST = 4;

const isAbout = (name: string, words: string): boolean =>
  name === words ||
  (Math.min(name.length, words.length) >= LEAST && (name.includes(words) || words.includes(name)));

/** Of a scene, or of a line, no more is compared. */
const LOOKED_AT = 500;

const bare = (text: string): string =>
  text
    .slice(0, LOOKED_AT)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

function byNumber(script: readonly Cue[], scenes: readonly Segment[]): Places | undefined {
  return script.length === scenes.length && script.length > 1
    ? script.map((_, at) => at)
    : undefined;
}

/** Several cues of one scene share its time by their length. */
function spread(script: readonly Cue[], scenes: readonly Segment[], places: Places): Cue[] {
  const byScene = Map.groupBy(script.keys(), (at) => places[at]);
  return scenes.flatMap(({ start, end }, scene) => {
    const cues = (byScene.get(scene) ?? []).flatMap((at) => script[at] ?? []);
    const letters = cues.reduce((sum, { text }) => sum + text.length, 0);
    let from = start * 1000;
    return cues.map(({ text }) => {
      const to = from + ((end - start) * 1000 * text.length) / letters;
      const cue = { start: Math.round(from), end: Math.round(to), text };
      from = to;
      return cue;
    });
  });
}

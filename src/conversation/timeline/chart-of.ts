/** A timeline as the chart that is drawn of it, in the words of whoever looks. Pure. */
import type { Words } from '../../locales/locale.ts';
import { unescapeMarkup } from '../../markdown/escape.ts';
import { type KnownTimeline, type Timeline, type Track, tracksOf } from '../../nemo/timeline.ts';
import {
  type Chart,
  type ChartLane,
  type ChartSegment,
  MOST_LANES,
  MOST_SEGMENTS,
} from '../../pictures/chart.ts';
import { shownName } from '../language/shown-name.ts';
import { timelineText } from './format-timeline.ts';
import type { Mark } from './marks.ts';

/** No font of letters has them. */
const EMOJI =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\ufe0f|\u20e3|\u200d/gu;

/** `name` is what the project is called, where its timeline does not say. Undefined: nothing that can be drawn. */
export function chartOf(
  timeline: Timeline,
  words: Words,
  { name, marks = [] }: { readonly name?: string | undefined; readonly marks?: readonly Mark[] },
): Chart | undefined {
  if (timeline.form === 'unknown') return undefined;
  const { chart, alt } = words.pictures;
  const tracks = tracksOf(timeline);
  const drawn = tracks.slice(0, MOST_LANES);
  const firstFilm = tracks.findIndex((track) => track.kind === 'video');
  const rest = tracks.length - drawn.length;
  const known = timeline.form === 'known' ? timeline : undefined;
  return {
    title: inPicture(known?.title ?? '') || inPicture(name ?? '') || chart.untitled,
    facts: factsOf(timeline, words),
    seconds: lengthOf(known),
    lanes: drawn.map((track, at) =>
      laneOf(track, words, {
        isFilm: at === firstFilm,
        marks: marks.filter((mark) => mark.track === at),
      }),
    ),
    more: rest > 0 ? chart.moreTracks(rest) : undefined,
    empty: chart.empty,
    legend: { new: chart.new, changed: chart.changed },
    alt: alt.timeline(unescapeMarkup(timelineText(timeline, words) ?? words.noTimeline)),
  };
}

/** A full-width colon brings its own space. */
const opening = (words: string): string => (words.endsWith('：') ? words : `${words} `);

const inPicture = (name: string): string =>
  shownName(name.replace(EMOJI, ' ').replace(/\s+/g, ' '), 90);

function factsOf(timeline: Timeline, { pictures }: Words): string {
  const { canvas } = timeline;
  const length = timeline.form === 'known' ? timeline.seconds : undefined;
  const facts = [canvas?.ratio, length === undefined ? undefined : pictures.chart.seconds(length)];
  return facts.filter(Boolean).join(' · ');
}

/** Nothing lies beyond the end, whatever the draft says its length is. */
function lengthOf(timeline: KnownTimeline | undefined): number {
  if (!timeline) return 0;
  const ends = timeline.tracks.flatMap((track) => track.segments.map(({ end }) => end));
  return ends.reduce((most, end) => Math.max(most, end), timeline.seconds ?? 0);
}

function laneOf(
  { kind, segments }: Track,
  { timelineLabels, pictures }: Words,
  { isFilm, marks }: { readonly isFilm: boolean; readonly marks: readonly Mark[] },
): ChartLane {
  const { about } = pictures.chart;
  const named = { video: about.track, music: about.music, title: about.title, other: about.track };
  const label = kind === 'other' ? timelineLabels.track : timelineLabels[kind];
  return {
    kind,
    label,
    segments: segments.slice(0, MOST_SEGMENTS).map((it, at): ChartSegment => {
      const name = inPicture(it.name ?? '') || (isFilm ? '' : timelineLabels.untitled);
      return {
        name,
        start: it.start,
        end: it.end,
        volume: it.volume,
        mark: marks.find(({ segment }) => segment === at)?.is,
        prompt: opening(isFilm ? about.scene(at + 1) : named[kind](name)),
      };
    }),
    more: Math.max(0, segments.length - MOST_SEGMENTS),
  };
}

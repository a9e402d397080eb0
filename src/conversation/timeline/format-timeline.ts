/** The one-line summary of a timeline; the words come from the language's own catalogue. */
import { type Timeline, tracksOf } from '../../nemo/timeline.ts';
import { nameInText } from '../language/shown-name.ts';
import { type SummaryLine, summary } from './summary.ts';

export interface TimelineLabels {
  /** "Timeline (3 tracks)", without the colon. */
  readonly timeline: (tracks: number) => string;
  readonly video: string;
  readonly music: string;
  readonly title: string;
  /** A track of unknown kind. */
  readonly track: string;
  readonly untitled: string;
  /** "+2 more". */
  readonly more: (tracks: number) => string;
  /** What stands between a label and what it labels; ": " where it is absent. */
  readonly colon?: string | undefined;
  /** A title in the language's quotation marks; straight ones where it is absent. */
  readonly quoted?: ((title: string) => string) | undefined;
  /** What stands behind a name; `0-10s` and `35%` in brackets where it is absent. */
  readonly details?: ((start: string, end: string, volume: string) => string) | undefined;
}

/** `Timeline (2 tracks): 1. Video: city timelapse (0-10s) 2. Title: "Urban Dreams" (0-3s)` */
export function formatTimeline(timeline: Timeline, labels: TimelineLabels): string {
  const { count, lines, more } = summary(tracksOf(timeline));
  const colon = labels.colon ?? ': ';
  const tracks = lines.map((line, index) => `${index + 1}. ${formatLine(line, labels, colon)}`);
  const rest = more > 0 ? [labels.more(more)] : [];
  return `${labels.timeline(count)}${colon}${[...tracks, ...rest].join(' ')}`;
}

/** What there is to say of a timeline; undefined where there is none. */
export function timelineText(timeline: Timeline, words: TimelineWords): string | undefined {
  if (timeline.form === 'unknown') return words.timelineUnreadable;
  const isEmpty = tracksOf(timeline).length === 0;
  return isEmpty ? undefined : formatTimeline(timeline, words.timelineLabels);
}

interface TimelineWords {
  readonly timelineLabels: TimelineLabels;
  /** There is one, in a form that is not known here. */
  readonly timelineUnreadable: string;
}

function formatLine(line: SummaryLine, labels: TimelineLabels, colon: string): string {
  const label = line.kind === 'other' ? labels.track : labels[line.kind];
  const name = line.name === undefined ? labels.untitled : nameInText(line.name);
  const quoted = labels.quoted ?? ((title) => `"${title}"`);
  const shown = line.kind === 'title' && line.name !== undefined ? quoted(name) : name;
  const others = line.others > 0 ? ` +${line.others}` : '';
  return `${label}${colon}${shown}${others}${detailsOf(line, labels)}`;
}

function detailsOf({ start, end, volume }: SummaryLine, labels: TimelineLabels): string {
  const timed = end > start;
  if (!timed && volume === undefined) return '';
  const range = timed ? ([formatSeconds(start), formatSeconds(end)] as const) : (['', ''] as const);
  return (labels.details ?? inBrackets)(...range, volume === undefined ? '' : `${volume}%`);
}

const inBrackets = (start: string, end: string, volume: string): string =>
  ` (${[end && `${start}-${end}s`, volume].filter(Boolean).join(', ')})`;

/** At most one decimal, and none where it would be a zero. */
export const formatSeconds = (seconds: number): string => String(Math.round(seconds * 10) / 10);

/** Changes of a timeline in English, one sentence each. */

import { nameInText } from '../../conversation/language/shown-name.ts';
import { formatSeconds } from '../../conversation/timeline/format-timeline.ts';
import type { Range, TimelineChange } from '../../conversation/timeline/timeline-diff.ts';
import type { TrackKind } from '../../nemo/timeline.ts';
import { shortList } from '../short-list.ts';

export function changesInEnglish(changes: readonly TimelineChange[]): string[] {
  return shortList(changes.map(sentence), (n) => `…and ${n} more changes`);
}

function sentence(change: TimelineChange): string {
  switch (change.type) {
    case 'added':
    case 'removed': {
      const more = change.others > 0 ? ` +${change.others}` : '';
      const volume = change.volume === undefined ? '' : `, ${change.volume}%`;
      const mark = change.type === 'added' ? '✅' : '🗑️';
      return `${mark} ${KIND[change.kind]} ${change.type}: ${name(change)}${more} (${range(change)}${volume})`;
    }
    case 'renamed':
      return `✅ ${KIND[change.kind]} changed: ${quoted(change.kind, change.before)} → ${quoted(change.kind, change.after)} (${range(change)})`;
    case 'timing':
      return `✅ ${KIND[change.kind]} ${name(change)}: ${range(change.before)} → ${range(change.after)}`;
    case 'volume':
      return `✅ ${KIND[change.kind]} ${name(change)}: volume ${percent(change.before)} → ${percent(change.after)}`;
    case 'order':
      return `✅ ${KIND[change.kind]} order: ${change.after
        .map((n) => (n === undefined ? 'untitled' : nameInText(n)))
        .slice(0, 6)
        .join(' → ')}`;
    case 'canvas':
      return `✅ Format: ${canvas(change.before)} → ${canvas(change.after)}`;
    case 'length':
      return `✅ Length: ${length(change.before)} → ${length(change.after)}`;
    case 'unreadable':
      return '✅ The timeline was changed; I cannot read how.';
    case 'media-added':
      return `✅ Material added: ${nameInText(change.name)}`;
    case 'media-removed':
      return `🗑️ Material removed: ${nameInText(change.name)}`;
  }
}

const KIND: Record<TrackKind, string> = {
  video: 'Video',
  music: 'Music',
  title: 'Title',
  other: 'Track',
};

const name = (c: { kind: TrackKind; name?: string | undefined }) => quoted(c.kind, c.name);
const quoted = (kind: TrackKind, text: string | undefined) =>
  text === undefined ? 'untitled' : kind === 'title' ? `"${nameInText(text)}"` : nameInText(text);
const range = (r: Range) => `${formatSeconds(r.start)}–${formatSeconds(r.end)} s`;
const percent = (v: number | undefined) => (v === undefined ? 'default' : `${v}%`);
const length = (s: number | undefined) => (s === undefined ? 'nothing' : `${formatSeconds(s)} s`);
const canvas = (
  c:
    | { width?: number | undefined; height?: number | undefined; ratio?: string | undefined }
    | undefined,
) => c?.ratio ?? (c?.width && c.height ? `${c.width}×${c.height}` : 'default');

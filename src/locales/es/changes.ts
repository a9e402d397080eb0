/** Changes of a timeline in Spanish, one sentence each. */
import { nameInText } from '../../conversation/language/shown-name.ts';
import type { Range, TimelineChange } from '../../conversation/timeline/timeline-diff.ts';
import type { TrackKind } from '../../nemo/timeline.ts';
import { shortList } from '../short-list.ts';
import { seconds } from './numbers.ts';

export function changesInSpanish(changes: readonly TimelineChange[]): string[] {
  return shortList(changes.map(sentence), (n) => `…y ${n} cambios más`);
}

function sentence(change: TimelineChange): string {
  switch (change.type) {
    case 'added':
    case 'removed': {
      const more = change.others > 0 ? ` y ${change.others} más` : '';
      const volume = change.volume === undefined ? '' : `, al ${change.volume} %`;
      const [mark, verb] = change.type === 'added' ? ['✅', 'añadid'] : ['🗑️', 'eliminad'];
      const { noun, ending } = KIND[change.kind];
      return `${mark} ${noun} ${verb}${ending}: ${name(change)}${more} (${range(change)}${volume})`;
    }
    case 'renamed': {
      const { noun, ending } = KIND[change.kind];
      return `✅ ${noun} cambiad${ending}: ${quoted(change.kind, change.before)} → ${quoted(change.kind, change.after)} (${range(change)})`;
    }
    case 'timing':
      return `✅ ${KIND[change.kind].noun} ${name(change)}: ${range(change.before)} → ${range(change.after)}`;
    case 'volume':
      return `✅ ${KIND[change.kind].noun} ${name(change)}: volumen ${percent(change.before)} → ${percent(change.after)}`;
    case 'order':
      return `✅ Nuevo orden (${KIND[change.kind].noun.toLowerCase()}): ${change.after
        .map((n) => (n === undefined ? 'sin nombre' : nameInText(n)))
        .slice(0, 6)
        .join(' → ')}`;
    case 'canvas':
      return `✅ Formato: ${canvas(change.before)} → ${canvas(change.after)}`;
    case 'length':
      return `✅ Duración: ${length(change.before)} → ${length(change.after)}`;
    case 'unreadable':
      return '✅ La línea de tiempo cambió; no puedo leer cómo.';
    case 'media-added':
      return `✅ Material añadido: ${nameInText(change.name)}`;
    case 'media-removed':
      return `🗑️ Material eliminado: ${nameInText(change.name)}`;
  }
}

const KIND: Record<TrackKind, { readonly noun: string; readonly ending: 'o' | 'a' }> = {
  video: { noun: 'Video', ending: 'o' },
  music: { noun: 'Música', ending: 'a' },
  title: { noun: 'Título', ending: 'o' },
  other: { noun: 'Pista', ending: 'a' },
};

const name = (c: { kind: TrackKind; name?: string | undefined }) => quoted(c.kind, c.name);
const quoted = (kind: TrackKind, text: string | undefined) =>
  text === undefined ? 'sin nombre' : kind === 'title' ? `“${nameInText(text)}”` : nameInText(text);
const range = (r: Range) => `${seconds(r.start)}–${seconds(r.end)} s`;
const percent = (v: number | undefined) => (v === undefined ? 'normal' : `${v} %`);
const length = (s: number | undefined) => (s === undefined ? 'nada' : `${seconds(s)} s`);
const canvas = (
  c:
    | { width?: number | undefined; height?: number | undefined; ratio?: string | undefined }
    | undefined,
) => c?.ratio ?? (c?.width && c.height ? `${c.width}×${c.height}` : 'normal');

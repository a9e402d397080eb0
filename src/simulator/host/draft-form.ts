/** In which form a session's draft is shown to clients; the agent works on the short keys whatever it is. */
import { type Draft, MUSIC, type Segment, type Track, VIDEO } from '../agent/draft.ts';
import type { Session } from '../world.ts';

export function shownDraft({ draft, draftForm }: Session): unknown {
  if (!draft) return {};
  switch (draftForm) {
    case 'markup':
      return inMarkup(draft);
    case 'strange':
      return inStrangeForm(draft);
    default:
      return draft;
  }
}

/** The vendor's newer form, as one string. */
function inMarkup({ t, d, m }: Draft): string {
  const tracks = t.map((track, at) => markupOfTrack(track, `t${at + 1}`));
  const root = `fps="30" width="${m.width}" height="${m.height}" duration="${d}"`;
  return `<draft ${root} title="${escaped(m.title)}">\n${tracks.join('\n')}\n</draft>\n`;
}

function markupOfTrack(track: Track, id: string): string {
  const type = track.tt === VIDEO ? 'video' : track.tt === MUSIC ? 'bgm' : 'text';
  const clips = track.sg.map((segment, at) => {
    const start = segment.st ?? 0;
    const times = `in="${start}" out="${start + segment.d}"`;
    return `    <clip id="${id}-${at + 1}" ${times}>${contentOf(segment, type)}</clip>`;
  });
  return `  <track id="${id}" type="${type}">\n${clips.join('\n')}\n  </track>`;
}

function contentOf({ m }: Segment, type: 'video' | 'bgm' | 'text'): string {
  const title = escaped(m.title ?? m.text ?? m.filename ?? '');
  if (type === 'text') return `<div>${escaped(m.text ?? m.title ?? '')}</div>`;
  if (type === 'video') return `<video title="${title}" src="asset://video/${title}"></video>`;
  return `<audio title="${title}" src="asset://audio/${title}" volume="${m.volume ?? 1}"/>`;
}

/** One that no client has heard of. */
const inStrangeForm = ({ t, d, ext }: Draft): object => ({
  schema: 'timeline/9',
  revision: ext.revision,
  layers: t.map(({ tt, sg }) => ({ kind: tt, pieces: sg.map(({ m }) => m) })),
  until: d,
});

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);

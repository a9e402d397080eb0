/**
 * Which form a draft has, and what it says. Both forms may come wrapped: as JSON inside a string, or as one field of
 * an object that tells more about the project. A form that is known to nobody is said to be that, and is not empty.
 */
import { canvasIn, type DraftContent } from './draft-content.ts';
import { readDraftJson } from './draft-json.ts';
import { readDraftMarkup } from './draft-markup.ts';
import { unpack } from './exact-json.ts';
import { isBlank, isHollow } from './is-blank.ts';
import { fieldsOf } from './json-fields.ts';
import type { Json } from './nemo.ts';
import type { Timeline } from './timeline.ts';

export interface ReadDraft {
  readonly timeline: Timeline;
  /**
   * For the render: as it came. Only the short keys inside a string are taken out of it, because the render is
   * documented to take those as an object.
   */
  readonly forRender: Json;
}

/** `canvas` is what the state says about the shape besides the draft, and counts for more. */
export function readDraft(came: Json, canvas: Json): ReadDraft {
  const json = unpack(came);
  const shape = fieldsOf(unpack(canvas));
  if (isHollow(json))
    return { timeline: { form: 'none', canvas: canvasIn([shape]) }, forRender: came };
  const plain = readDraftJson(json);
  if (plain) return { timeline: known(plain, shape), forRender: json };
  const wrapped = typeof json === 'string' ? readDraftMarkup(json) : contentIn(json);
  if (wrapped === 'empty')
    return { timeline: { form: 'none', canvas: canvasIn([shape]) }, forRender: came };
  if (wrapped) return { timeline: known(wrapped, shape), forRender: came };
  return { timeline: { form: 'unknown', canvas: canvasIn([shape]) }, forRender: came };
}

function known(content: DraftContent, shape: ReturnType<typeof fieldsOf>): Timeline {
  const { tracks, milliseconds, title, shapes } = content;
  const ends = tracks.flatMap((track) => track.segments.map((segment) => segment.end));
  const last = ends.reduce((most, end) => Math.max(most, end), 0);
  const seconds = milliseconds !== undefined && milliseconds > 0 ? milliseconds / 1000 : last;
  return {
    form: 'known',
    tracks,
    seconds: seconds > 0 ? seconds : undefined,
    canvas: canvasIn([shape, ...shapes]),
    title,
  };
}

/** Fields under which the vendor and its relatives keep a draft. */
const FIELDS = ['main_template', 'mainTemplate', 'template', 'timeline_draft', 'draft', 'markup'];
const DEEPEST = 2;

/** `empty`: it has a place for a draft, and there is none in it. */
function contentIn(json: Json, depth = 1): DraftContent | 'empty' | undefined {
  const fields = fieldsOf(json);
  for (const name of FIELDS.filter((it) => it in fields)) {
    const value = unpack(fields[name]);
    if (isBlank(value)) return 'empty';
    const content = typeof value === 'string' ? readDraftMarkup(value) : readDraftJson(value);
    if (content) return content;
  }
  if (depth >= DEEPEST) return undefined;
  return contentIn(fields['project'] ?? null, depth + 1);
}

/** What a session holds. Every part may be missing; what is inside is read here and nowhere else. */

import type { SessionId } from '../runtime/ids.ts';
import { field, isObject, textField } from './envelope.ts';
import { unpack } from './exact-json.ts';
import type { Http } from './http.ts';
import { mediaNames } from './media-names.ts';
import type { Json, SessionState } from './nemo.ts';
import { readDraft } from './read-draft.ts';
import { ask } from './request-json.ts';
import { hashOf, hashOfParts } from './state-hash.ts';

export interface StateReply {
  /** Undefined: nothing has been made in the session yet. */
  readonly state: SessionState | undefined;
  readonly userId: string | undefined;
}

export async function fetchState(
  http: Http,
  sessionId: SessionId,
  token: string,
  signal: AbortSignal,
): Promise<StateReply> {
  const path = `/api/state/nemo_agent/me/${encodeURIComponent(sessionId)}/latest`;
  const opened = await ask(http, { endpoint: 'state', method: 'GET', path, token, signal });
  const place = field(opened, 'state') ?? opened.data;
  const inner = unpack(place);
  const userId =
    textField(opened, 'user_id') ?? (isObject(inner) ? text(inner['user_id']) : undefined);
  if (
    !isObject(inner) ||
    !parts.some((part) => inner[part] !== undefined && inner[part] !== null)
  ) {
    return { state: undefined, userId };
  }
  const state = sessionStateOf({
    draft: (inner['draft'] ?? null) as Json,
    canvas: unpack(inner['canvas_config']),
    videoInfos: unpack(inner['video_infos']),
    generatedMedia: unpack(inner['generated_media']),
  });
  return { state, userId };
}

const parts = ['draft', 'canvas_config', 'video_infos', 'generated_media'];

/** The parts as the backend stores them. */
export interface StateParts {
  readonly draft: Json;
  readonly canvas: Json;
  readonly videoInfos: Json;
  readonly generatedMedia: Json;
}

export function sessionStateOf({
  draft,
  canvas,
  videoInfos,
  generatedMedia,
}: StateParts): SessionState {
  const { timeline, forRender } = readDraft(draft, canvas);
  const content = unpack(draft);
  return {
    draft: forRender,
    timeline,
    media: [...mediaNames(videoInfos), ...mediaNames(generatedMedia)],
    fingerprint: hashOfParts([content, canvas, generatedMedia, videoInfos]),
    draftHash: hashOf(content),
  };
}

/** Of a session in which nothing has been made. */
export const EMPTY_STATE = sessionStateOf({
  draft: null,
  canvas: null,
  videoInfos: null,
  generatedMedia: null,
});

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

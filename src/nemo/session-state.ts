/** What a session holds. Every part may be missing, and what is inside is left as it came. */

import { field, isObject, textField } from './envelope.ts';
import { tryParseExact } from './exact-json.ts';
import type { Http } from './http.ts';
import type { Json, SessionState } from './nemo.ts';
import { ask } from './request-json.ts';

export interface StateReply {
  /** Undefined: nothing has been made in the session yet. */
  readonly state: SessionState | undefined;
  readonly userId: string | undefined;
}

export async function fetchState(
  http: Http,
  sessionId: string,
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
  const state = {
    draft: unpack(inner['draft']),
    canvas: unpack(inner['canvas_config']),
    videoInfos: unpack(inner['video_infos']),
    generatedMedia: unpack(inner['generated_media']),
    taskName: textField(opened, 'task_name'),
  };
  return { state, userId };
}

const parts = ['draft', 'canvas_config', 'video_infos', 'generated_media'];

/** Parts may be stored as JSON inside a string. What came out of a JSON parser is `Json`. */
function unpack(value: unknown): Json {
  if (typeof value !== 'string') return (value ?? null) as Json;
  const parsed = /^\s*[[{]/.test(value) ? tryParseExact(value) : undefined;
  return (parsed ?? value) as Json;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

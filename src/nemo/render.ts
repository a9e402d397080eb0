/** Export: the order, and a look at how far it is. */

import { type RenderId, toRenderId } from '../runtime/ids.ts';
import { field, idField, isObject, type Opened, textField } from './envelope.ts';
import { detailOf } from './error-from-reply.ts';
import { stringifyExact, tryParseExact } from './exact-json.ts';
import type { Http } from './http.ts';
import type { RenderOrder, RenderState } from './nemo.ts';
import { ask, openReply } from './request-json.ts';

/** Sends one order. Resolves with the id to poll, which is our own unless the answer names another. */
export async function orderRender(
  http: Http,
  order: RenderOrder,
  token: string,
  signal: AbortSignal,
): Promise<RenderId> {
  const { id, sessionId, draft, resolution } = order;
  const output = {
    format: 'mp4',
    quality: 'high',
    ...(resolution !== undefined && { resolution }),
  };
  const opened = await ask(http, {
    endpoint: 'render',
    method: 'POST',
    path: '/api/render/proxy/lambda',
    token,
    // The one field of the whole interface that is camelCase in a request.
    body: stringifyExact({ id, sessionId, draft, output }),
    signal,
  });
  const named = idField(opened, 'id', 'render_id', 'taskId');
  return named === undefined ? id : toRenderId(named);
}

export async function lookAtRender(
  http: Http,
  renderId: RenderId,
  token: string,
  signal: AbortSignal,
): Promise<RenderState> {
  const endpoint = 'render-state';
  const path = `/api/render/proxy/lambda/${encodeURIComponent(renderId)}`;
  const reply = await http.call({ endpoint, method: 'GET', path, token, signal });
  // A failed render may be reported inside an envelope that says "no success": it is news all the same.
  const body = tryParseExact(reply.text);
  const bare: Opened = { data: isObject(body) ? body['data'] : undefined, body };
  if (statusOf(bare) === 'failed') return readRender(bare);
  return readRender(openReply(reply, endpoint));
}

/** The link of a finished file, wherever the render service puts it today. */
export function outputUrl(opened: Opened): string | undefined {
  for (const place of [opened.data, opened.body]) {
    if (!isObject(place)) continue;
    const output = place['output'];
    const inner: Opened = { data: isObject(output) ? output : undefined, body: place };
    const url = textField(inner, 'outputUrl', 'output_url', 'url', 'downloadUrl');
    if (url !== undefined) return url;
  }
  return undefined;
}

function readRender(opened: Opened): RenderState {
  const status = statusOf(opened);
  const error = field(opened, 'error', 'message');
  const problem = isObject(error) ? error['message'] : error;
  return {
    status,
    progress: percent(field(opened, 'progress'), status),
    url: outputUrl(opened),
    problem:
      status === 'failed' && typeof problem === 'string'
        ? detailOf({ status: 200, message: problem })
        : undefined,
  };
}

/** A word that nobody documented is taken for "still running": polling has a bound of its own. */
function statusOf(opened: Opened): RenderState['status'] {
  const word = textField(opened, 'status')?.toLowerCase();
  return word === 'pending' || word === 'completed' || word === 'failed' ? word : 'processing';
}

/** 0.5 and 50 both mean half; a plain 1 is one percent until the work is done. */
function percent(value: unknown, status: RenderState['status']): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return undefined;
  if (value === 1) return status === 'completed' ? 100 : 1;
  return Math.min(100, Math.round(value < 1 ? value * 100 : value));
}

/** The static host: films and pictures, for anybody who has the link and never for a token. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Backend } from './backend.ts';
import { send } from './call.ts';
import { filesHeadBreaches } from './rules.ts';

interface Served {
  readonly file: string;
  readonly mime: string;
}

export async function serveFile(
  backend: Backend,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://files');
  backend.journal.called('file');
  const [breach] = filesHeadBreaches(request);
  if (breach) {
    backend.journal.note(breach);
    return send(response, 400, 'text/plain', 'This host takes no credentials.');
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return send(response, 405, 'text/plain', 'Method not allowed');
  }
  const found = find(backend, decodeURIComponent(pathname));
  if (found === 'forbidden') return send(response, 403, 'text/plain', 'Forbidden');
  if (!found) return send(response, 404, 'text/plain', 'Not found');
  await sendFile(found, request, response);
}

function find(backend: Backend, pathname: string): Served | 'forbidden' | undefined {
  const film = /^\/render-result\/([\w.-]+)\.mp4$/.exec(pathname)?.[1];
  if (film !== undefined) {
    const render = backend.world.renders.find((entry) => entry.id === film);
    if (render?.faults.includes('bad-link')) return 'forbidden';
    return render?.film === 'shot' ? { file: render.file, mime: 'video/mp4' } : undefined;
  }
  const [, sessionId, filename] = /^\/uploads\/(\d+)\/([^/]+)$/.exec(pathname) ?? [];
  const session = backend.world.sessions.find((entry) => entry.id === sessionId);
  const media = session?.media.find((entry) => entry.filename === filename);
  return media?.file === undefined ? undefined : { file: media.file, mime: media.mime };
}

export async function sendFile(
  { file, mime }: Served,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { size } = await stat(file);
  const range = readRange(request.headers.range, size);
  const common = {
    'content-type': mime,
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
  };
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  response.writeHead(range ? 206 : 200, {
    ...common,
    'content-length': end - start + 1,
    ...(range && { 'content-range': `bytes ${start}-${end}/${size}` }),
  });
  if (request.method === 'HEAD') response.end();
  else await pipeline(createReadStream(file, { start, end }), response);
}

/** One range, as players ask for it; several are answered with the whole file. */
function readRange(header: string | undefined, size: number) {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return start > end || start >= size ? 'unsatisfiable' : { start, end };
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from './answers.ts';
import { readMultipart } from './multipart.ts';
import type { RecordedRequest } from './world.ts';

/** False: the client went away or sent a body that can't be read; there is nobody to answer. */
export async function readBody(
  incoming: IncomingMessage,
  record: RecordedRequest,
): Promise<boolean> {
  const type = String(incoming.headers['content-type'] ?? '');
  try {
    if (type.startsWith('multipart/')) {
      record.parts = await readMultipart(incoming, type);
      return true;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    record.text = Buffer.concat(chunks).toString('utf8');
    if (type.startsWith('application/json')) record.json = JSON.parse(record.text);
    return true;
  } catch {
    incoming.socket.destroy();
    return false;
  }
}

export function give(response: ServerResponse, answer: Answer): void {
  if (answer.never) return;
  if (answer.drop) {
    response.socket?.destroy();
    return;
  }
  const json = 'json' in answer;
  const body = json ? JSON.stringify(answer.json) : (answer.bytes ?? answer.text ?? '');
  response.writeHead(answer.status ?? 200, {
    'content-type': json ? 'application/json' : 'text/plain',
    ...(answer.chunked ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    ...answer.headers,
  });
  response.end(body);
}

/** A server on a free loopback port; closing it cuts whatever is still open. */
export async function serve(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

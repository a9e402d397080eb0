import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseBody, readText } from '../../../src/simulator/host/call.ts';
import { Problem, problems } from '../../../src/simulator/host/problem.ts';
import { checkJsonType, type Violation } from '../../../src/simulator/host/rules.ts';
import { openGate } from '../gate.ts';
import type { Answer } from './answers.ts';
import { readParts } from './multipart.ts';
import type { RecordedRequest } from './world.ts';

/** What is wrong with the body as such; `gone`: the client went away, and there is nobody to answer. */
export async function readBody(
  incoming: IncomingMessage,
  record: RecordedRequest,
  maxBytes: number,
  note: (violation: Violation) => void,
): Promise<'gone' | Problem | undefined> {
  const multipart = /^multipart\//.test(incoming.headers['content-type'] ?? '');
  try {
    if (multipart) {
      record.parts = await readParts(incoming, maxBytes, note);
      return undefined;
    }
    record.text = await readText(incoming);
    if (incoming.method === 'GET' || record.text === '') return undefined;
    checkJsonType(incoming);
    record.json = parseBody(record.text);
    return undefined;
  } catch (error) {
    if (incoming.errored) return 'gone';
    return error instanceof Problem ? error : problems.cutOff();
  } finally {
    // Whoever is refused in the middle of a body is still told so.
    incoming.resume();
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
  if (answer.breakAfter === undefined) response.end(body);
  else response.write(body.slice(0, answer.breakAfter), () => response.socket?.destroy());
}

/** A server on a free loopback port; closing it cuts whatever is still open. */
export async function serve(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  gate = openGate,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(
    (request, response) => void gate(request, response, () => handle(request, response)),
  );
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

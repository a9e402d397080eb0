/** Answers to requests that are not taken. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers, and ends the connection: the rest of the request is not waited for. */
export function refuse(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  res.writeHead(status, { 'content-type': 'text/plain', connection: 'close', ...headers });
  res.end(text, () => req.socket.destroySoon());
}

/** True when the method is one of these; else that has been said. */
export function hasMethod(
  req: IncomingMessage,
  res: ServerResponse,
  ...methods: readonly string[]
): boolean {
  if (methods.includes(req.method ?? '')) return true;
  refuse(req, res, 405, 'This address does not take that.\n', { allow: methods.join(', ') });
  return false;
}

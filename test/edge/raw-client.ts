/** A client below HTTP: sends what it likes, as slowly as it likes. */
import { connect, type Socket } from 'node:net';

export interface RawClient {
  readonly socket: Socket;
  send(text: string | Buffer): void;
  /** Everything that was answered, once the other side has ended the connection. */
  readonly ended: Promise<string>;
  /** What has been answered so far. */
  answer(): string;
}

export function rawClient(port: number): RawClient {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A server that hangs up while we are sending is what is asked for.
  socket.on('error', () => {});
  const answer = () => Buffer.concat(chunks).toString('latin1');
  return {
    socket,
    send: (text) => void socket.write(text),
    answer,
    ended: new Promise((resolve) => socket.once('close', () => resolve(answer()))),
  };
}

export const head = (method: string, path: string, headers: Record<string, string> = {}): string =>
  `${method} ${path} HTTP/1.1\r\nhost: bot\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;

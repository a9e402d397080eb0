/** The server's side of a WebSocket, as far as a gateway needs it: text frames, pings, closes. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

export interface Wire {
  send(text: string): void;
  /** With a close frame that says why. */
  close(code: number): void;
  /** Without a word, as a broken network. */
  cut(): void;
}

export interface WireEvents {
  onText(text: string): void;
  onEnd(): void;
}

const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const Opcode = { text: 1, close: 8, ping: 9, pong: 10 } as const;

export function acceptWebSocket(
  request: IncomingMessage,
  socket: Duplex,
  events: WireEvents,
): Wire {
  const key = request.headers['sec-websocket-key'];
  const accept = createHash('sha1').update(`${key}${MAGIC}`).digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  const write = (opcode: number, body: Buffer) => {
    if (socket.writable) socket.write(Buffer.concat([frameHead(opcode, body.length), body]));
  };
  let pending = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    for (let frame = firstFrame(pending); frame; frame = firstFrame(pending)) {
      pending = pending.subarray(frame.end);
      if (frame.opcode === Opcode.text) events.onText(frame.body.toString());
      if (frame.opcode === Opcode.ping) write(Opcode.pong, frame.body);
      if (frame.opcode === Opcode.close) {
        write(Opcode.close, frame.body);
        socket.end();
      }
    }
  });
  socket.on('error', () => {});
  socket.once('close', () => events.onEnd());
  return {
    send: (text) => write(Opcode.text, Buffer.from(text)),
    close: (code) => write(Opcode.close, Buffer.from([code >> 8, code & 0xff])),
    cut: () => void socket.destroy(),
  };
}

function frameHead(opcode: number, length: number): Buffer {
  const extra = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const head = Buffer.alloc(2 + extra);
  head[0] = 0x80 | opcode;
  head[1] = extra === 0 ? length : extra === 2 ? 126 : 127;
  if (extra === 2) head.writeUInt16BE(length, 2);
  if (extra === 8) head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}

/** Clients mask their frames, and do not fragment what is as short as theirs. */
function firstFrame(bytes: Buffer): { opcode: number; body: Buffer; end: number } | undefined {
  if (bytes.length < 6) return undefined;
  const short = bytes.readUInt8(1) & 0x7f;
  const extra = short < 126 ? 0 : short === 126 ? 2 : 8;
  const start = 6 + extra;
  if (bytes.length < start) return undefined;
  const length =
    extra === 0 ? short : extra === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < start + length) return undefined;
  const mask = bytes.subarray(start - 4, start);
  const body = Buffer.from(bytes.subarray(start, start + length));
  for (const [index, byte] of body.entries()) body[index] = byte ^ (mask[index % 4] ?? 0);
  return { opcode: bytes.readUInt8(0) & 0x0f, body, end: start + length };
}

/**
 * Reads the bodies of requests that nobody has vouched for yet: each is bounded, and so is what all of them together
 * hold. Where room runs out, the one that has been arriving longest goes: an honest sender is done in moments, and
 * whoever fills the room in order to keep others out loses it first.
 */
import type { IncomingMessage } from 'node:http';

/** `broken-off`: by the sender; there is nobody left to answer. */
export class BodyRefused extends Error {
  override name = 'BodyRefused';
  readonly reason: 'too-large' | 'crowded' | 'broken-off';
  constructor(reason: BodyRefused['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

export interface BodyReader {
  /** Rejects with `BodyRefused`; what the sender still sends is then the caller's to end. */
  read(req: IncomingMessage): Promise<Buffer>;
  /** Bytes of bodies that are not complete. */
  held(): number;
}

export interface BodyLimits {
  /** Bytes of one body. */
  readonly each: number;
  /** Bytes of all incomplete bodies. */
  readonly inAll: number;
}

interface Arriving {
  bytes: number;
  end(refused: BodyRefused): void;
}

export function createBodyReader({ each, inAll }: BodyLimits): BodyReader {
  /** Oldest first. */
  const arriving = new Set<Arriving>();
  let held = 0;

  function makeRoom(): void {
    for (const oldest of arriving) {
      if (held <= inAll) return;
      oldest.end(new BodyRefused('crowded', 'too many bodies are arriving at once'));
    }
  }

  const tooLarge = () => new BodyRefused('too-large', `the body is larger than ${each} bytes`);

  async function read(req: IncomingMessage): Promise<Buffer> {
    if (Number(req.headers['content-length'] ?? 0) > each) throw tooLarge();
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      const own: Arriving = {
        bytes: 0,
        end(refused) {
          settle();
          reject(refused);
        },
      };
      const take = (chunk: Buffer): void => {
        if (own.bytes + chunk.length > each) {
          own.end(tooLarge());
          return;
        }
        chunks.push(chunk);
        own.bytes += chunk.length;
        held += chunk.length;
        makeRoom();
      };
      const complete = (): void => {
        settle();
        resolve(Buffer.concat(chunks));
      };
      const broken = (cause?: unknown): void =>
        own.end(new BodyRefused('broken-off', 'the body was broken off', { cause }));
      function settle(): void {
        arriving.delete(own);
        held -= own.bytes;
        req.off('data', take).off('end', complete).off('close', broken).off('error', broken);
        // A later error of the same connection has nobody else to hear it.
        req.on('error', () => {});
        req.pause();
      }
      arriving.add(own);
      req.on('data', take).on('end', complete).on('close', broken).on('error', broken);
    });
  }

  return { read, held: () => held };
}

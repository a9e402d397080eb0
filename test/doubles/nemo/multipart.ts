import type { IncomingMessage } from 'node:http';
import { bodyOf } from '../../../src/simulator/host/call.ts';
import { boundaryOf, readMultipart } from '../../../src/simulator/host/multipart.ts';
import { measurePart } from '../../../src/simulator/host/part-rules.ts';
import type { Violation } from '../../../src/simulator/host/rules.ts';

/** One part of a multipart body; its content is hashed as it flows and never kept. */
export interface ReceivedPart {
  readonly field: string;
  readonly filename: string;
  readonly mime: string | undefined;
  readonly bytes: number;
  readonly sha256: string;
  /** By the extension, whatever the client said. */
  readonly type: 'video' | 'image' | 'audio';
}

/** Reads an upload of any size in constant memory. Throws where the framing is broken or a part is none that is taken. */
export async function readParts(
  request: IncomingMessage,
  maxBytes: number,
  note: (violation: Violation) => void,
): Promise<ReceivedPart[]> {
  const parts: ReceivedPart[] = [];
  const boundary = boundaryOf(request.headers['content-type'] ?? '') ?? '';
  await readMultipart(bodyOf(request), boundary, async (head) => {
    const measured = measurePart(head, maxBytes, note);
    return {
      write: async (chunk) => measured.take(chunk),
      async end() {
        const sha256 = measured.finish();
        const { filename, type, bytes } = measured;
        parts.push({ field: head.field, filename, mime: head.mime, bytes, sha256, type });
      },
    };
  });
  return parts;
}

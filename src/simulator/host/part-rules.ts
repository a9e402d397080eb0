/** What may be uploaded: field, name, kind and size of one part, looked at as it comes in. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Media } from '../world.ts';
import type { PartHead } from './multipart.ts';
import { problems } from './problem.ts';
import type { Violation } from './rules.ts';

/** By extension, as the real service decides it; what a client claims is not served back. */
const KINDS: Readonly<Record<string, readonly [Media['type'], string]>> = {
  mp4: ['video', 'video/mp4'],
  mov: ['video', 'video/quicktime'],
  avi: ['video', 'video/x-msvideo'],
  webm: ['video', 'video/webm'],
  mkv: ['video', 'video/x-matroska'],
  jpg: ['image', 'image/jpeg'],
  jpeg: ['image', 'image/jpeg'],
  png: ['image', 'image/png'],
  gif: ['image', 'image/gif'],
  webp: ['image', 'image/webp'],
  mp3: ['audio', 'audio/mpeg'],
  wav: ['audio', 'audio/wav'],
  m4a: ['audio', 'audio/mp4'],
  aac: ['audio', 'audio/aac'],
};

export const MAX_UPLOAD_BYTES = 500 * 1024 * 1024;

export function kindOf(filename: string): readonly [Media['type'], string] {
  const kind = KINDS[path.extname(filename).slice(1).toLowerCase()];
  if (!kind) throw problems.badFile(filename);
  return kind;
}

export interface Measured {
  readonly filename: string;
  readonly type: Media['type'];
  readonly mime: string;
  readonly bytes: number;
  take(chunk: Buffer): void;
  /** The content's SHA-256 in hex. */
  finish(): string;
}

/** Throws, here or in its methods, as soon as the part is seen to be none that is taken. */
export function measurePart(
  head: PartHead,
  maxBytes: number,
  note: (violation: Violation) => void,
): Measured {
  if (head.field !== 'files') {
    note({ rule: 'multipart-field', detail: head.field });
    throw problems.bad(`unexpected field: ${head.field}`);
  }
  const filename = path.basename(head.filename ?? '');
  if (filename === '') throw problems.bad('a part without a file name');
  if (head.mime === undefined) note({ rule: 'multipart-type', detail: filename });
  const [type, mime] = kindOf(filename);
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    filename,
    type,
    mime,
    get bytes() {
      return bytes;
    },
    take(chunk) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw problems.tooLarge();
      hash.update(chunk);
    },
    finish() {
      if (bytes === 0) throw problems.bad(`${filename} is empty`);
      return hash.digest('hex');
    },
  };
}

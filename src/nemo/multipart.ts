/** A multipart body of files, written by hand: its length is known beforehand and nothing is held. */
import { Readable } from 'node:stream';
import { UploadCutOff } from './errors.ts';
import type { UploadFile } from './nemo.ts';

export interface MultipartBody {
  readonly contentType: string;
  /** Exactly what the stream will give; a file of another length breaks it with `UploadCutOff`. */
  readonly bytes: number;
  /** Opens the files one after the other, each when its turn comes. Used once. */
  stream(signal: AbortSignal, watch: Watch): Readable;
}

export interface Watch {
  /** A piece of a file has moved. */
  onChunk(): void;
  /** A file could not be opened or read, or has another length: the cause of the broken body. */
  onBroken(cause: unknown): void;
}

/** `boundary` must not occur in any file: use a random one. */
export function multipartBody(
  field: string,
  files: readonly UploadFile[],
  boundary: string,
): MultipartBody {
  const parts = files.map((file) => ({ file, head: Buffer.from(partHead(field, file, boundary)) }));
  const tail = Buffer.from(`--${boundary}--\r\n`);
  const bytes = parts.reduce(
    (sum, { file, head }) => sum + head.length + file.bytes + 2,
    tail.length,
  );

  async function* write(signal: AbortSignal, watch: Watch): AsyncGenerator<Uint8Array> {
    for (const { file, head } of parts) {
      yield head;
      for await (const chunk of exactly(file, signal, watch)) {
        watch.onChunk();
        yield chunk;
      }
      yield lineEnd;
    }
    yield tail;
  }
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bytes,
    stream: (signal, watch) => Readable.from(write(signal, watch), { objectMode: false }),
  };
}

const lineEnd = Buffer.from('\r\n');

/** The file's bytes, if they are as many as announced: a short file must never pass for a whole one. */
async function* exactly(
  file: UploadFile,
  signal: AbortSignal,
  { onBroken }: Watch,
): AsyncGenerator<Uint8Array> {
  const source = await file.open(signal).catch((cause: unknown) => {
    onBroken(cause);
    throw cause;
  });
  let seen = 0;
  try {
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      seen += chunk.length;
      if (seen > file.bytes) break;
      yield chunk;
    }
  } catch (cause) {
    // What is thrown here may also come from the connection, which closes the source without an error.
    if (source.errored) onBroken(source.errored);
    throw cause;
  }
  if (seen === file.bytes) return;
  const found = seen > file.bytes ? 'more' : `only ${seen}`;
  const cut = new UploadCutOff('upload', `${file.bytes} bytes were announced, ${found} came`);
  onBroken(cut);
  throw cut;
}

function partHead(field: string, file: UploadFile, boundary: string): string {
  return [
    `--${boundary}`,
    `Content-Disposition: form-data; name="${field}"; filename="${escapeName(file.name)}"`,
    `Content-Type: ${file.mime}`,
    '',
    '',
  ].join('\r\n');
}

/** As browsers do it: raw UTF-8, and only what would end the quotes or the line is percent-encoded. */
export function escapeName(name: string): string {
  return name
    .toWellFormed()
    .replace(/"/g, '%22')
    .replace(/\r/g, '%0D')
    .replace(/\n/g, '%0A')
    .replaceAll('\0', '');
}

/** Looks at the first bytes of a stream and puts them back. */
import type { Readable } from 'node:stream';

/** Undefined for a stream without bytes. Rejects with the stream's own error. */
export function firstChunk(stream: Readable): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      stream
        .off('readable', onReadable)
        .off('end', onEnd)
        .off('error', onError)
        .off('close', onClose);
      act();
    };
    const onReadable = () => {
      const chunk: Buffer | null = stream.read();
      if (chunk === null) return;
      stream.unshift(chunk);
      settle(() => resolve(chunk));
    };
    const onEnd = () => settle(() => resolve(undefined));
    const onError = (error: Error) => settle(() => reject(error));
    const onClose = () =>
      settle(() => reject(new Error('the stream was closed before its first byte')));
    stream
      .on('readable', onReadable)
      .once('end', onEnd)
      .once('error', onError)
      .once('close', onClose);
  });
}

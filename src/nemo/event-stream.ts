/** Bytes of an event stream to frames, however they are cut, in bounded memory. */
import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** Characters of one event; the largest sensible one, a whole state in a delta, stays far below. */
const MAX_EVENT_CHARS = 16_000_000;

/** What the bytes hold: a frame, a comment, or an event too large to be held, which is skipped. */
export type StreamItem =
  | { readonly data: string; readonly name: string | undefined }
  | 'comment'
  | 'too-large';

/** Gives all that is complete so far; `onBytes` is told of every chunk, heartbeats of any form included. */
export async function* readEventStream(
  body: AsyncIterable<Uint8Array>,
  onBytes: () => void,
): AsyncGenerator<StreamItem> {
  const found: StreamItem[] = [];
  let overflown = false;
  const parser = createParser({
    maxBufferSize: MAX_EVENT_CHARS,
    onEvent: ({ data, event }: EventSourceMessage) => found.push({ data, name: event }),
    onComment: () => found.push('comment'),
    onError: ({ type }) => {
      if (type !== 'max-buffer-size-exceeded') return;
      overflown = true;
      found.push('too-large');
    },
  });
  const decoder = new TextDecoder();
  let skipped = '';
  for await (const chunk of body) {
    onBytes();
    let text = decoder.decode(chunk, { stream: true });
    if (overflown) {
      // The rest of what was too large ends with a blank line, like every event; it may be cut too.
      text = skipped + text;
      const end = /\r?\n\r?\n/.exec(text);
      skipped = text.slice(-3);
      if (end === null) continue;
      text = text.slice(end.index + end[0].length);
      overflown = false;
      parser.reset();
    }
    parser.feed(text);
    yield* found.splice(0);
  }
  // A server may close right after its last line; the standard would then drop that event.
  if (!overflown) parser.feed(`${decoder.decode()}\n\n`);
  yield* found.splice(0);
}

/** An event stream as it goes by, frame by frame, with what was said in it redacted. */

/** Of one frame; what is longer is recorded as a comment. */
const MOST_CHARS = 4_000_000;
const END = /\r?\n\r?\n/;

export interface FrameReader {
  take(chunk: Buffer): void;
  end(): void;
}

/** `onFrame` gets each with its end, as it would be sent again. */
export function frameReader(
  redact: (data: string) => string,
  onFrame: (frame: string) => void,
): FrameReader {
  const decoder = new TextDecoder();
  /** Of the frame that has not ended. */
  let pieces: string[] = [];
  let length = 0;
  /** An end may be cut between two chunks. */
  let tail = '';

  function give(frame: string): void {
    const kept: string[] = [];
    const data: string[] = [];
    for (const line of frame.split(/\r?\n/)) {
      if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
      else if (/^event: ?[\w.-]{1,40}$/.test(line) || /^retry: ?\d{1,9}$/.test(line))
        kept.push(line);
      else if (line.startsWith(':')) kept.push(`: ${redact(line.slice(1).trim())}`.trimEnd());
    }
    if (data.length > 0)
      kept.push(
        ...redact(data.join('\n'))
          .split('\n')
          .map((line) => `data: ${line}`.trimEnd()),
      );
    onFrame(`${kept.join('\n')}\n\n`);
  }

  function keep(text: string): void {
    length += text.length;
    if (length <= MOST_CHARS) pieces.push(text);
  }

  function whole(more: string): string {
    const text = length > MOST_CHARS ? ': a frame too long to be recorded' : pieces.join('');
    pieces = [];
    length = 0;
    return text + more;
  }

  return {
    take(chunk) {
      const text = decoder.decode(chunk, { stream: true });
      const seen = tail + text;
      tail = seen.slice(-3);
      if (!END.test(seen)) {
        keep(text);
        return;
      }
      const frames = whole(text).split(END);
      keep(frames.pop() ?? '');
      for (const frame of frames) give(frame);
    },
    end() {
      const rest = whole('');
      if (rest.trim() !== '') give(rest);
    },
  };
}

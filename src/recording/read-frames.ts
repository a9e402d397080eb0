/** An event stream as it goes by, frame by frame, with what was said in it redacted. */

/** Of one frame; what is longer is recorded as a comment. */
const MOST_CHARS = 4_000_000;

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
  let rest = '';

  function give(frame: string): void {
    if (frame.length > MOST_CHARS) {
      onFrame(': a frame too long to be recorded\n\n');
      return;
    }
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

  return {
    take(chunk) {
      rest += decoder.decode(chunk, { stream: true });
      const frames = rest.split(/\r?\n\r?\n/);
      rest = frames.pop() ?? '';
      for (const frame of frames) give(frame);
    },
    end() {
      if (rest.trim() !== '') give(rest);
      rest = '';
    },
  };
}

/** Splits a multipart body as it comes in; nothing but a delimiter's length is held back. */
export interface PartHead {
  readonly field: string;
  readonly filename: string | undefined;
  readonly mime: string | undefined;
}

export interface PartSink {
  write(chunk: Buffer): Promise<void>;
  end(): Promise<void>;
}

const MAX_HEAD_BYTES = 16 * 1024;

/** Rejects when the body ends before its closing delimiter. Parts are written one after the other. */
export async function readMultipart(
  source: AsyncIterable<Buffer>,
  boundary: string,
  open: (head: PartHead) => Promise<PartSink>,
): Promise<void> {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // The first delimiter has no line before it.
  let rest: Buffer = Buffer.from('\r\n');
  let sink: PartSink | undefined;
  let place: 'body' | 'delimiter' | 'head' | 'end' = 'body';
  // A part's body is read with the line end before it, since that may belong to a delimiter.
  let skip = 0;
  for await (const chunk of source) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let more = true; more; ) {
      switch (place) {
        case 'body': {
          const at = rest.indexOf(delimiter);
          const cut = at < 0 ? Math.max(0, rest.length - delimiter.length) : at;
          const skipped = Math.min(skip, cut);
          skip -= skipped;
          if (cut > skipped) await sink?.write(rest.subarray(skipped, cut));
          more = at >= 0;
          rest = rest.subarray(more ? at + delimiter.length : cut);
          if (!more) break;
          await sink?.end();
          sink = undefined;
          place = 'delimiter';
          break;
        }
        case 'delimiter':
          more = rest.length >= 2;
          if (!more) break;
          place = rest.toString('latin1', 0, 2) === '--' ? 'end' : 'head';
          break;
        case 'head': {
          const at = rest.indexOf('\r\n\r\n');
          more = at >= 0;
          if (!more && rest.length > MAX_HEAD_BYTES) throw new Error('a part has too long a head');
          if (!more) break;
          sink = await open(readHead(rest.toString('utf8', 0, at)));
          rest = rest.subarray(at + 2);
          skip = 2;
          place = 'body';
          break;
        }
        case 'end':
          rest = Buffer.alloc(0);
          more = false;
      }
    }
  }
  if (place !== 'end') throw new Error('the body was cut off');
}

export function boundaryOf(contentType: string): string | undefined {
  const match = /^multipart\/form-data\s*;.*?boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  return match?.[1] ?? match?.[2];
}

/** As browsers write it: no escapes but those in percent, so that a backslash is a backslash. */
function readHead(head: string): PartHead {
  const disposition = /content-disposition:\s*form-data\s*;([^\r\n]*)/i.exec(head)?.[1] ?? '';
  const unquote = (text: string | undefined) => text?.replace(/%22/g, '"');
  return {
    field: unquote(/[ ;]name="([^"]*)"/i.exec(disposition)?.[1]) ?? '',
    filename: unquote(/[ ;]filename="([^"]*)"/i.exec(disposition)?.[1]),
    mime: /^content-type:\s*([^\r\n]+)/im.exec(head)?.[1]?.trim(),
  };
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundaryOf, readMultipart } from '../../src/simulator/host/multipart.ts';

interface Received {
  field: string;
  filename: string | undefined;
  body: Buffer;
}

async function receive(chunks: Iterable<Buffer>, boundary: string): Promise<Received[]> {
  const received: Received[] = [];
  const source = (async function* () {
    yield* chunks;
  })();
  await readMultipart(source, boundary, async ({ field, filename }) => {
    const part: Received = { field, filename, body: Buffer.alloc(0) };
    return {
      async write(chunk) {
        part.body = Buffer.concat([part.body, chunk]);
      },
      async end() {
        received.push(part);
      },
    };
  });
  return received;
}

async function encode(files: readonly File[]): Promise<{ body: Buffer; boundary: string }> {
  const form = new FormData();
  for (const file of files) form.append('files', file);
  const request = new Request('http://x', { method: 'POST', body: form });
  const boundary = boundaryOf(request.headers.get('content-type') ?? '') ?? '';
  return { body: Buffer.from(await request.arrayBuffer()), boundary };
}

function cut(body: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  for (let i = 0; at < body.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    chunks.push(body.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

const content = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.constantFrom('\r\n', '\r\n--', '\r\n----', '--\r\n\r\n').map((text) => Buffer.from(text)),
);

test('files come out as they went in, however the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(content, { minLength: 1, maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }),
      async (contents, sizes) => {
        const files = contents.map(
          (bytes, i) => new File([new Uint8Array(bytes)], `f ${i} "é".png`),
        );
        const { body, boundary } = await encode(files);
        const received = await receive(cut(body, sizes), boundary);
        expect(received.map(({ field, filename }) => [field, filename])).toEqual(
          files.map(({ name }) => ['files', name]),
        );
        received.forEach((part, i) => {
          expect(part.body.equals(Buffer.from(contents[i] ?? []))).toBe(true);
        });
      },
    ),
  );
});

test('a body without its end is refused, wherever it was cut', async () => {
  const { body, boundary } = await encode([new File(['hello'], 'a.png')]);
  const closing = body.lastIndexOf(`--${boundary}`) + boundary.length + 4;
  for (let length = 0; length < closing; length += 7) {
    await expect(receive([body.subarray(0, length)], boundary)).rejects.toThrow('cut off');
  }
});

test('the boundary is read with and without quotes', () => {
  expect(boundaryOf('multipart/form-data; boundary=abc')).toBe('abc');
  expect(boundaryOf('multipart/form-data; charset=utf-8; boundary="a b"')).toBe('a b');
  expect(boundaryOf('application/json')).toBeUndefined();
});

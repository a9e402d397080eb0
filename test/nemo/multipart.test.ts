import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UploadCutOff } from '../../src/nemo/errors.ts';
import { escapeName, multipartBody } from '../../src/nemo/multipart.ts';
import type { UploadFile } from '../../src/nemo/nemo.ts';
import { type PartHead, readMultipart } from '../../src/simulator/host/multipart.ts';
import { failure } from './client.ts';

const signal = new AbortController().signal;
const deaf = { onChunk: () => {}, onBroken: () => {} };

function file(name: string, content: Uint8Array, bytes = content.length): UploadFile {
  return { name, mime: 'image/png', bytes, open: async () => Readable.from([content]) };
}

async function bytesOf(files: readonly UploadFile[]): Promise<{ announced: number; body: Buffer }> {
  const multipart = multipartBody('files', files, 'B-0123456789');
  const chunks: Buffer[] = [];
  for await (const chunk of multipart.stream(signal, deaf)) chunks.push(chunk as Buffer);
  return { announced: multipart.bytes, body: Buffer.concat(chunks) };
}

test('any names and contents come out as they went in, and as long as announced', async () => {
  const content = fc.uint8Array({ maxLength: 300 });
  const name = fc.string({ unit: 'binary', maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, content), { maxLength: 4 }), async (given) => {
      const { announced, body } = await bytesOf(given.map(([n, c]) => file(n, c)));
      expect(body.length).toBe(announced);
      const read: { head: PartHead; bytes: Buffer }[] = [];
      await readMultipart(Readable.from([body]), 'B-0123456789', async (head) => {
        const part = { head, bytes: Buffer.alloc(0) };
        read.push(part);
        return {
          async write(chunk) {
            part.bytes = Buffer.concat([part.bytes, chunk]);
          },
          async end() {},
        };
      });
      expect(read).toEqual(
        given.map(([name, content]) => ({
          head: {
            field: 'files',
            filename: escapeName(name).replaceAll('%22', '"'),
            mime: 'image/png',
          },
          bytes: Buffer.from(content),
        })),
      );
    }),
    { numRuns: 40 },
  );
});

test('no name can end its quotes or its line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(escapeName(name)).not.toMatch(/["\r\n\0]/);
    }),
  );
  expect(escapeName('海 "one"\r\n.png')).toBe('海 %22one%22%0D%0A.png');
});

describe('a file of another length than announced', () => {
  test.each([
    ['shorter', 5],
    ['longer', 3],
    ['empty', 1],
  ])('%s breaks the body', async (kind, announced) => {
    const content = kind === 'empty' ? Buffer.alloc(0) : Buffer.from('four');
    expect(await failure(bytesOf([file('a.png', content, announced)]))).toBeInstanceOf(
      UploadCutOff,
    );
  });
});

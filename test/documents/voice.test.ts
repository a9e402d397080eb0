/** Voice messages in the real thread: what becomes of a good one, and a sentence's reason for every other. */
import { afterAll, describe, expect, test } from 'vitest';
import { DocumentUnreadable } from '../../src/documents/document.ts';
import { createDocumentReader } from '../../src/documents/document-reader.ts';
import type { Recording } from '../../src/documents/voice/recording.ts';
import { attached, fixture } from './files.ts';

const reader = createDocumentReader({ maxSeconds: 5 });
afterAll(() => reader.close());
const { signal } = new AbortController();
const listen = (bytes: Uint8Array) => reader.listen(attached('voice.ogg', bytes), signal);

async function outcome(bytes: Uint8Array): Promise<Recording | string> {
  try {
    return await listen(bytes);
  } catch (error) {
    if (error instanceof DocumentUnreadable) return error.reason;
    throw error;
  }
}

const voice = fixture('voice.ogg');

test.each([
  ['voice.ogg', 1.5],
  ['voice-stereo.opus', 0.5],
])('%s becomes a WAV file of %d seconds with its tone in it', async (name, seconds) => {
  const { wave, ...rest } = await listen(fixture(name));
  expect(rest).toEqual({ seconds });
  const file = Buffer.from(wave);
  expect(file.toString('latin1', 0, 4)).toBe('RIFF');
  expect(file.toString('latin1', 8, 16)).toBe('WAVEfmt ');
  const { length } = file;
  expect(length).toBe(44 + seconds * 32_000);
  expect([4, 16, 24, 28, 40].map((at) => file.readUInt32LE(at))).toEqual([
    length - 8,
    16,
    16_000,
    32_000,
    length - 44,
  ]);
  expect([20, 22, 32, 34].map((at) => file.readUInt16LE(at))).toEqual([1, 1, 2, 16]);
  const samples = new Int16Array(wave.buffer, 44);
  let crossings = 0;
  for (let at = 1; at < samples.length; at += 1)
    if ((samples[at - 1] ?? 0) < 0 !== (samples[at] ?? 0) < 0) crossings += 1;
  expect(Math.abs(crossings / 2 / seconds - 440)).toBeLessThan(5);
  expect(samples.reduce((most, sample) => Math.max(most, sample), 0)).toBeGreaterThan(2_000);
});

/** Where each page begins. */
const pages = [...voice.toString('latin1').matchAll(/OggS/g)].map(({ index }) => index);
const with_ = (change: (bytes: Buffer) => void): Buffer => {
  const copy = Buffer.from(voice);
  change(copy);
  return copy;
};

/** As Ogg reckons it (RFC 3533, 6): bit by bit. */
function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit += 1) sum = sum < 0 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  }
  return sum >>> 0;
}

describe('what cannot be heard whole', () => {
  test('cut off anywhere, it is damaged; between two pages, it is shorter at most', async () => {
    for (let end = 1; end < voice.length; end += 97) {
      const cut = await outcome(voice.subarray(0, end));
      if (!pages.includes(end)) expect(cut, `at ${end}`).toBe('damaged');
    }
  });

  test('a byte flipped in any page is noticed', async () => {
    for (const [number, page] of pages.entries()) {
      const flipped = with_((bytes) =>
        bytes.writeUInt8(bytes.readUInt8(page + 40) ^ 0x10, page + 40),
      );
      expect(await outcome(flipped), `page ${number}`).toBe('damaged');
    }
  });

  test('a page that is missing in the middle of a packet is noticed', async () => {
    const orphan = with_((bytes) => bytes.writeUInt8(1, (pages[1] ?? 0) + 5));
    expect(await outcome(orphan)).toBe('damaged');
  });

  test.each<[string, Uint8Array, string]>([
    ['another codec in the same container', fixture('vorbis.ogg'), 'wrong-kind'],
    ['a document', fixture('brief.docx'), 'damaged'],
    ['text', Buffer.from('OggS and then nothing of it'), 'damaged'],
    ['the head alone', voice.subarray(0, pages[1]), 'damaged'],
    ['head and tags alone', voice.subarray(0, pages[2]), 'empty'],
    ['nothing', Buffer.alloc(0), 'wrong-kind'],
  ])('%s', async (_, bytes, reason) => {
    expect(await outcome(bytes)).toBe(reason);
  });

  test('longer than is taken, whatever it says of itself', async () => {
    const strict = createDocumentReader({ maxSeconds: 0.3 });
    const page = pages.at(-1) ?? 0;
    const modest = with_((bytes) => {
      bytes.writeBigInt64LE(960n, page + 6);
      bytes.writeUInt32LE(0, page + 22);
      bytes.writeUInt32LE(checksum(bytes.subarray(page)), page + 22);
    });
    try {
      const heard = strict.listen(attached('voice.ogg', modest), signal);
      await expect(heard).rejects.toMatchObject({ reason: 'too-large' });
    } finally {
      await strict.close();
    }
  });

  test('longer than is taken, by what it says of itself', async () => {
    const strict = createDocumentReader({ maxSeconds: 1 });
    try {
      const heard = strict.listen(attached('voice.ogg', voice), signal);
      await expect(heard).rejects.toMatchObject({ reason: 'too-large' });
    } finally {
      await strict.close();
    }
  });

  test('more bytes than a file may have are not read', async () => {
    const small = createDocumentReader({ maxBytes: 1_000 });
    try {
      const heard = small.listen(attached('voice.ogg', voice), signal);
      await expect(heard).rejects.toMatchObject({ reason: 'too-large' });
    } finally {
      await small.close();
    }
  });

  test('the thread goes on with documents, and with the next recording', async () => {
    expect(await outcome(fixture('vorbis.ogg'))).toBe('wrong-kind');
    const { text } = await reader.read(attached('brief.docx'), signal);
    expect(text).toContain('Sea Breeze');
    expect((await listen(voice)).seconds).toBe(1.5);
  });
});

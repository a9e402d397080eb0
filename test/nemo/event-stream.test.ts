import { expect, test } from 'vitest';
import { readEventStream, type StreamItem } from '../../src/nemo/event-stream.ts';

async function* cut(bytes: Uint8Array, ...positions: number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const at of [...positions, bytes.length]) {
    yield bytes.subarray(from, at);
    from = at;
  }
}

async function read(chunks: AsyncIterable<Uint8Array>): Promise<StreamItem[]> {
  const items: StreamItem[] = [];
  for await (const item of readEventStream(chunks, () => {})) items.push(item);
  return items;
}

const stream = Buffer.from(
  ': hi\n\ndata: {"text":"城市 😀 é"}\n\nevent: heartbeat\n\nevent: x\r\ndata: a\r\ndata: b\r\n\r\ndata:\n\ndata: {"last":1}',
);

test('case 17: a stream means the same wherever it is cut', async () => {
  const whole = await read(cut(stream));
  expect(whole).toEqual([
    'comment',
    { data: '{"text":"城市 😀 é"}', name: undefined },
    { data: 'a\nb', name: 'x' },
    { data: '', name: undefined },
    { data: '{"last":1}', name: undefined },
  ]);
  for (let at = 1; at < stream.length; at += 1) {
    expect(await read(cut(stream, at))).toEqual(whole);
  }
  const everywhere = Array.from({ length: stream.length - 1 }, (_, at) => at + 1);
  expect(await read(cut(stream, ...everywhere))).toEqual(whole);
});

test('case 34: a last line without its blank line still counts', async () => {
  expect(await read(cut(Buffer.from('data: end')))).toEqual([{ data: 'end', name: undefined }]);
});

test('every chunk is a sign of life, also one that holds no event', async () => {
  let beats = 0;
  const chunks = cut(Buffer.from('event: heartbeat\n\n\n\n'), 3, 18);
  for await (const _item of readEventStream(chunks, () => (beats += 1)));
  expect(beats).toBe(3);
});

test('an event too large is skipped and told, and the next one is read', async () => {
  async function* flood(): AsyncGenerator<Uint8Array> {
    const block = Buffer.alloc(1_000_000, 'x');
    yield Buffer.from('data: ');
    for (let n = 0; n < 20; n += 1) yield block;
    yield Buffer.from('\n');
    yield Buffer.from('\ndata: after\n\n');
  }
  expect(await read(flood())).toEqual(['too-large', { data: 'after', name: undefined }]);
});

test('an event of ten million characters is read', async () => {
  const items = await read(cut(Buffer.from(`data: ${'x'.repeat(10_000_000)}\n\n`), 5_000_000));
  expect(items.map((item) => typeof item !== 'string' && item.data.length)).toEqual([10_000_000]);
});

/** Exports: the MP4 itself, read by a parser, and every way in which an export goes wrong. */
import { createCanvas } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, PATIENCE, startClient } from './client.ts';
import { readFilm } from './mp4-boxes.ts';

let client: Client;
beforeAll(async () => {
  client = await startClient();
});
afterAll(() => client.simulator.close());

let count = 0;
const newId = () => `render_${++count}`;

async function made(text: string): Promise<string> {
  const session = await client.session();
  await client.run(session, text);
  return session;
}

async function fetchFilm(url: string | undefined): Promise<Buffer> {
  const reply = await fetch(url ?? '');
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'video/mp4']);
  return Buffer.from(await reply.arrayBuffer());
}

describe('the film', () => {
  test.each([
    ['a 1-second video: Hello there. Bye.', undefined, 1280, 720],
    ['做一个1秒的竖屏视频：你好。再见。', undefined, 720, 1280],
    ['a 1-second vertical video: Hello there.', '1080p', 1080, 1920],
    ['a 1-second square video: Hello there.', undefined, 720, 720],
    ['a 1-second video: Hello there.', '360p', 640, 360],
  ])('%s (%s)', async (text, resolution, width, height) => {
    const session = await made(text);
    const id = newId();
    await client.render(session, id, {
      format: 'mp4',
      quality: 'high',
      ...(resolution && { resolution }),
    });
    const film = readFilm(await fetchFilm((await client.rendered(id)).outputUrl));
    const { draft } = await client.state(session);
    expect(film).toMatchObject({ codec: 'avc1', width, height });
    expect(film.seconds).toBeCloseTo((draft.d ?? 0) / 1000, 0);
    expect(film.keyFrames?.[0]).toBe(1);
    expect(film.keyFrames?.length).toBeLessThan(film.frames);
  });

  test('uploaded pictures are in it: it is not the film without them', async () => {
    const canvas = createCanvas(64, 64);
    const paint = canvas.getContext('2d');
    paint.fillStyle = '#f00';
    paint.fillRect(0, 0, 64, 64);
    const picture = new Uint8Array(canvas.toBuffer('image/png'));
    const film = async (files: readonly File[]) => {
      const session = await client.session();
      if (files.length > 0) await client.upload(session, files);
      await client.run(session, 'a 1-second video: Hello there.');
      const id = newId();
      await client.render(session, id);
      return fetchFilm((await client.rendered(id)).outputUrl);
    };
    const with_ = await film([new File([picture], 'red.png')]);
    const broken = await film([new File(['not a picture'], 'red.png')]);
    const without = await film([]);
    expect(readFilm(with_).frames).toBe(readFilm(without).frames);
    expect(with_.equals(without) || with_.equals(broken) || broken.equals(without)).toBe(false);
  });

  test('is served with its length and in ranges', async () => {
    const id = newId();
    await client.render(await made('a 1-second video: Hi.'), id);
    const url = (await client.rendered(id)).outputUrl ?? '';
    const whole = await fetchFilm(url);
    const part = await fetch(url, { headers: { range: 'bytes=10-19' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 10-19/${whole.length}`);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(10, 20));
    const tail = await fetch(url, { headers: { range: 'bytes=-5' } });
    expect(Buffer.from(await tail.arrayBuffer())).toEqual(whole.subarray(-5));
    const beyond = await fetch(url, { headers: { range: `bytes=${whole.length}-` } });
    expect(beyond.status).toBe(416);
    const head = await fetch(url, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(whole.length));
  });
});

describe('the order', () => {
  test('goes from pending over processing to completed', async () => {
    const id = newId();
    const submitted = await client.render(await made('a 1-second video: Hi.'), id);
    expect(submitted.body).toMatchObject({ success: true, data: { id, status: 'pending' } });
    const seen = new Set<string>();
    for (;;) {
      const { body } = await client.get(`/api/render/proxy/lambda/${id}`);
      const status = /"status":"(\w+)"/.exec(JSON.stringify(body))?.[1] ?? '';
      seen.add(status);
      if (status === 'completed') break;
    }
    // The first look may come too late for it, which the answer to the order has shown already.
    seen.delete('pending');
    expect([...seen]).toEqual(['processing', 'completed']);
  });

  test('without a draft, with a used id or with a path for an id is refused', async () => {
    expect((await client.render(await client.session(), newId())).status).toBe(422);
    const session = await made('a 1-second video: Hi.');
    const id = newId();
    await client.render(session, id);
    expect((await client.render(session, id)).body).toMatchObject({ success: false });
    expect((await client.render(session, '../evil')).status).toBe(422);
    expect((await client.get('/api/render/proxy/lambda/unknown')).status).toBe(404);
  });

  test('can be cancelled', async () => {
    const id = newId();
    await client.render(await made('a 1-second video: Hi.'), id);
    await client.post(`/api/render/proxy/lambda/${id}/cancel`, {});
    expect((await client.rendered(id)).status).toBe('failed');
  });
});

describe('faults', () => {
  test('render-fail fails once, render-fail-twice twice', async () => {
    const outcomes = async (text: string, times: number) => {
      const session = await made(text);
      const list: string[] = [];
      for (let i = 0; i < times; i++) {
        const id = newId();
        await client.render(session, id);
        list.push((await client.rendered(id)).status);
      }
      return list;
    };
    expect(await outcomes('a 1-second video: Hi. [[sim:render-fail]]', 2)).toEqual([
      'failed',
      'completed',
    ]);
    expect(await outcomes('a 1-second video: Hi. [[sim:render-fail-twice]]', 3)).toEqual([
      'failed',
      'failed',
      'completed',
    ]);
  });

  test('plan is 402 and not about credits', async () => {
    const session = await made('a 1-second video: Hi. [[sim:plan]]');
    const refused = await client.render(session, newId());
    expect([refused.status, refused.body]).toMatchObject([402, { code: 402 }]);
    expect((await client.render(session, newId())).status).toBe(200);
  });

  test('no-url and bad-link leave the download route', async () => {
    for (const name of ['no-url', 'bad-link']) {
      const id = newId();
      await client.render(await made(`a 1-second video: Hi. [[sim:${name}]]`), id);
      const { outputUrl } = await client.rendered(id);
      if (name === 'no-url') expect(outputUrl).toBeUndefined();
      else expect((await fetch(outputUrl ?? '')).status).toBe(403);
      const { status, text } = await client.get(`/api/render/proxy/${id}/download`);
      expect([status, text.slice(4, 8)]).toEqual([200, 'ftyp']);
    }
  });

  test('big-file weighs 30 MB and is still a film', async () => {
    const id = newId();
    await client.render(await made('a 1-second video: Hi. [[sim:big-file]]'), id);
    const mp4 = await fetchFilm((await client.rendered(id)).outputUrl);
    expect(mp4.length).toBe(30 * 1024 * 1024);
    expect(readFilm(mp4).boxes.at(-1)).toBe('free');
  });

  test('render-stuck goes on for ever', async () => {
    const id = newId();
    await client.render(await made('a 1-second video: Hi. [[sim:render-stuck]]'), id);
    await expect
      .poll(async () => (await client.get(`/api/render/proxy/lambda/${id}`)).text, PATIENCE)
      .not.toContain('pending');
    const { body } = await client.get(`/api/render/proxy/lambda/${id}`);
    expect(body).toMatchObject({ data: { status: 'processing', progress: 42 } });
  });

  test('the other shape has the link under output, and the download can be JSON', async () => {
    const other = await startClient({ renderShape: 'top', download: 'json' });
    try {
      const session = await other.session();
      await other.run(session, 'a 1-second video: Hi.');
      expect((await other.render(session, 'r1')).body).toMatchObject({
        id: 'r1',
        status: 'pending',
      });
      const link = { url: `${other.simulator.filesUrl}/render-result/r1.mp4` };
      await expect
        .poll(async () => (await other.get('/api/render/proxy/lambda/r1')).body, PATIENCE)
        .toMatchObject({ status: 'completed', output: link });
      expect((await other.get('/api/render/proxy/r1/download')).body).toMatchObject({
        output: link,
      });
    } finally {
      await other.simulator.close();
    }
  });
});

import { readdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cleanName, kindOf } from '../../../src/platforms/web/file-kind.ts';
import { rangeOf } from '../../../src/platforms/web/serve-file.ts';
import { ask, own, type Playground, post, startPlayground, upload } from './support.ts';

const CAP = 200_000;
let playground: Playground;
beforeEach(async () => {
  playground = await startPlayground({ maxUploadBytes: CAP });
});
afterEach(async () => {
  expect(playground.errors).toEqual([]);
  await playground.close();
});

const stored = () => readdir(join(playground.dataDir, 'playground-files'));
const get = (path: string, headers = {}) =>
  ask(playground, 'GET', path, { Host: `127.0.0.1:${playground.port}`, ...headers });

async function uploaded(name: string, type: string, bytes = Buffer.from('0123456789')) {
  const reply = await upload(playground, name, bytes, type);
  expect(reply.status).toBe(201);
  return reply.json<{ id: string; name: string; bytes: number; mime: string }>();
}

describe('an upload', () => {
  it('comes out as it went in', async () => {
    const bytes = Buffer.from(Array.from({ length: CAP }, (_, i) => i % 251));
    const file = await uploaded('clip.mp4', 'video/mp4', bytes);
    expect(file).toMatchObject({ name: 'clip.mp4', bytes: CAP, mime: 'video/mp4' });
    expect((await get(`/files/${file.id}`)).body.equals(bytes)).toBe(true);
  });

  it('of nothing is taken: the conversation says what is wrong with it', async () => {
    const file = await uploaded('empty.txt', 'text/plain', Buffer.alloc(0));
    expect((await get(`/files/${file.id}`)).body).toHaveLength(0);
  });

  it('over the cap by its own account is refused before it is read', async () => {
    const socket = connect(playground.port, '127.0.0.1');
    socket.write(
      `PUT /api/uploads?name=big.mp4 HTTP/1.1\r\nHost: 127.0.0.1:${playground.port}\r\nOrigin: ${playground.url}\r\n` +
        `X-Playground: 1\r\nContent-Length: ${CAP + 1}\r\n\r\n`,
    );
    // Not one byte of the body was sent.
    const answer = await new Promise<string>((resolve) =>
      socket.once('data', (data) => resolve(String(data))),
    );
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(await stored()).toEqual([]);
  });

  it('over the cap without saying so is refused while it is read, with a sentence', async () => {
    const socket = connect(playground.port, '127.0.0.1');
    socket.write(
      `PUT /api/uploads?name=big.mp4 HTTP/1.1\r\nHost: 127.0.0.1:${playground.port}\r\nOrigin: ${playground.url}\r\n` +
        'X-Playground: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    // The body never ends: only a refusal in the middle can answer.
    while (!answer.includes('\r\n\r\n')) {
      socket.write(chunk);
      await setImmediate();
    }
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('big.mp4 is larger than');
    expect(await stored()).toEqual([]);
  });

  it('that breaks off leaves nothing behind, and the next one is served', async () => {
    const socket = connect(playground.port, '127.0.0.1');
    socket.write(
      `PUT /api/uploads?name=cut.mp4 HTTP/1.1\r\nHost: 127.0.0.1:${playground.port}\r\nOrigin: ${playground.url}\r\n` +
        `X-Playground: 1\r\nContent-Length: 100000\r\n\r\n${'x'.repeat(50_000)}`,
    );
    while ((await stored()).length === 0) await setImmediate();
    socket.destroy();
    while ((await stored()).length > 0) await setImmediate();
    await uploaded('next.mp4', 'video/mp4');
    expect(await stored()).toHaveLength(1);
  });

  it('that no message carries yet is still there after a restart', async () => {
    const { id } = await uploaded('a.txt', 'text/plain');
    playground = await playground.restart();
    expect(await stored()).toEqual([id]);
  });
});

describe('a stored file', () => {
  it.each([
    ['a.png', 'image/png', 'image/png', 'inline'],
    ['a.mp4', 'video/mp4', 'video/mp4', 'inline'],
    ['a.mp3', 'audio/mpeg', 'audio/mpeg', 'inline'],
    ['a.html', 'text/html', 'application/octet-stream', 'attachment'],
    ['a.svg', 'image/svg+xml', 'application/octet-stream', 'attachment'],
    ['a.pdf', 'application/pdf', 'application/octet-stream', 'attachment'],
    ['a.js', 'text/javascript', 'application/octet-stream', 'attachment'],
  ])('%s (%s) is served as %s, %s', async (name, said, type, way) => {
    const { headers } = await get(`/files/${(await uploaded(name, said)).id}`);
    expect(headers['content-type']).toBe(type);
    expect(headers['content-disposition']).toMatch(new RegExp(`^${way};`));
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'/);
  });

  it('is saved under its own name when asked', async () => {
    const { id } = await uploaded('片 "1".mp4', 'video/mp4');
    const { headers } = await get(`/files/${id}?download`);
    expect(headers['content-disposition']).toBe(
      `attachment; filename="_ _1_.mp4"; filename*=UTF-8''%E7%89%87%20%221%22.mp4`,
    );
  });

  it('is served in parts, as video players ask', async () => {
    const { id } = await uploaded('a.mp4', 'video/mp4');
    const part = await get(`/files/${id}`, { Range: 'bytes=3-6' });
    expect([part.status, part.headers['content-range'], String(part.body)]).toEqual([
      206,
      'bytes 3-6/10',
      '3456',
    ]);
    expect(String((await get(`/files/${id}`, { Range: 'bytes=-2' })).body)).toBe('89');
    expect((await get(`/files/${id}`, { Range: 'bytes=10-' })).status).toBe(416);
  });

  it.each(['..%2Fplayground.db', 'playground.db', '%2e%2e', crypto.randomUUID(), 'a'.repeat(36)])(
    'cannot be reached as %s',
    async (id) => {
      expect((await get(`/files/${id}`)).status).toBe(404);
    },
  );
});

describe('small rules', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\x\\film.mp4', 'film.mp4'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['..', 'file'],
    ['\u0000', 'file'],
    [`${'x'.repeat(300)}.mp4`, `${'x'.repeat(196)}.mp4`],
  ])('the name %j is kept as %j', (given, kept) => {
    expect(cleanName(given)).toBe(kept);
  });

  it('the kind comes from the name where the browser does not know it', () => {
    expect(kindOf('a.MP4', 'application/octet-stream')).toBe('video/mp4');
    expect(kindOf('a.docx', undefined)).toBe('application/octet-stream');
    expect(kindOf('a.png', 'text/html; charset=utf-8')).toBe('text/html');
    expect(kindOf('a.png', 'nonsense<script>')).toBe('image/png');
  });

  it.each([
    [undefined, undefined],
    ['bytes=0-', { start: 0, end: 9 }],
    ['bytes=5-100', { start: 5, end: 9 }],
    ['bytes=-100', { start: 0, end: 9 }],
    ['bytes=-0', 'impossible'],
    ['bytes=7-3', 'impossible'],
    ['bytes=0-1,3-4', undefined],
    ['lines=1-2', undefined],
  ])('the range %j of ten bytes is %j', (header, range) => {
    expect(rangeOf(header, 10)).toEqual(range);
  });

  it('what changes something needs a body of the right shape', async () => {
    const path = `/api/threads/${crypto.randomUUID()}/messages`;
    expect((await ask(playground, 'POST', path, own(playground), '{"id":')).status).toBe(400);
  });
});

describe('an upload that no message came to carry', () => {
  it('is removed while the process runs; one that was sent, or is young, stays', async () => {
    const old = { keepMs: 0, lookEveryMs: 20 };
    const kept = await startPlayground();
    const young = (await upload(kept, 'young.png', Buffer.from('young'))).json<{ id: string }>();
    const sent = (await upload(kept, 'sent.png', Buffer.from('sent'))).json<{ id: string }>();
    const thread = crypto.randomUUID();
    const path = `/api/threads/${thread}/messages`;
    await post(kept, path, { id: crypto.randomUUID(), text: '', files: [sent.id] });
    // At every start the old ones go too, and that is not what this is about.
    expect((await ask(kept, 'GET', `/files/${young.id}`)).status).toBe(200);
    await kept.stop();

    const strict = await startPlayground({ dataDir: kept.dataDir, unusedUploads: old });
    const late = (await upload(strict, 'late.png', Buffer.from('late'))).json<{ id: string }>();
    while (readdirSync(join(strict.dataDir, 'playground-files')).includes(late.id))
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await ask(strict, 'GET', `/files/${late.id}`)).status).toBe(404);
    expect((await ask(strict, 'GET', `/files/${sent.id}`)).status).toBe(200);
    await strict.close();
  });
});

import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import * as errors from '../../src/nemo/errors.ts';
import { MEDIA_EXTENSIONS, mediaKindOf } from '../../src/nemo/media-kinds.ts';
import type { UploadFile } from '../../src/nemo/nemo.ts';
import { ok, refused } from '../doubles/nemo/answers.ts';
import { failure, rig } from './client.ts';

const content = Buffer.from('pixels '.repeat(30_000));

function file(name: string, bytes = content): UploadFile {
  const mime = mediaKindOf(name)?.mime ?? 'application/octet-stream';
  return { name, mime, bytes: bytes.length, open: async () => Readable.from([bytes]) };
}

/** Gives blocks until it is closed; `opened` counts how often it was asked for. */
function endless(bytes: number) {
  const world = { opened: 0, closed: 0 };
  const block = Buffer.alloc(65_536);
  async function* blocks() {
    try {
      for (;;) yield block;
    } finally {
      world.closed += 1;
    }
  }
  const open = async () => {
    world.opened += 1;
    return Readable.from(blocks(), { objectMode: false });
  };
  return { world, file: { name: 'big.mp4', mime: 'video/mp4', bytes, open } };
}

async function ready() {
  const world = await rig();
  return { ...world, sessionId: world.double.addSession().sessionId };
}

test('case 52: a file arrives byte for byte, with its name, kind and length', async () => {
  const { double, nemo, sessionId, signal } = await ready();
  const done = await nemo.upload(sessionId, [file('茶 "1".jpeg')], signal);
  const [request] = double.received('upload');
  expect(request?.parts).toEqual([
    {
      field: 'files',
      filename: '茶 "1".jpeg',
      mime: 'image/jpeg',
      bytes: content.length,
      type: 'image',
      sha256: createHash('sha256').update(content).digest('hex'),
    },
  ]);
  expect(Number(request?.headers['content-length'])).toBeGreaterThan(content.length);
  expect(request?.headers['transfer-encoding']).toBeUndefined();
  expect(done).toMatchObject({ files: [{ kind: 'image' }], inSession: true });
  expect(double.violations).toEqual([]);
});

test('case 53: three files in one request, in order', async () => {
  const { double, nemo, sessionId, signal } = await ready();
  const names = ['a.png', 'b.png', 'c.mp3'];
  const done = await nemo.upload(
    sessionId,
    names.map((name) => file(name)),
    signal,
  );
  expect(done.files.map((f) => [f.name, f.kind])).toEqual([
    ['a.png', 'image'],
    ['b.png', 'image'],
    ['c.mp3', 'audio'],
  ]);
  expect(double.received('upload')).toHaveLength(1);
});

describe('case 56: what the answer may look like', () => {
  test.each([
    ['files', { files: [{ filename: 'a.png', cdn_url: 'https://c/a' }] }],
    ['uploaded_files', { uploaded_files: [{ name: 'a.png', url: 'https://c/a' }] }],
    ['one at the top', { url: 'https://c/a' }],
  ])('%s', async (_name, data) => {
    const { double, nemo, sessionId, signal } = await ready();
    double.once('upload', ok(data));
    expect(await nemo.upload(sessionId, [file('a.png')], signal)).toMatchObject({
      files: [{ name: 'a.png', kind: 'image', url: 'https://c/a' }],
      inSession: undefined,
    });
  });

  test.each([[{ files: [] }], [{}], [null]])(
    'accepted, but nothing taken over: %j',
    async (data) => {
      const { double, nemo, sessionId, signal } = await ready();
      double.once('upload', ok(data));
      const upload = nemo.upload(sessionId, [file('a.png')], signal);
      expect(await failure(upload)).toBeInstanceOf(errors.RequestRefused);
      expect(double.received('upload')).toHaveLength(1);
    },
  );

  test('not in the session, and what is known of the file', async () => {
    const { double, nemo, sessionId, signal } = await ready();
    const entry = {
      filename: 'v.mp4',
      file_type: 'video',
      cdn_url: 'u',
      duration: 30.5,
      hash: 'h',
    };
    double.once('upload', ok({ files: [entry], session_state_applied: false }));
    expect(await nemo.upload(sessionId, [file('v.mp4')], signal)).toEqual({
      files: [{ name: 'v.mp4', kind: 'video', url: 'u', seconds: 30.5, hash: 'h' }],
      inSession: false,
    });
  });
});

describe('when it goes wrong', () => {
  test('a 5xx or a cut connection: the files are opened and sent once more', async () => {
    const { double, nemo, sessionId, signal } = await ready();
    double.once('upload', { status: 503 });
    expect((await nemo.upload(sessionId, [file('a.png')], signal)).files).toHaveLength(1);
    double.on('upload', { drop: true });
    const upload = nemo.upload(sessionId, [file('a.png')], signal);
    expect(await failure(upload)).toBeInstanceOf(errors.Unreachable);
    expect(double.received('upload')).toHaveLength(4);
  });

  test('case 55: "too large" is heard while the file is still being sent', async () => {
    const { double, nemo, sessionId, signal } = await ready();
    double.once('upload', refused(413, 4002, 'too large'), { early: true });
    const { file, world } = endless(2_000_000_000);
    expect(await failure(nemo.upload(sessionId, [file], signal))).toBeInstanceOf(
      errors.MediaTooLarge,
    );
    expect(world).toEqual({ opened: 1, closed: 1 });
  });

  test('a file that ends too early is cut off, never a short upload, and not repeated', async () => {
    const { double, nemo, sessionId, signal } = await ready();
    const short = { ...file('a.png'), bytes: content.length + 1 };
    expect(await failure(nemo.upload(sessionId, [short], signal))).toBeInstanceOf(
      errors.UploadCutOff,
    );
    expect(double.sessions.get(sessionId)?.videoInfos).toEqual([]);
    expect(double.received('upload').length).toBeLessThan(2);
  });

  test('a file that goes on too long is cut off as well', async () => {
    const { nemo, sessionId, signal } = await ready();
    const { file, world } = endless(100_000);
    expect(await failure(nemo.upload(sessionId, [file], signal))).toBeInstanceOf(
      errors.UploadCutOff,
    );
    expect(world).toEqual({ opened: 1, closed: 1 });
  });

  test("the source's own error comes out as it is", async () => {
    const { nemo, sessionId, signal } = await ready();
    const gone = new Error('the attachment is gone');
    const unopened = { ...file('a.png'), open: () => Promise.reject(gone) };
    expect(await failure(nemo.upload(sessionId, [unopened], signal))).toBe(gone);
    const broken = {
      ...file('a.png'),
      open: async () =>
        Readable.from(
          (async function* () {
            yield content.subarray(0, 10);
            throw gone;
          })(),
        ),
    };
    expect(await failure(nemo.upload(sessionId, [broken], signal))).toBe(gone);
  });

  test('an upload that stands still is given up, and the file closed', async () => {
    const { double, nemo, sessionId, signal } = await (async () => {
      const world = await rig({ uploadStallMs: 50 });
      return { ...world, sessionId: world.double.addSession().sessionId };
    })();
    double.on('upload', { never: true });
    expect(await failure(nemo.upload(sessionId, [file('a.png')], signal))).toBeInstanceOf(
      errors.Unreachable,
    );
  });

  test('stopping closes the file and sends nothing more', async () => {
    const { double, nemo, sessionId } = await ready();
    double.on('upload', { never: true });
    const stop = new AbortController();
    const { file, world } = endless(2_000_000_000);
    const flowing = Promise.withResolvers<void>();
    const open = async () => {
      const stream = await file.open();
      stream.once('data', () => flowing.resolve());
      return stream;
    };
    const upload = nemo.upload(sessionId, [{ ...file, open }], stop.signal);
    await flowing.promise;
    stop.abort(new Error('stopped'));
    expect(await failure(upload)).toEqual(new Error('stopped'));
    expect(world).toEqual({ opened: 1, closed: 1 });
  });
});

test('case 54: the extensions the backend takes, in any case', () => {
  expect(MEDIA_EXTENSIONS).toEqual(
    'mp4 mov avi webm mkv jpg png gif webp mp3 wav m4a aac'.split(' '),
  );
  expect(mediaKindOf('A.JPEG')).toEqual({ kind: 'image', mime: 'image/jpeg' });
  expect(mediaKindOf('setup.exe')).toBeUndefined();
  expect(mediaKindOf('mp4')).toBeUndefined();
});

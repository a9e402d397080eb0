/** The contract of nemo-api.md, section 6: files into a session. */
import { describe, expect, test } from 'vitest';
import * as errors from '../../../src/nemo/errors.ts';
import { toSessionId } from '../../../src/runtime/ids.ts';
import { STAND_INS } from '../../doubles/nemo/stand-ins.ts';
import { failure } from '../client.ts';
import { bench, file, uploadPath } from './bench.ts';

describe.each(STAND_INS)('%s: files', (_name, start) => {
  test.each([
    { uploadShape: 'files', envelope: 'code' },
    { uploadShape: 'uploaded_files', envelope: 'success' },
    { uploadShape: 'files', envelope: 'bare' },
  ] as const)('keep their order, kind and name in the session: %j', async (forms) => {
    const { standIn, nemo, signal, session } = await bench(start, forms);
    const sessionId = await session();
    const sent = ['茶 b.PNG', 'a.jpeg', 'c.mp4', 'd.m4a'].map((name) => file(name));
    const { files, inSession } = await nemo.upload(sessionId, sent, signal);
    expect(files.map(({ name, kind }) => [name, kind])).toEqual([
      ['茶 b.PNG', 'image'],
      ['a.jpeg', 'image'],
      ['c.mp4', 'video'],
      ['d.m4a', 'audio'],
    ]);
    expect(inSession).toBe(true);
    for (const { url, hash } of files) {
      expect(url?.startsWith(`${standIn.filesUrl}/uploads/`)).toBe(true);
      expect(hash).toMatch(/^[0-9a-f]{32,64}$/);
    }
    const names = files.map(({ name }) => name);
    expect(await nemo.state(sessionId, signal)).toMatchObject({ media: names });
    expect(standIn.broken()).toEqual([]);
  });

  test.each([
    ['of a kind that is not taken', file('virus.exe'), errors.UnsupportedMedia],
    ['that is too large', file('a.mp4', 'x'.repeat(2000)), errors.MediaTooLarge],
    ['that is empty', file('a.png', ''), errors.RequestRefused],
    ['that is shorter than announced', file('a.png', 'four', 5), errors.UploadCutOff],
  ])('one %s: none is taken', async (_case, bad, kind) => {
    const { nemo, signal, session } = await bench(start, { maxUploadBytes: 1000 });
    const sessionId = await session();
    const sent = nemo.upload(sessionId, [file('good.png'), bad], signal);
    expect(await failure(sent)).toBeInstanceOf(kind);
    expect((await nemo.state(sessionId, signal))?.media).toEqual([]);
  });

  test('a session that nobody made', async () => {
    const { nemo, signal } = await bench(start);
    const sent = nemo.upload(toSessionId('5529798706024415999'), [file('a.png')], signal);
    expect(await failure(sent)).toBeInstanceOf(errors.SessionLost);
  });

  test.each([
    ['a kind that is not taken', 'virus.exe', 'x', 415, 4001],
    ['too large', 'a.mp4', 'x'.repeat(2000), 413, 4002],
    ['empty', 'a.png', '', 422, 422],
  ])('%s is refused by status and code', async (_case, name, content, status, code) => {
    const { ask, session } = await bench(start, { maxUploadBytes: 1000 });
    const body = new FormData();
    body.append('files', new Blob([content], { type: 'image/png' }), name);
    const reply = await ask({ path: uploadPath(await session()), body });
    expect([reply.status, reply.json]).toMatchObject([status, { code }]);
  });

  test('another field than "files": 422, and noted', async () => {
    const { ask, session, standIn } = await bench(start);
    const body = new FormData();
    body.append('file', new Blob(['x'], { type: 'image/png' }), 'a.png');
    const { status, json } = await ask({ path: uploadPath(await session()), body });
    expect([status, json]).toMatchObject([422, { code: 422 }]);
    expect(standIn.broken()).toEqual(['multipart-field']);
  });

  test.each([
    ['no file at all', '--b--\r\n', 422],
    ['a part without a name', part('name="files"', 'image/png'), 422],
    [
      'a body that ends before its boundary',
      part('name="files"; filename="a.png"').slice(0, -6),
      400,
    ],
  ])('%s', async (_case, body, status) => {
    const { ask, session, nemo, signal } = await bench(start);
    const sessionId = await session();
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const reply = await ask({ path: uploadPath(sessionId), body, headers });
    expect([reply.status, reply.json]).toMatchObject([status, { code: status }]);
    expect((await nemo.state(sessionId, signal))?.media).toEqual([]);
  });

  test('a part that does not say its type is noted', async () => {
    const { ask, session, standIn } = await bench(start);
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const body = part('name="files"; filename="a.png"');
    await ask({ path: uploadPath(await session()), body, headers });
    expect(standIn.broken()).toEqual(['multipart-type']);
  });
});

function part(disposition: string, type?: string): string {
  const head = [
    `content-disposition: form-data; ${disposition}`,
    ...(type ? [`content-type: ${type}`] : []),
  ];
  return `--b\r\n${head.join('\r\n')}\r\n\r\nhalf\r\n--b--\r\n`;
}

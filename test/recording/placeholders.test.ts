/** What is left of words, secrets and addresses, wherever they stand in an answer. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { targetOf } from '../../src/recording/exchange.ts';
import { createPlaceholders } from '../../src/recording/placeholders.ts';
import { frameReader } from '../../src/recording/read-frames.ts';

const HIDDEN = 'Rosalind';
const redact = (value: unknown) => JSON.stringify(createPlaceholders().json(value));

describe('nothing is left of what somebody wrote', () => {
  test.each([
    ['a text', { text: `For ${HIDDEN}` }],
    ['a title in a draft that is text', { draft: JSON.stringify({ m: { title: HIDDEN } }) }],
    [
      'a draft that is markup',
      {
        draft: `<draft fps="30"><text id="${HIDDEN}" label="${HIDDEN} a">To ${HIDDEN}</text></draft>`,
      },
    ],
    ['a list of texts', { texts: [[HIDDEN]] }],
    ['a name that is no field', { [`${HIDDEN}.png`]: 1, [`to ${HIDDEN}`]: 2 }],
    ['a sentence where a word of the protocol would stand', { status: `waits for ${HIDDEN}` }],
    ['an id', { render_id: HIDDEN, sessionId: HIDDEN, id: HIDDEN }],
    ['a token where a word would stand', { status: `xoxb-${HIDDEN}`, type: `nmv_usr_${HIDDEN}` }],
    ['a token', { token: HIDDEN, 'x-api_key': HIDDEN }],
    [
      'an address',
      {
        url: `https://${HIDDEN}.example/${HIDDEN}?k=${HIDDEN}`,
        text: `see http://${HIDDEN}.example/a`,
      },
    ],
    ['a mail address', { text: `to ${HIDDEN}@films.example` }],
    ['a file', { filename: `${HIDDEN}.png` }],
    ['arguments of a tool', { functionCall: { name: 'generate_video', args: { prompt: HIDDEN } } }],
    ['what lies far too deep', JSON.parse(`${'['.repeat(60)}"${HIDDEN}"${']'.repeat(60)}`)],
  ])('in %s', (_where, value) => {
    expect(redact(value)).not.toMatch(/rosalind/i);
  });

  test('in a stream, however it is cut', () => {
    const stream = `data: {"text":"For ${HIDDEN}"}\n\n: ${HIDDEN} waits\n\nevent: delta\ndata: ${HIDDEN}\ndata: and more\n\ndata: ping\n\nid: ${HIDDEN}\n\n`;
    for (const size of [1, 7, 1_000]) {
      const frames: string[] = [];
      const reader = frameReader(createPlaceholders().body, (frame) => frames.push(frame));
      for (let at = 0; at < stream.length; at += size)
        reader.take(Buffer.from(stream.slice(at, at + size)));
      reader.end();
      expect(frames).toEqual([
        'data: {"text":"Xxx Xxxxxxxx"}\n\n',
        ': Xxxxxxxx xxxxx\n\n',
        'event: delta\ndata: Xxxxxxxx\ndata: xxx xxxx\n\n',
        'data: ping\n\n',
        '\n\n',
      ]);
    }
  });

  test('of any text: no letter or digit but those that stand for one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (words) => {
        const left = createPlaceholders()
          .text(words)
          .replace(/\{\{address-\d+\}\}/g, '');
        expect(left.replace(/[xX字0]/g, '')).not.toMatch(/[\p{L}\p{N}\p{M}]/u);
      }),
    );
  });
});

describe('what stays', () => {
  test('is the shape, the length, figures, and the words by which programs tell things apart', () => {
    const { json } = createPlaceholders();
    const value = {
      code: 0,
      status: 'completed',
      progress: 50,
      author: 'nemo_agent',
      parts: [{ functionCall: { id: 'call-1', name: 'generate_video_with_seedance', args: {} } }],
      mime_type: 'video/mp4',
      expires_at: '2099-01-01T00:00:00Z',
      size: '720p',
      text: 'Fertig: 茶山, 10 s!',
      file: 'tea.PNG',
      none: null,
      yes: true,
    };
    expect(json(value)).toEqual({
      ...value,
      parts: [{ functionCall: { id: 'id-1', name: 'generate_video_with_seedance', args: {} } }],
      text: 'Xxxxxx: 字字, 00 x!',
      file: 'xxx.png',
    });
  });

  test('is that the same id, or address, is the same', () => {
    const { json, id, text } = createPlaceholders();
    expect(json([{ id: 'a' }, { renderId: 'b' }, { session_id: 'a' }, { user_id: 70001 }])).toEqual(
      [{ id: 'id-1' }, { renderId: 'id-2' }, { session_id: 'id-1' }, { user_id: 3 }],
    );
    expect(id('b')).toBe('id-2');
    expect(text('https://a.example/x and https://b.example/ and https://a.example/x')).toBe(
      '{{address-1}} xxx {{address-2}} xxx {{address-1}}',
    );
  });
});

test.each([
  ['/api/state/nemo_agent/me/s-1/latest?x=1', '/api/state/nemo_agent/me/:id/latest', 's-1'],
  ['/api/render/proxy/lambda', '/api/render/proxy/lambda', undefined],
  ['/api/render/proxy/lambda/r%2F1', '/api/render/proxy/lambda/:id', 'r/1'],
  ['/api/render/proxy/r-1/download', '/api/render/proxy/:id/download', 'r-1'],
  ['/run_sse', '/run_sse', undefined],
  ['/something/Rosalind/new', '/:3', undefined],
])('the path %s is recorded as %s', (url, path, id) => {
  expect(targetOf(url)).toEqual({ path, id });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withForwarded } from '../../../src/platforms/chat.ts';
import { materialOf } from '../../../src/platforms/discord/message-text.ts';
import { type KnownNames, wordsOfTokens } from '../../../src/platforms/discord/message-tokens.ts';
import { messageShape } from '../../../src/platforms/discord/payloads.ts';
import * as sent from './sent-by-people.ts';

const names: KnownNames = {
  us: '1',
  ourRole: '2',
  channel: (id) => (id === '30' ? 'story-board' : undefined),
  role: (id) => (id === '40' ? 'Editors' : undefined),
};
const bob = { id: '5', username: 'bob', global_name: 'Bob' };

/** https://discord.com/developers/docs/reference#message-formatting-formats, each form, and what comes near to one. */
test.each([
  ['<@5> and <@!5>', '@Bob and @Bob'],
  ['<@80351110224678912>', '<@80351110224678912>'],
  ['<@1> a film', ' a film'],
  ['<@&2> a film', ' a film'],
  ['for <@&40>', 'for @Editors'],
  ['for <@&165511591545143296>', 'for @role'],
  ['see <#30>, <#103735883630395392>', 'see #story-board, #channel'],
  ['</airhorn:816437322781949972>', '/airhorn'],
  ['</settings voice volume:816437322781949972>', '/settings voice volume'],
  ['💯 <:mmLol:216154654256398347> <a:b1nzy:392938283556143104>', '💯 :mmLol: :b1nzy:'],
  ['<t:1618953630>', '2021-04-20 21:20 UTC'],
  ['<t:1618953630:d> <t:1618953630:D>', '2021-04-20 2021-04-20'],
  ['<t:1618953630:t> <t:1618953630:T>', '21:20 UTC 21:20:30 UTC'],
  ['<t:1618953630:R> <t:1618953630:F>', '2021-04-20 21:20 UTC 2021-04-20 21:20 UTC'],
  ['<t:-1:S>', '1969-12-31 23:59:59 UTC'],
  ['<t:9999999999999:f>', '<t:9999999999999:f>'],
  ['<id:customize> <id:browse> <id:guide>', '#customize #browse #guide'],
  ['<id:linked-roles> <id:linked-roles:41771983429993937>', '#linked-roles #linked-roles'],
  ['a < b, <tag>, <t:x>, <#>, <@&>', 'a < b, <tag>, <t:x>, <#>, <@&>'],
])('%j is read as %j', (text, words) => {
  expect(wordsOfTokens(text, [bob], names)).toBe(words);
});

const base = { id: '9', channel_id: '8', author: bob };
const read = (more: object) =>
  withForwarded(materialOf(messageShape.parse({ ...base, ...more }), names));

test('a voice message is marked as one, also when it was forwarded; other audio is not', () => {
  const file = {
    id: '7',
    filename: 'voice-message.ogg',
    size: 4096,
    url: 'https://cdn.example/7',
    content_type: 'audio/ogg',
    duration_secs: 2.5,
    waveform: 'AAAQIDBAUGBw',
  };
  const body = { content: '', attachments: [file] };
  const voices = (it: object) => read(it).attachments.map(({ voice }) => voice);
  expect(voices({ ...body, flags: 8192 })).toEqual([{}]);
  expect(voices({ message_snapshots: [{ message: { ...body, flags: 8192 } }] })).toEqual([{}]);
  expect(voices(body)).toEqual([undefined]);
});

test.each([
  ['unknown.txt', '灯塔的故事', '灯塔的故事.txt'],
  ['unknown.txt', '灯塔的故事.txt', '灯塔的故事.txt'],
  ['_.PDF', 'Сценарий v1.2', 'Сценарий v1.2.PDF'],
  ['plain.docx', undefined, 'plain.docx'],
  ['plain.docx', null, 'plain.docx'],
  ['plain.docx', ' ', 'plain.docx'],
  ['unknown', '灯塔', '灯塔'],
])('a file %s with the title %s is called %s', (filename, title, name) => {
  const file = { id: '7', filename, size: 1, url: 'https://cdn.example/7', title };
  expect(read({ attachments: [file] }).attachments[0]?.name).toBe(name);
});

test('stickers are named as what cannot be read', () => {
  expect(read({ content: 'Hi', sticker_items: [sent.sticker] })).toEqual({
    text: 'Hi',
    attachments: [],
    unread: [{ kind: 'other', name: 'Wave' }],
  });
});

describe('what Discord never sends', () => {
  test('an ornament of a form that nobody knows does not cost the words', () => {
    const odd = { embeds: [7], sticker_items: 'x', poll: { question: 1 }, components: [null, 3] };
    expect(read({ content: 'A film.', ...odd }).text).toBe('A film.');
  });

  test('is bounded: cards in cards, and texts without end', () => {
    const deep = Array.from({ length: 50 }).reduce<object>(
      (inner) => ({ type: 17, components: [inner] }),
      { type: 10, content: 'too deep' },
    );
    const long = { type: 10, content: '<@5>'.repeat(100_000) };
    expect(read({ components: [deep] }).text).toBe('');
    expect(read({ components: Array(500).fill(long) }).text.length).toBeLessThanOrEqual(60_000);
  });

  test('no tree of components throws', () => {
    const { tree } = fc.letrec((tie) => ({
      tree: fc.record(
        {
          type: fc.constantFrom(1, 9, 10, 12, 17, 'x'),
          content: fc.anything(),
          components: fc.oneof(fc.array(tie('tree'), { maxLength: 4 }), fc.anything()),
        },
        { requiredKeys: [] },
      ),
    }));
    fc.assert(
      fc.property(fc.array(tree), (components) => {
        expect(typeof read({ components }).text).toBe('string');
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  mentionedPeople,
  mentions,
  unescapeText,
} from '../../../src/platforms/slack/message-text.ts';
import { escapeText } from '../../../src/platforms/slack/render-message.ts';

const names = { bot: 'UBOT', people: new Map([['U1', 'Alice']]) };

test.each([
  ['&amp;lt; is typed as it stands', '&amp;lt;', '&lt;'],
  ['a bare link', '<https://a.example/?x=1&amp;y=2>', 'https://a.example/?x=1&y=2'],
  ['a link that Slack made of a bare host', '<http://a.example|a.example>', 'http://a.example'],
  ['a link with words', '<https://a.example|our &amp; site>', 'our & site (https://a.example)'],
  ['a mail address', '<mailto:a@b.example|a@b.example>', 'a@b.example'],
  ['a person by name', 'for <@U1>', 'for @Alice'],
  ['a person with a label', 'for <@U9|Zoë>', 'for @Zoë'],
  ['a person nobody knows', 'for <@U9>', 'for @someone'],
  ['a channel', 'in <#C1|general>', 'in #general'],
  ['a channel without a name', 'in <#C1>', 'in #channel'],
  ['a call to all', '<!here> look', '@here look'],
  ['a group', '<!subteam^S1|@design> look', '@design look'],
  ['a date', '<!date^1700000000^{date}|14 Nov 2023>', '14 Nov 2023'],
  ['the bot in front', '<@UBOT> a film', 'a film'],
  ['the bot in the middle', 'please <@UBOT> a film', 'please a film'],
  ['the bot with its name', '<@UBOT|nemo>  a film', 'a film'],
  [
    'the bot at the end of a line',
    'first <@UBOT>\nsecond',
    'first\nsecond'.replace('first', 'first '),
  ],
])('%s', (_title, text, plain) => {
  expect(unescapeText(text, names)).toBe(plain);
});

describe('for any text', () => {
  test('what Slack escapes comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(unescapeText(escapeText(text), names)).toBe(text.trim());
      }),
    );
  });

  test('nothing is thrown, whatever the signs', () => {
    const signs = fc.constantFrom(
      '<',
      '>',
      '|',
      '@',
      '!',
      '#',
      '&',
      'amp;',
      'lt;',
      'U1',
      'UBOT',
      ' ',
      'http://x',
      '^',
    );
    fc.assert(
      fc.property(
        fc.array(signs),
        (parts) => typeof unescapeText(parts.join(''), names) === 'string',
      ),
    );
  });
});

test('people are found without the bot, each once', () => {
  expect(mentionedPeople('<@U1> <@UBOT> <@U1> <@U2|Bob> <@U3>', 'UBOT')).toEqual(['U1', 'U3']);
});

test('a mention of the bot is known with and without a label', () => {
  expect(mentions('hi <@UBOT|nemo>', 'UBOT')).toBe(true);
  expect(mentions('hi <@UBOT>', 'UBOT')).toBe(true);
  expect(mentions('hi <@UBOTTOM>', 'UBOT')).toBe(false);
});

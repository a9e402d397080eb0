/** The example of "Verifying requests from Slack", and everything that is nearly it. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSignatureCheck } from '../../../src/platforms/slack/signature.ts';

const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
const AT = 1531420618;
const BODY =
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
const SIGNATURE = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503';

interface Request {
  readonly secret?: string;
  readonly signature?: string;
  readonly at?: string;
  readonly body?: Buffer;
  /** Seconds that have gone by since. */
  readonly later?: number;
}

function isSigned(request: Request): boolean {
  const given = {
    secret: SECRET,
    signature: SIGNATURE,
    at: String(AT),
    body: Buffer.from(BODY),
    later: 0,
    ...request,
  };
  const check = createSignatureCheck(given.secret, () => (AT + given.later) * 1000);
  const headers = { 'x-slack-signature': given.signature, 'x-slack-request-timestamp': given.at };
  return check(headers, given.body);
}

const hash = (key: string, text: string): string =>
  `v0=${createHmac('sha256', key).update(text).digest('hex')}`;

test.each<[string, Request]>([
  ['Slack’s own example', {}],
  ['the same five minutes later', { later: 300 }],
  [
    'a text of bytes that are no letters',
    {
      body: Buffer.from([0xff, 0xfe, 0x00]),
      signature: `v0=${createHmac('sha256', SECRET)
        .update(Buffer.concat([Buffer.from(`v0:${AT}:`), Buffer.from([0xff, 0xfe, 0x00])]))
        .digest('hex')}`,
    },
  ],
])('%s is signed', (_title, request) => {
  expect(isSigned(request)).toBe(true);
});

test.each<[string, Request]>([
  ['the same after five minutes', { later: 301 }],
  ['one of a time to come', { later: -301 }],
  ['another moment', { at: String(AT + 1) }],
  ['no moment', { at: '' }],
  ['a moment that is no number', { at: 'NaN', signature: hash(SECRET, `v0:NaN:${BODY}`) }],
  ['a moment with more in it', { at: `${AT}:`, signature: hash(SECRET, `v0:${AT}::${BODY}`) }],
  ['another body', { body: Buffer.from(`${BODY} `) }],
  ['another secret', { secret: `${SECRET}0` }],
  ['an empty secret', { secret: '', signature: hash('', `v0:${AT}:${BODY}`) }],
  ['another version', { signature: SIGNATURE.replace('v0', 'v1') }],
  ['no version', { signature: SIGNATURE.slice(3) }],
  ['a shorter signature', { signature: SIGNATURE.slice(0, -1) }],
  ['a longer one', { signature: `${SIGNATURE}0` }],
  ['one letter that is another', { signature: `${SIGNATURE.slice(0, -1)}4` }],
  ['no signature', { signature: '' }],
])('%s is not signed', (_title, request) => {
  expect(isSigned(request)).toBe(false);
});

test('headers that are not there are no signature', () => {
  expect(createSignatureCheck(SECRET)({}, Buffer.from(BODY))).toBe(false);
});

/** Slack's refusals by code: what each means to the rest of the bot. */
import { webApi } from '@slack/bolt';
import { expect, test } from 'vitest';
import { isBadBlocks, isMissing, judge, reasonOf } from '../../../src/platforms/slack/errors.ts';

const refusal = (code: string) => new webApi.WebAPIPlatformError({ ok: false, error: code });

test.each([
  ['channel_not_found', 'gone'],
  ['not_in_channel', 'gone'],
  ['is_archived', 'gone'],
  ['token_revoked', 'gone'],
  ['account_inactive', 'gone'],
  ['missing_scope', 'forbidden'],
  ['not_authorized', 'forbidden'],
  ['msg_too_long', 'invalid'],
  ['no_text', 'invalid'],
  ['a_code_of_tomorrow', 'invalid'],
] as const)('%s is %s for good', (code, reason) => {
  expect(reasonOf(code)).toBe(reason);
  expect(judge(refusal(code))).toMatchObject({ type: 'refused', error: { reason, code } });
});

test.each(['ratelimited', 'rate_limited', 'message_limit_exceeded'])('%s is waited for', (code) => {
  expect(judge(refusal(code)).type).toBe('wait');
});

test.each(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', '<html>'])(
  '%s leaves open what was done, so that it is looked for before it is repeated',
  (code) => {
    expect(judge(refusal(code)).type).toBe('lost');
  },
);

test.each(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long'])(
  '%s is about the blocks: the text alone is tried',
  (code) => {
    const verdict = judge(refusal(code));
    expect(verdict.type === 'refused' && isBadBlocks(verdict.error)).toBe(true);
  },
);

test.each([
  'missing_scope',
  'not_authorized',
  'unknown_method',
  'not_allowed_token_type',
  'access_denied',
])('%s of an optional surface is remembered: it is not asked for again', (code) => {
  const verdict = judge(refusal(code));
  expect(verdict.type === 'refused' && isMissing(verdict.error)).toBe(true);
});

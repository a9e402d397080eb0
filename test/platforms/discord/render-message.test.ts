import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Button, ThreadRef } from '../../../src/platforms/chat.ts';
import {
  claimOf,
  customId,
  idOfTime,
  nonceOf,
  packThread,
  readCustomId,
  storeIn,
  timeOfId,
} from '../../../src/platforms/discord/custom-ids.ts';
import { createFileLimits } from '../../../src/platforms/discord/file-size-limit.ts';
import { render } from '../../../src/platforms/discord/render-message.ts';
import { checkForm } from '../../doubles/discord/posting.ts';

const snowflake = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String);
const thread: fc.Arbitrary<ThreadRef> = fc.record({
  platform: fc.constant('discord' as const),
  workspace: fc.oneof(fc.constant('dm'), snowflake),
  channel: snowflake,
  thread: snowflake,
});
const button: fc.Arbitrary<Button> = fc.record({
  label: fc.string({ minLength: 1, maxLength: 120, unit: 'grapheme' }),
  does: fc.oneof(
    fc.record({
      action: fc.constantFrom('export', 'prompt', 'timeline'),
      value: fc.option(fc.string(), { nil: undefined }),
    }),
    fc.record({ url: fc.webUrl() }),
  ),
});

test('a thread survives the way through a button, whatever its ids', () => {
  fc.assert(
    fc.property(thread, (ref) => {
      expect(claimOf(packThread(ref))).toEqual({ claimed: ref });
      const id = customId(
        { action: 'send-change', thread: ref, more: 'x'.repeat(16) },
        'y'.repeat(13),
      );
      expect(id.length).toBeLessThanOrEqual(100);
      expect(readCustomId(id)).toEqual({
        action: 'send-change',
        claim: { claimed: ref },
        more: 'x'.repeat(16),
      });
    }),
  );
});

test('ids of other makes are left alone', () => {
  for (const id of ['', 'v2:export:-::', 'v1:format-disk:-::', 'hello']) {
    expect(readCustomId(id)).toBeUndefined();
  }
  expect(readCustomId('v1:export:not.a.thread!::')).toEqual({
    action: 'export',
    claim: { claimed: { platform: 'discord', workspace: '', channel: '', thread: '' } },
  });
  expect(readCustomId('v1:prompt:-::')?.claim).toBeUndefined();
});

test('every message is one that Discord takes, and says all of the text', () => {
  const text = fc.array(fc.lorem({ maxCount: 60, mode: 'sentences' }), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(
      text,
      fc.array(button, { maxLength: 30 }),
      fc.array(snowflake, { maxLength: 3 }),
      thread,
      (texts, buttons, mention, ref) => {
        const { parts } = render({ text: texts.join('\n\n'), buttons, mention }, ref, 'mark');
        for (const part of parts) checkForm(part.content, { ...part }, 0);
        const whole = parts
          .map(({ content }) => content)
          .join('')
          .replace(/\s+/g, '');
        expect(whole).toContain(texts.join('').replace(/\s+/g, ''));
        expect(parts.flatMap((part) => part.allowed_mentions.users)).toEqual(mention);
      },
    ),
  );
});

test('a mention stands before the text, on its own line where the text needs the beginning of one', () => {
  const said = (text: string) => render({ text, mention: ['1'] }, undefined).parts[0].content;
  expect(said('Here it is.')).toBe('<@1> Here it is.');
  expect(said('# Title')).toBe('<@1>\n# Title');
  expect(said('1. One')).toBe('<@1>\n1. One');
  expect(said('**Bold**')).toBe('<@1> **Bold**');
});

test('nonces are equal for equal keys, and short enough', () => {
  expect(nonceOf('turn:answer', 'store-_1')).toBe(nonceOf('turn:answer', 'store-_1'));
  expect(nonceOf('turn:answer', 'store-_1')).not.toBe(nonceOf('turn:status', 'store-_1'));
  expect(nonceOf('turn:answer', 'store-_1')).not.toBe(nonceOf('turn:answer', 'store-_2'));
  expect(nonceOf('x'.repeat(500), 'store-_1')).toHaveLength(25);
  expect(storeIn(nonceOf('turn:answer', 'store-_1'))).toBe('store-_1');
});

test('ids tell their time to the millisecond', () => {
  const at = Date.UTC(2026, 5, 1);
  expect(timeOfId(idOfTime(at))).toBe(at);
});

test('the limit of a place: by boosts, told by interactions, lowered by refusals, forgotten in time', () => {
  const MIB = 1024 * 1024;
  let now = 1;
  const limits = createFileLimits(() => now);
  expect(limits.of('dm', 3)).toBe(10 * MIB);
  expect([0, 1, 2, 3].map((tier) => limits.of('g', tier) / MIB)).toEqual([10, 10, 50, 100]);
  limits.told('g', 25 * MIB);
  expect(limits.of('g', 0)).toBe(25 * MIB);
  expect(limits.refused('g', 20 * MIB)).toBe(10 * MIB);
  limits.told('g', 25 * MIB);
  expect(limits.of('g', 2)).toBe(10 * MIB);
  now += 3_600_001;
  expect(limits.of('g', 2)).toBe(50 * MIB);
});

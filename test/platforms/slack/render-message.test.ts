import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Button } from '../../../src/platforms/chat.ts';
import {
  actionOf,
  defuse,
  render,
  renderPlain,
  threadOfRow,
} from '../../../src/platforms/slack/render-message.ts';
import { breachesOf } from '../../doubles/slack/block-rules.ts';
import type { Block } from '../../doubles/slack/world.ts';

const ref = { platform: 'slack', workspace: 'T1', channel: 'C1', thread: '17.000001' } as const;
const exporting: Button = { label: 'Export MP4', style: 'primary', does: { action: 'export' } };
const asSent = (blocks: unknown) => blocks as Block[];

describe('any message', () => {
  const pieces = fc.constantFrom(
    'word ',
    '\n\n',
    '```ts\ncode\n```\n',
    '<!channel>',
    '<@U1>',
    '&',
    '<',
    '界',
    'https://a.example/x ',
    '👩‍👩‍👧 ',
  );
  const text = fc.array(pieces, { maxLength: 1500 }).map((parts) => parts.join(''));

  test('keeps Slack’s limits and calls nobody, in markdown blocks as in plain ones', () => {
    fc.assert(
      fc.property(text, (given) => {
        for (const part of render({ text: given, mention: ['U7'], buttons: [exporting] }, ref)) {
          expect(
            breachesOf(part.text.replace('<@U7>', ''), asSent(part.blocks), 'message'),
          ).toEqual([]);
          const plain = renderPlain(part);
          expect(breachesOf(plain.text, asSent(plain.blocks), 'message')).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('says everything that it was given', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 2000 }),
        (words) => {
          const shown = render({ text: words.join(' ') }, ref).map((part) => part.text);
          expect(shown.join(' ').split(/\s+/)).toEqual(words);
        },
      ),
      { numRuns: 40 },
    );
  });
});

test('people are mentioned in the first part, buttons are under the last', () => {
  const parts = render({ text: 'word '.repeat(2000), mention: ['U7'], buttons: [exporting] }, ref);
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.map((p) => p.text.startsWith('<@U7> '))).toEqual(parts.map((_, i) => i === 0));
  expect(parts.map((p) => p.blocks.some((b) => b.type === 'actions'))).toEqual(
    parts.map((_, i) => i === parts.length - 1),
  );
});

test('a button leads back to its action and its thread', () => {
  const [part] = render(
    { text: 'hi', buttons: [exporting, { label: 'Open', does: { url: 'https://a.example' } }] },
    ref,
  );
  const row = part?.blocks.find((block) => block.type === 'actions');
  expect(threadOfRow(row?.block_id ?? '')).toEqual(ref);
  const ids = asSent(part?.blocks)
    .flatMap((block) => block.elements ?? [])
    .map((e) => e.action_id ?? '');
  expect(ids.map(actionOf)).toEqual(['export', undefined]);
});

test('row ids of others are nobody’s thread', () => {
  expect(['x', 'nemo:T1:C1', 'other:T1:C1:1', 'nemo::C1:1'].map(threadOfRow)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(threadOfRow('nemo:T1:C1:')).toMatchObject({ channel: 'C1', thread: undefined });
});

test('text that means no harm is left as it is', () => {
  expect(defuse('a < b, <https://a.example>, `x`')).toBe('a < b, <https://a.example>, `x`');
});

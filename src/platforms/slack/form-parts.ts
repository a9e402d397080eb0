/** What the forms on Slack are built of. */
import type { types } from '@slack/bolt';

export const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });

/** A field that may be left empty. `id` names it in what is sent. */
export const field = (
  id: string,
  label: string,
  element: types.InputBlock['element'],
  hint?: string,
): types.InputBlock => ({
  type: 'input',
  block_id: id,
  optional: true,
  label: plain(label),
  ...(hint ? { hint: plain(hint) } : {}),
  element,
});

/** One that may not. */
export const needed = (...given: Parameters<typeof field>): types.InputBlock => ({
  ...field(...given),
  optional: false,
});

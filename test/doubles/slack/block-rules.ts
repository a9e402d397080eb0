/** Slack's limits on what a message may hold, as its reference gives them; each breach is a sentence. */
import type { Block } from './world.ts';

export function breachesOf(
  text: string,
  blocks: readonly Block[],
  surface: 'message' | 'home',
): string[] {
  const found: string[] = [];
  const ids = new Set<string>();
  let markdown = 0;
  if (surface === 'message') {
    if (text === '') found.push('a message has blocks but no text');
    if ([...text].length > 4000) found.push('the text is longer than an edit takes');
    if (/<!(channel|here|everyone)/.test(text)) found.push('the text calls everybody');
  }
  if (blocks.length > (surface === 'home' ? 100 : 50)) found.push('too many blocks');
  for (const block of blocks) {
    if (block.block_id) {
      if (ids.has(block.block_id)) found.push(`block id ${block.block_id} occurs twice`);
      if (block.block_id.length > 255) found.push('a block id is too long');
      ids.add(block.block_id);
    }
    if (block.type === 'markdown') {
      if (surface === 'home') found.push('a home page takes no markdown block');
      if (typeof block.text !== 'string' || block.text === '')
        found.push('a markdown block is empty');
      else markdown += block.text.length;
      if (/<[!@#]/.test(String(block.text))) found.push('a markdown block calls somebody');
    }
    if (block.type === 'section') found.push(...sectionBreaches(block));
    if (block.type === 'actions') found.push(...rowBreaches(block));
    if (block.type === 'context_actions') found.push(...thumbBreaches(block, surface));
  }
  if (markdown > 12_000) found.push('more than 12,000 characters in markdown blocks');
  return found;
}

function sectionBreaches(block: Block): string[] {
  const { text } = block as { text?: { text?: string } };
  if (text === undefined) return 'fields' in block ? [] : ['a section is empty'];
  const length = [...(text.text ?? '')].length;
  return length === 0 || length > 3000 ? [`a section has ${length} characters`] : [];
}

function rowBreaches({ elements = [] }: Block): string[] {
  const actions = new Set(elements.map((element) => element.action_id));
  const found =
    elements.length === 0 || elements.length > 25 ? [`a row has ${elements.length} elements`] : [];
  if (actions.size !== elements.length) found.push('an action id occurs twice in a row');
  for (const { text, value } of elements) {
    if (!text || text.text.length > 75) found.push('a button label is missing or too long');
    if (value !== undefined && value.length > 2000) found.push('a button value is too long');
  }
  return found;
}

function thumbBreaches({ elements = [] }: Block, surface: 'message' | 'home'): string[] {
  const found = surface === 'message' ? [] : ['context actions belong under messages'];
  if (elements.length === 0 || elements.length > 5)
    found.push(`a row of context actions has ${elements.length} elements`);
  for (const { type, positive_button: good, negative_button: bad } of elements) {
    if (type !== 'feedback_buttons') found.push(`${type} is no context action of ours`);
    for (const button of [good, bad]) {
      const { length = 0 } = button?.text.text ?? '';
      if (length === 0 || length > 75) found.push('a thumb has no label, or one that is too long');
      if (!button?.value || button.value.length > 2000) found.push('a thumb has no value');
    }
  }
  return found;
}

/** A message in plainer and plainer form, for as long as Slack says that it is the blocks that it does not take. */
import { isBadBlocks } from './errors.ts';
import { type Rendered, renderPlain } from './render-message.ts';

export type Form = (part: Rendered) => Rendered;

const whole: Form = (part) => part;
export const withoutThumbs: Form = ({ text, blocks }) => ({
  text,
  blocks: blocks.filter(({ type }) => type !== 'context_actions'),
});

/** Not every workspace has the thumbs, and not every place Markdown. */
export async function inPlainerForms<T>(
  part: Rendered,
  send: (form: Form) => Promise<T>,
  isTheBlocks: (error: unknown, next: Form) => boolean = isBadBlocks,
): Promise<T> {
  const hasThumbs = withoutThumbs(part).blocks.length < part.blocks.length;
  const plainer = hasThumbs ? [withoutThumbs, renderPlain] : [renderPlain];
  let form = whole;
  for (;;) {
    try {
      return await send(form);
    } catch (error) {
      const next = plainer.shift();
      if (!next || !isTheBlocks(error, next)) throw error;
      form = next;
    }
  }
}

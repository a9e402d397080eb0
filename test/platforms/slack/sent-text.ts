/** What the backend was asked, word for word. */
import type { NemoDouble } from '../../doubles/nemo/world.ts';

interface Run {
  readonly new_message: { readonly parts: readonly { readonly text: string }[] };
}

/** The text of the nth run (from 1), as soon as it is there. */
export async function sentText(nemo: NemoDouble, nth = 1): Promise<string> {
  const { json } = await nemo.arrival('run_sse', nth);
  return (json as Run).new_message.parts.map(({ text }) => text).join('');
}

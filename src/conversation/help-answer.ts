/** What the bot can do, in the profile's words, with examples that begin one by a press. */
import type { Words } from '../locales/locale.ts';
import type { OutgoingMessage } from '../platforms/chat.ts';
import { acceptedKinds } from './material/take-file.ts';
import type { Deps, Rules } from './turn-context.ts';

export function helpAnswer(
  deps: Deps,
  words: Words,
  notes: readonly string[] = [],
): OutgoingMessage {
  const texts = words.profiles[deps.profile.name];
  return {
    text: words.help({
      ...texts,
      kinds: acceptedKinds(deps),
      limit: deps.uploadLimit,
      notes: [...notes, ...deps.helpNotes(words), ...linkNotes(deps.rules.links, words)],
    }),
    buttons: texts.examples.map((example, index) => ({
      label: words.tryExample(index + 1),
      does: { action: 'prompt', value: example },
    })),
  };
}

function linkNotes(links: Rules['links'], { about }: Words): string[] {
  const line = about.links(links ?? {});
  return line ? [line] : [];
}

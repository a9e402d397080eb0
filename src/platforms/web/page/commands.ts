/** Slash commands: which there are, and what has been typed. */
import type { CommandRequest } from '../wire.ts';

/** `video` has no name of its own in the port: it is a message, said in another way. */
export type SlashName = CommandRequest['name'] | 'video';

const SLASH_NAMES: readonly SlashName[] = [
  'video',
  'export',
  'versions',
  'status',
  'credits',
  'stop',
  'new',
  'help',
  'profile',
  'forget',
  'export-data',
  'admin',
];

/** The commands that what is typed may become; none when it is no command. */
export function completions(typed: string): readonly SlashName[] {
  const [, start] = /^\/([a-z-]*)$/i.exec(typed) ?? [];
  return start === undefined
    ? []
    : SLASH_NAMES.filter((name) => name.startsWith(start.toLowerCase()));
}

export type Typed =
  | { readonly type: 'message'; readonly text: string }
  | {
      readonly type: 'command';
      readonly name: CommandRequest['name'];
      readonly argument: string | undefined;
    };

/** What is unknown behind a slash is a message like any other. */
export function readTyped(text: string): Typed {
  const [, word = '', rest = ''] = /^\/([a-z-]+)(?:\s+([\s\S]*))?$/i.exec(text.trim()) ?? [];
  const name = SLASH_NAMES.find((known) => known === word.toLowerCase());
  if (name === undefined) return { type: 'message', text };
  if (name === 'video') return { type: 'message', text: rest };
  return { type: 'command', name, argument: rest.trim() || undefined };
}

/**
 * The one way in which a message of Slack becomes material, wherever it comes from: an event, the history, a shortcut.
 * Its person's own words and files, and apart from them what it forwards: nobody's command to us. Pure.
 */
import type { Attachment, ReadMessage, UnreadPart } from '../chat.ts';
import { unreadable } from './file-kind.ts';
import { newReading } from './lenient-json.ts';
import { mentionedPeople, mentions, unescapeText } from './message-text.ts';
import { attachmentOf, type SlackMessage, slackFile } from './payloads.ts';
import { type HungOn, hungOn } from './read-attachments.ts';
import { written } from './written-twice.ts';

export interface MessageReading {
  /** In its own words, not in those it forwards. */
  readonly mentionsUs: boolean;
  /** Ids of the people whose names its words need. */
  readonly people: readonly string[];
  material(names: ReadonlyMap<string, string>): ReadMessage;
}

/** More than Slack takes with one message, and those of what it forwards. */
const MOST_FILES = 40;

export function readMessage(message: SlackMessage, bot: string): MessageReading {
  const reading = newReading();
  const text = message.text ?? '';
  const own = written({ text, blocks: message.blocks }, reading);
  const hung = hungOn(message.attachments, reading, { bot });
  const parts = hung.filter(({ forwarded }) => !forwarded);
  const forwards = hung.filter(({ forwarded }) => forwarded);
  const ownWords = [own, ...wordsOf(parts)];
  const seen = new Set<string>();
  const files = filesOf([...(message.files ?? []), ...parts.flatMap((it) => it.files)], seen);
  const forwardedFiles = filesOf(
    forwards.flatMap((it) => it.files),
    seen,
  );
  const unread = [
    ...hung.flatMap((it) => it.unread ?? []),
    ...files.unread,
    ...forwardedFiles.unread,
    ...(reading.cutOff ? [{ kind: 'other' } as const] : []),
  ];
  return {
    mentionsUs: mentions(text, bot) || mentions(own, bot),
    people: mentionedPeople([...ownWords, ...wordsOf(forwards)].join(' '), bot),
    material(people) {
      const plain = (words: readonly string[]) =>
        words
          .map((it) => unescapeText(it, { bot, people }))
          .filter((it) => it !== '')
          .join('\n\n');
      const quoted = { text: plain(wordsOf(forwards)), attachments: forwardedFiles.read };
      const hasQuoted = quoted.text !== '' || quoted.attachments.length > 0;
      return {
        text: plain(ownWords),
        attachments: files.read,
        ...(unread.length > 0 ? { unread } : {}),
        ...(hasQuoted ? { quoted } : {}),
      };
    },
  };
}

const wordsOf = (hung: readonly HungOn[]): string[] => hung.map(({ words }) => words);

interface Files {
  readonly read: readonly Attachment[];
  readonly unread: readonly UnreadPart[];
}

function filesOf(listed: readonly unknown[], seen: Set<string>): Files {
  const read: Attachment[] = [];
  const unread: UnreadPart[] = [];
  for (const one of listed) {
    const { data: file } = slackFile.safeParse(one);
    if (!file || seen.has(file.id) || seen.size >= MOST_FILES) continue;
    seen.add(file.id);
    const part = unreadable(file);
    if (part) unread.push(part);
    else read.push(attachmentOf(file));
  }
  return { read, unread };
}

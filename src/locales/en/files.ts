/** What becomes of the files and scripts that people send. */
import { nameInText } from '../../conversation/language/shown-name.ts';
import type { UnreadPart } from '../../platforms/chat.ts';
import { type UnreadNames, unreadParts } from '../unread-parts.ts';
import { bytes, number } from './numbers.ts';

export const files = {
  refusedKind: (name: string, kinds: string, better?: string) =>
    `I can't use **${nameInText(name)}**: this kind of file is not supported.${better ? ` Please save it as ${better.replace(', ', ' or ')}.` : ''} Accepted: ${kinds}.`,
  refusedContent: (name: string, kinds: string) =>
    `I can't use **${nameInText(name)}**: what is inside is not what the name says. Accepted: ${kinds}.`,
  refusedSize: (name: string, limit: number) =>
    `I can't use **${nameInText(name)}**: it is larger than ${bytes(limit)}. Please compress or trim it.`,
  refusedByBackend: (name: string, limit: number) =>
    `I can't use **${nameInText(name)}**: it is too large for NemoVideo (${bytes(limit)} at most). Please compress or trim it.`,
  refusedEmpty: (name: string) =>
    `I can't use **${nameInText(name)}**: the file is empty (0 bytes).`,
  refusedGone: (name: string) =>
    `I can't use **${nameInText(name)}**: the file is no longer there. Please send it again.`,
  refusedExternal: (name: string, service?: string) =>
    service
      ? `I can't use **${nameInText(name)}**: it is kept in ${nameInText(service)}, where I can't open it. Please download it there and send the file itself here.`
      : `I can't use **${nameInText(name)}**: it lives outside this chat. Please send the file itself.`,
  refusedHidden: (name: string) =>
    `I can't use **${nameInText(name)}**: it is hidden by this workspace's limits.`,
  refusedPermission: (name: string) =>
    `I can't use **${nameInText(name)}**: I am not allowed to read files here. An admin can change that.`,
  refusedCutOff: (name: string) =>
    `I can't use **${nameInText(name)}**: the transfer broke off. Please send it again.`,
  refusedUpload: (name: string) =>
    `I can't use **${nameInText(name)}**: NemoVideo did not take it. Please try again later.`,
  scriptCut: (limit: number) => `It is very long: I read its first ${number(limit)} characters.`,
  scriptTooLong: (name: string | undefined, length: number, limit: number) =>
    `${name ? `**${nameInText(name)}**` : 'The script'} is long: ${number(length)} characters, and a video is made from at most ${number(limit)}. Shall I use the first part, or shorten the whole to its most telling sentences? You can also send a shorter version.`,
  scriptFits: (fit: 'first-part' | 'gist', used: number, length: number) =>
    fit === 'gist'
      ? `✂️ Shortened: I use the most telling ${number(used)} of ${number(length)} characters.`
      : `✂️ I use the first ${number(used)} of ${number(length)} characters; the rest can be the next video.`,
  fileRead: (name: string, words: number) =>
    `📄 Read **${nameInText(name)}**: ${number(words)} ${words === 1 ? 'word' : 'words'}.`,
  fileGot: (name: string, kind: 'video' | 'image' | 'audio', as: string) =>
    name === as
      ? `📎 Got **${nameInText(name)}** (${kind}).`
      : `📎 Got **${nameInText(name)}** (${kind}), as **${nameInText(as)}**.`,
  voiceUsed: (use: 'script' | 'message' | 'music', name: string) =>
    use === 'music'
      ? `🎵 I take **${nameInText(name)}** for the music.`
      : `🎙️ I take what is said in **${nameInText(name)}** for ${use === 'script' ? 'the script' : 'your message'}. If it is music, tell me so.`,
  refusedVoice: (name: string) =>
    `I can't use **${nameInText(name)}**: the recording is damaged. Please record it again.`,
  refusedLongVoice: (name: string, minutes: number) =>
    `I can't use **${nameInText(name)}**: the recording is too long (${minutes} minutes at most). Please send a shorter one, or write the text.`,
  refusedSilent: (name: string) =>
    `I can't use **${nameInText(name)}**: there is no sound in it. Please record it again.`,
  fileSame: (name: string, other: string) =>
    name === other
      ? `📎 **${nameInText(name)}** is here already.`
      : `📎 **${nameInText(name)}** is the same as **${nameInText(other)}**, which is here already.`,
  refusedWordless: (name: string) =>
    `I can't use **${nameInText(name)}**: there are no words in it.`,
  refusedScanned: (name: string) =>
    `I can't use **${nameInText(name)}**: it holds pictures of pages and no text. Please send the text itself.`,
  refusedEncrypted: (name: string) =>
    `I can't use **${nameInText(name)}**: it is protected by a password. Please send it without one.`,
  refusedDamaged: (name: string) =>
    `I can't use **${nameInText(name)}**: the file is damaged. Please save it again and resend it.`,
  refusedLongDocument: (name: string) =>
    `I can't use **${nameInText(name)}**: the document is too large to read. Please send a shorter one, or paste the text.`,
  refusedSlow: (name: string) =>
    `I can't use **${nameInText(name)}**: reading it takes too long. Please paste its text instead.`,
  refusedUnreachable: (name: string) =>
    `I can't use **${nameInText(name)}**: it could not be fetched just now. Please send it again.`,
  /** What of a message was seen but not read. */
  unread: (parts: readonly UnreadPart[]) =>
    `I can't read all of the message. Left out: ${unreadParts(parts, UNREAD)}. If it matters, please send it as text or as a file.`,
};

const UNREAD: UnreadNames = {
  canvas: 'a canvas',
  list: 'a list',
  poll: 'a poll',
  'app-card': 'what an app shows',
  other: 'a part that I do not know',
};

export type FilesWords = typeof files;

/** What an attachment notes of a Slack file: where its bytes are, or why they cannot be had. */
import { z } from 'zod';
import type { Attachment } from '../chat.ts';

const file = z.string();
/** Of a clip: where what is said in it is written down, or that Slack is still at it. */
const words = z.string().exactOptional();
const there = { file, url: z.string(), words };

const locator = z.discriminatedUnion('standing', [
  z.object({ standing: z.literal('here'), ...there }),
  /** Written in Slack, which gives it as HTML. */
  z.object({ standing: z.literal('page'), ...there }),
  /** Its words are told with it. */
  z.object({ standing: z.literal('email'), ...there }),
  /** The address has to be asked for, as in Slack Connect channels. */
  z.object({ standing: z.literal('stub'), file, words }),
  z.object({ standing: z.literal('deleted'), file }),
  /** Behind the limit of a free workspace. */
  z.object({ standing: z.literal('hidden'), file }),
  /** On another service, from which it is not fetched. */
  z.object({ standing: z.literal('external'), file, service: z.string().exactOptional() }),
]);
export type FileLocator = z.infer<typeof locator>;
export type Standing = FileLocator['standing'];

type Located = Pick<Attachment, 'locator'>;

/** Undefined where it is none of Slack's. */
export function readLocator(attachment: Located): FileLocator | undefined {
  const read = locator.safeParse(attachment.locator);
  return read.success ? read.data : undefined;
}

export const isStub = (attachment: Located): boolean =>
  readLocator(attachment)?.standing === 'stub';

/** See `words` above. */
export function wordsOf(attachment: Located): string | undefined {
  const read = readLocator(attachment);
  return read && 'words' in read ? read.words : undefined;
}

/** There is more to be asked of Slack about it: its address, or what somebody says in it. */
export const isOnlyHinted = (attachment: Located): boolean =>
  isStub(attachment) || wordsOf(attachment) !== undefined;

/** False: opening it would only give the reason why it cannot be had. */
export function canBeHad(attachment: Located): boolean {
  const standing = readLocator(attachment)?.standing;
  return standing !== 'deleted' && standing !== 'hidden' && standing !== 'external';
}

/** A Slack thread, as the conversation sees it. */
import type { Capabilities, ChatThread, Limits, Reaction, ThreadRef } from '../chat.ts';
import type { Activity } from './activity.ts';
import type { WebCalls } from './api-calls.ts';
import { codeOf } from './errors.ts';
import { type FilesOut, MOST_BYTES } from './files-out.ts';
import type { Posting } from './posting.ts';

export interface Tools {
  readonly calls: WebCalls;
  readonly posting: Posting;
  readonly filesOut: FilesOut;
  readonly activity: Activity;
}

const LIMITS: Limits = { fileBytes: MOST_BYTES };
const CAPABILITIES: Capabilities = {
  edit: true,
  react: true,
  privateReply: true,
  files: true,
  textChars: 3_000,
  draws: false,
  privateFiles: false,
};
const ONE_TRY = { attempts: 1 } as const;
const EMOJI: Readonly<Record<Reaction, string>> = {
  seen: 'eyes',
  queued: 'clock3',
  thanks: 'heart',
  noted: '+1',
};

export function slackThread(
  ref: ThreadRef,
  { calls, posting, filesOut, activity }: Tools,
): ChatThread {
  const { workspace, channel } = ref;
  return {
    ref,
    limits: async () => LIMITS,
    capabilities: CAPABILITIES,
    async post(message, delivery) {
      const done = activity.posting(ref);
      const posted = await posting.post(ref, message, delivery);
      done();
      return posted;
    },
    edit: (id, message, repeating) => posting.edit(ref, id, message, repeating),
    delete: (id, repeating) => posting.delete(ref, id, repeating),
    postPrivately: (person, message) => posting.postPrivately(ref, person, message),
    async postFile(file, message, delivery) {
      const done = activity.posting(ref);
      const posted = await filesOut.post(ref, file, message, delivery);
      done();
      return posted;
    },
    react: (messageId, reaction) =>
      unless('already_reacted', () =>
        calls(
          workspace,
          (client, token) =>
            client.reactions.add({ token, channel, timestamp: messageId, name: EMOJI[reaction] }),
          ONE_TRY,
        ),
      ),
    unreact: (messageId, reaction) =>
      unless('no_reaction', () =>
        calls(
          workspace,
          (client, token) =>
            client.reactions.remove({
              token,
              channel,
              timestamp: messageId,
              name: EMOJI[reaction],
            }),
          ONE_TRY,
        ),
      ),
    async showActivity(label) {
      if (label) activity.show(ref, label);
      else activity.hide(ref);
    },
  };
}

/** That code says it was so already. */
async function unless(code: string, deed: () => Promise<unknown>): Promise<void> {
  try {
    await deed();
  } catch (error) {
    if (codeOf(error) !== code) throw error;
  }
}

/** A file for one person alone: Slack shows none in what only one person sees, so that it goes into their direct messages. */
import { ChatError, type ChatPlatform, type ThreadRef } from '../chat.ts';
import type { WebCalls } from './api-calls.ts';
import type { FilesOut } from './files-out.ts';
import { render } from './render-message.ts';

export const createSendPrivately =
  (calls: WebCalls, filesOut: FilesOut): NonNullable<ChatPlatform['sendPrivately']> =>
  async ({ platform, workspace, person, key }, message, file, signal) => {
    const place = { platform, workspace, channel: person.id };
    const [said] = render({ text: message.text }, place);
    // A person's id opens the direct messages with them, and the answer says where those are.
    const { channel, ts } = await calls(
      workspace,
      (client, token) =>
        client.chat.postMessage({ token, channel: person.id, text: said?.text ?? '' }),
      { signal },
    );
    if (!channel || !ts) throw new ChatError('invalid', 'Slack did not say where it has posted');
    const ref: ThreadRef = { platform, workspace, channel, thread: ts };
    await filesOut.post(ref, file, { text: file.name }, { key, signal });
    return 'directly';
  };

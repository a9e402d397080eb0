/** Messages asked of Slack once more, or for the first time, with all that it tells of them only when asked. */
import type { Log } from '../../runtime/log.ts';
import { ChatError, type Material, type ReadMessage, type ThreadRef } from '../chat.ts';
import type { WebCalls } from './api-calls.ts';
import type { FilesIn } from './files-in.ts';
import { readThread } from './history.ts';
import type { SlackMessage } from './payloads.ts';
import type { People } from './people.ts';
import { readMessage } from './read-message.ts';
import type { Workspaces } from './workspaces.ts';

export interface MessageLookupDeps {
  readonly calls: WebCalls;
  readonly workspaces: Workspaces;
  readonly people: People;
  readonly filesIn: FilesIn;
  readonly log: Log;
}

export function createMessageLookup({
  calls,
  workspaces,
  people,
  filesIn,
  log,
}: MessageLookupDeps) {
  return { whole, find, read };

  /** With names, and all that Slack tells of its files only when asked. */
  async function whole(
    workspace: string,
    message: SlackMessage,
    signal: AbortSignal,
  ): Promise<ReadMessage> {
    const { botUser } = await workspaces.of(workspace);
    const reading = readMessage(message, botUser);
    const material = reading.material(await people.names(workspace, reading.people));
    const completed = async (part: Material) => ({
      ...part,
      attachments: await filesIn.completed(workspace, part.attachments, signal),
    });
    const { quoted } = material;
    const [own, forwarded] = await Promise.all([completed(material), quoted && completed(quoted)]);
    return { ...own, ...(forwarded ? { quoted: forwarded } : {}) };
  }

  /** A message of somebody else's; undefined where Slack does not show it. */
  async function find(
    ref: ThreadRef,
    id: string,
    signal: AbortSignal,
  ): Promise<SlackMessage | undefined> {
    const { botUser } = await workspaces.of(ref.workspace);
    try {
      for await (const message of readThread(calls, ref, {
        oldest: id,
        latest: id,
        signal,
        attempts: 3,
      })) {
        if (message.ts !== id) continue;
        // What we said ourselves is nobody's material.
        return message.user === botUser ? undefined : message;
      }
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      log.debug('Slack did not show a message again', { error });
    }
    return undefined;
  }

  async function read(
    ref: ThreadRef,
    id: string,
    signal: AbortSignal,
  ): Promise<ReadMessage | undefined> {
    try {
      const message = await find(ref, id, signal);
      return message && (await whole(ref.workspace, message, signal));
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      log.debug('Slack did not show all of a message again', { error });
    }
    return undefined;
  }
}

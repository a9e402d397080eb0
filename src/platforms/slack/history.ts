/** Reading a thread once more: what was posted, what was missed, what a message really holds. */
import { z } from 'zod';
import type { ThreadRef } from '../chat.ts';
import type { WebCalls } from './api-calls.ts';
import { slackMessage } from './payloads.ts';

const threadMessage = slackMessage.extend({
  metadata: z
    .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
    .nullish(),
});
export type ThreadMessage = z.infer<typeof threadMessage>;

const page = z.object({
  messages: z.array(z.unknown()).optional(),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

export interface Window {
  /** Slack timestamps; both ends are included. */
  readonly oldest?: string | undefined;
  readonly latest?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly attempts?: number;
}

const PAGE = 200;
/** A thread with more than this is looked through only so far. */
const MOST_PAGES = 10;

/** Messages of a thread in order of time. Slack gives the root with every page, whatever the window. */
export async function* readThread(
  calls: WebCalls,
  { workspace, channel, thread }: ThreadRef,
  { oldest, latest, signal, attempts }: Window,
): AsyncGenerator<ThreadMessage> {
  let cursor: string | undefined;
  for (let n = 0; n < MOST_PAGES; n += 1) {
    const answer = await calls(
      workspace,
      (client, token) =>
        client.conversations.replies({
          token,
          channel,
          ts: thread,
          inclusive: true,
          include_all_metadata: true,
          limit: PAGE,
          ...(oldest ? { oldest } : {}),
          ...(latest ? { latest } : {}),
          ...(cursor ? { cursor } : {}),
        }),
      { signal, ...(attempts ? { attempts } : {}) },
    );
    const { messages, response_metadata } = page.parse(answer);
    for (const message of messages ?? []) {
      const read = threadMessage.safeParse(message);
      if (read.success) yield read.data;
    }
    cursor = response_metadata?.next_cursor || undefined;
    if (!cursor) return;
  }
}

/** Epoch milliseconds as a Slack timestamp. */
export const toTs = (ms: number): string => (ms / 1000).toFixed(6);
export const fromTs = (ts: string): number => Math.round(Number(ts) * 1000);

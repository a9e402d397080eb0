/** A row of the messages table, checked on the way out and turned into what the page shows. */

import { z } from 'zod';
import { parseMarkdown } from '../../markdown/markdown.ts';
import { chartSchema } from '../../pictures/chart.ts';
import { draw } from '../../pictures/draw.ts';
import { type FinishedVideo, type OutgoingMessage, REACTIONS } from '../chat.ts';
import { buttonSchema } from '../shared/button-schema.ts';
import { showAddresses } from '../shared/show-addresses.ts';
import { servedAs } from './file-kind.ts';
import type { WireFile, WireMessage, WireVersion } from './wire.ts';

const fileShape = z.object({
  id: z.string(),
  name: z.string(),
  bytes: z.number(),
  mime: z.string(),
  /** Absent in what an earlier version stored, and of what people send. */
  description: z.string().optional(),
  captions: z.string().optional(),
});

const bodyShape = z.object({
  kind: z.enum(['text', 'command']).default('text'),
  text: z.string(),
  files: z.array(fileShape).default([]),
  buttons: z.array(buttonSchema).default([]),
  mention: z.array(z.string()).default([]),
  reactions: z.array(z.enum(REACTIONS)).default([]),
  card: z.literal('plan').optional(),
  chart: chartSchema.optional(),
});

export type Body = z.infer<typeof bodyShape>;
export const EMPTY_BODY: Body = {
  kind: 'text',
  text: '',
  files: [],
  buttons: [],
  mention: [],
  reactions: [],
};

export const messageRow = z.object({
  position: z.number(),
  id: z.string(),
  thread: z.string(),
  author: z.enum(['you', 'bot']),
  body: z.string().transform((json) => bodyShape.parse(JSON.parse(json))),
  private: z.number(),
  was_status: z.number(),
  deleted: z.number(),
  taken: z.number(),
  created_at: z.number(),
  seq: z.number(),
});

export type MessageRow = z.infer<typeof messageRow>;

export function bodyOf(message: OutgoingMessage, earlier: Body = EMPTY_BODY): Body {
  const buttons = (message.buttons ?? []).map(({ label, style, does }) => ({ label, style, does }));
  return {
    ...earlier,
    text: showAddresses(message.text),
    buttons,
    // It stays a plan when it is over and its buttons are gone.
    card: buttons.some(offersPlan) ? 'plan' : earlier.card,
    mention: [...(message.mention ?? [])],
    chart: message.chart,
  };
}

/**
 * The port does not say which message is the status of a turn, and need not: it is the one that
 * offers to stop the turn, and no other message does.
 */
export const offersStop = (body: Body): boolean =>
  body.buttons.some(({ does }) => 'action' in does && does.action === 'stop');

const offersPlan = ({ does }: Body['buttons'][number]): boolean =>
  'action' in does && does.action === 'make-plan';

/** A file as the page may show it; what a browser might run is bytes to it. */
export const wireFile = (file: WireFile): WireFile => ({ ...file, mime: servedAs(file.mime).type });

/** With its file where its message still stands in that thread. */
export function wireVersion(
  video: FinishedVideo,
  thread: string,
  row: MessageRow | undefined,
): WireVersion {
  const file = row?.thread === thread && !row.deleted ? row.body.files[0] : undefined;
  return { ...video, file: file && wireFile(file) };
}

export function wireMessage(row: MessageRow, you: string): WireMessage {
  const { body } = row;
  return {
    id: row.id,
    thread: row.thread,
    position: row.position,
    seq: row.seq,
    at: row.created_at,
    author: row.author,
    kind: body.kind,
    text: body.text,
    blocks: row.author === 'bot' ? parseMarkdown(body.text) : [],
    files: body.files.map(wireFile),
    drawing: body.chart && draw(body.chart),
    buttons: body.buttons,
    mentionsYou: body.mention.includes(you),
    private: row.private === 1,
    status: offersStop(body) ? 'busy' : row.was_status ? 'ended' : undefined,
    reactions: body.reactions,
    card: body.card,
    deleted: row.deleted === 1,
    waiting: row.taken === 0,
  };
}

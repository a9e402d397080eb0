/**
 * What the page and the server say to each other. The page imports the types of this file and
 * nothing else from the server; requests are checked against the schemas before they are believed.
 */
import { z } from 'zod';
import type { Block } from '../../markdown/markdown.ts';
import type { Shape } from '../../pictures/shape.ts';
import type { Button, CommandName, FinishedVideo, Reaction } from '../chat.ts';

export interface WireThread {
  readonly id: string;
  readonly title: string;
  /** Epoch milliseconds of the newest message. */
  readonly activeAt: number;
  /** Grows with every change anywhere; of two versions of the same thing the higher one is newer. */
  readonly seq: number;
}

export interface WireFile {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  /** On its way to the page: the kind as which the browser will get it. */
  readonly mime: string;
  /** What is in it, in words. */
  readonly description?: string | undefined;
  /** Of a video: the id of the file with its captions. */
  readonly captions?: string | undefined;
}

export interface WireMessage {
  readonly id: string;
  readonly thread: string;
  /** Place in the conversation; never changes. */
  readonly position: number;
  readonly seq: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly author: 'you' | 'bot';
  readonly kind: 'text' | 'command';
  readonly text: string;
  /** The text as a Markdown tree; empty where the person wrote it, whose words are shown as written. */
  readonly blocks: readonly Block[];
  readonly files: readonly WireFile[];
  /** The timeline that the message is about; its segments are to be pressed. */
  readonly drawing?: Shape | undefined;
  readonly buttons: readonly Button[];
  /** The message speaks to the person by name. */
  readonly mentionsYou: boolean;
  /** "Only visible to you". */
  readonly private: boolean;
  /** The one status message of a turn: `busy` for as long as it offers to stop. */
  readonly status: 'busy' | 'ended' | undefined;
  readonly reactions: readonly Reaction[];
  /** Shown as a card of its own. */
  readonly card: 'plan' | undefined;
  readonly deleted: boolean;
  /** The person's own message is stored here but the bot has not taken it in yet. */
  readonly waiting: boolean;
}

/** A finished video of a conversation; `file` is what was posted of it, where that was a file. */
export interface WireVersion extends Omit<FinishedVideo, 'message'> {
  readonly message: string | undefined;
  readonly file: WireFile | undefined;
}

export type PageChange =
  | { readonly type: 'thread'; readonly seq: number; readonly thread: WireThread }
  | { readonly type: 'message'; readonly seq: number; readonly message: WireMessage };

/** Not stored and not numbered; `label` is absent when the bot has become quiet. */
export interface ActivityEvent {
  readonly thread: string;
  readonly label: string | undefined;
}

export interface PageTexts {
  readonly greeting: string;
  readonly examples: readonly string[];
  readonly tip: string;
}

/** What an empty conversation shows, in one language. */
export interface Welcome {
  readonly texts: PageTexts;
  /** What else can be tried here. */
  readonly helpNotes: readonly (readonly Block[])[];
}

export interface PageConfig extends Welcome {
  /** Another value: the data folder is another one, and nothing the page remembers is true. */
  readonly epoch: string;
  readonly maxUploadBytes: number;
  readonly maxFilesPerMessage: number;
  /** There is a password, and so a way out. */
  readonly canSignOut: boolean;
}

export interface RequestProblem {
  readonly code: ProblemCode;
  /** A sentence, in English; the page has its own words for the codes that people meet. */
  readonly message: string;
}

export type ProblemCode =
  | 'bad-request'
  | 'signed-out'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'too-many'
  | 'cut-off'
  | 'storage-full'
  | 'unavailable'
  | 'not-written'
  | 'unexpected';

export const MAX_FILES_PER_MESSAGE = 10;
/** Well over the 50,000 characters that a pasted script may have; the conversation has its own cap. */
const MAX_TEXT = 200_000;

export const isId = (text: string): boolean =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

const id = z.string().refine(isId, 'an id is a lower-case UUID');

/** `id` is made by the page: sending the same message again changes nothing. */
export const sendRequest = z.object({
  id,
  text: z.string().max(MAX_TEXT),
  files: z.array(id).max(MAX_FILES_PER_MESSAGE),
});

export const COMMAND_NAMES = [
  'credits',
  'status',
  'export',
  'versions',
  'help',
  'new',
  'stop',
  'profile',
  'forget',
  'export-data',
  'admin',
] as const satisfies readonly CommandName[];

export const commandRequest = z.object({
  id,
  name: z.enum(COMMAND_NAMES),
  argument: z.string().max(2_000).optional(),
});

/** The button is named by its place; what it does is looked up here and not taken from the request. */
export const pressRequest = z.object({
  id,
  message: id,
  button: z.number().int().min(0).max(100),
});

export type SendRequest = z.infer<typeof sendRequest>;
export type CommandRequest = z.infer<typeof commandRequest>;
export type PressRequest = z.infer<typeof pressRequest>;

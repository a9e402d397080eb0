/** What the local Slack knows; tests read it, and change it to break things. */
export interface SlackUser {
  readonly id: string;
  readonly name: string;
  readonly locale?: string;
  readonly admin?: boolean;
  /** With Slack Connect; the workspace's own where absent. */
  readonly team?: string;
  /** A guest sees the channels they were added to, and no other. */
  guest?: boolean;
  readonly isBot?: boolean;
}

export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  /** Is the bot in it? */
  member: boolean;
  private?: boolean;
  /** Who is in it; everybody where absent. */
  people?: Set<string>;
  archived: boolean;
}

export interface SeenMessage {
  readonly ts: string;
  readonly channel: string;
  readonly thread_ts?: string;
  readonly user: string;
  readonly bot: boolean;
  text: string;
  blocks: Block[];
  /** Every text it has had, oldest first. */
  readonly versions: string[];
  deleted: boolean;
  readonly files: FileRecord[];
  readonly metadata?: { event_type: string; event_payload: Record<string, unknown> };
  readonly reactions: Set<string>;
  /** Of what people write: the blocks and attachments that events, history and shortcuts show of it. */
  wire?: Readonly<Record<string, unknown>>;
  /** Set on an ephemeral message: the one who sees it. */
  readonly privateTo?: string;
}

/** Block Kit as sent; only looked into. */
export interface Block {
  readonly type: string;
  readonly block_id?: string;
  readonly text?: unknown;
  readonly elements?: readonly BlockElement[];
}
export interface BlockElement {
  readonly type: string;
  readonly action_id?: string;
  readonly value?: string;
  readonly url?: string;
  readonly text?: { readonly text: string };
  /** Of `feedback_buttons`. */
  readonly positive_button?: Thumb;
  readonly negative_button?: Thumb;
}
export interface Thumb {
  readonly text: { readonly text: string };
  readonly value?: string;
}

export interface FileRecord {
  readonly id: string;
  readonly name: string;
  /** Its alternative text. */
  readonly alt?: string;
  bytes: Buffer;
  readonly mimetype?: string;
  readonly mode?: string;
  /** What events say beside, or instead of, the usual fields. */
  readonly as?: 'stub' | 'tombstone' | 'hidden' | 'external' | 'foreign-host';
  /** More, or other, fields of the file; `address` is where Slack serves it. */
  readonly fields?: (address: string) => Readonly<Record<string, unknown>>;
  /** What is served below its address, by the last part of the path. */
  readonly parts?: Readonly<Record<string, Part>>;
  /** The next downloads end after so many bytes. */
  cutAt: number[];
  /** The next downloads are answered with these, or reset. */
  hiccups: (number | 'reset')[];
  /** So many times more `files.info` does not know it yet. */
  unknownFor: number;
  readonly shares: { channel: string; ts: string; thread_ts?: string }[];
  completed: boolean;
}

export interface Part {
  readonly mimetype: string;
  readonly bytes: Buffer;
}

export type Fault =
  | { readonly error: string; readonly needed?: string }
  /** `after`: the deed is done, only the answer is lost. */
  | { readonly status: number; readonly after?: boolean }
  | { readonly drop: true; readonly after?: boolean }
  | { readonly retryAfter: number }
  | { readonly html: true }
  /** Slow, and right in the end. */
  | { readonly until: Promise<unknown> };

export interface Call {
  readonly method: string;
  readonly args: Record<string, unknown>;
  readonly token: string | undefined;
}

export const TEAM = 'T0TEA';
export const BOT_USER = 'U0NEMO';
export const BOT_ID = 'B0NEMO';
export const BOT_TOKEN = 'xoxb-local-bot-token';
export const APP_TOKEN = 'xapp-1-A0NEMO-1-local';
export const APP_ID = 'A0NEMO';
export const CONFIG_TOKEN = 'xoxe.xoxp-1-local-config';
export const SIGNING_SECRET = 'local-signing-secret';
export const CLIENT = { id: 'client-1', secret: 'client-secret', state: 'state-secret' } as const;

export const ALL_SCOPES = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'mpim:history',
  'mpim:read',
  'reactions:read',
  'reactions:write',
  'users:read',
];

export interface DoubleApp {
  readonly id: string;
  socketMode: boolean;
  /** Of the app's own level, with what each may do. */
  readonly appTokens: Map<string, readonly string[]>;
  /** Of the person who made it. */
  readonly configTokens: Set<string>;
  /** Undefined: nobody has looked; then it is as the test of a manifest wants it. */
  manifest: Record<string, unknown> | undefined;
  /** Manifests of apps that were made. */
  readonly made: Record<string, unknown>[];
}

/** Everything there is, with the ways to note that something happened. */
export interface World {
  readonly users: Map<string, SlackUser>;
  readonly channels: Map<string, SlackChannel>;
  readonly messages: SeenMessage[];
  readonly ephemerals: SeenMessage[];
  readonly files: Map<string, FileRecord>;
  readonly calls: Call[];
  /** Downloads of files: with which token, from which byte. */
  readonly downloads: { file: string; token: string | undefined; from: number }[];
  /** What a careful Slack would punish. */
  readonly violations: string[];
  readonly views: { id: string; by: string | undefined; view: Record<string, unknown> }[];
  /** What came to the addresses of interactions, and to whom. */
  /** Whose interaction an address belongs to. */
  readonly addresses: Map<string, string>;
  readonly answered: { by: string; text: string }[];
  /** Who was given which trigger; each opens one form. */
  readonly triggers: Map<string, string>;
  readonly homes: Map<string, Record<string, unknown>>;
  readonly sessions: { channel: string; thread_ts: string; status: string }[];
  readonly lines: { channel: string; thread_ts: string; status: string }[];
  readonly prompts: Record<string, unknown>[];
  /** Tokens that are good, and the workspace of each. */
  readonly tokens: Map<string, string>;
  /** Of those that rotate: their ends, epoch milliseconds. */
  readonly expiries: Map<string, number>;
  readonly refreshTokens: Set<string>;
  scopes: string[];
  /** The app, as its pages at Slack have it. */
  readonly app: DoubleApp;
  /** Does the workspace have agent sessions? */
  agentSessions: boolean;
  /** Kinds of blocks that the workspace does not know. */
  readonly unknownBlocks: Set<string>;
  /** Milliseconds between the end of an upload and the message with it. */
  shareDelayMs: number;
  /** Answers of the next calls of a method, in order; a `*` is any method. */
  readonly faults: Map<string, Fault[]>;
  url: string;
  nextTs(): string;
  nextId(prefix: string): string;
  changed(): void;
}

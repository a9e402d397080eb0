/**
 * The chat port: everything the conversation knows about a chat service, and everything a chat
 * service may ask of the conversation. A platform is one folder that implements `ChatPlatform`. The port is one
 * file, longer than others, so that whoever writes a platform reads one page.
 */
import type { Readable } from 'node:stream';
import type { Chart } from '../pictures/chart.ts';
import { type MessageId, type ThreadKey, toThreadKey } from '../runtime/ids.ts';

/**
 * What a platform calls itself. Any name may stand on record: what was begun in a platform that this process does not
 * serve is left to one that does.
 */
export type PlatformName = string;

/** One conversation = one video project. Serialisable: any process can turn it into a thread again. */
export interface ThreadRef {
  readonly platform: PlatformName;
  /** Slack team, Discord guild (`dm` for direct messages), `local` on the web. */
  readonly workspace: string;
  readonly channel: string;
  readonly thread: string;
}

export const threadKey = (ref: ThreadRef): ThreadKey =>
  toThreadKey(`${ref.platform}:${ref.workspace}:${ref.channel}:${ref.thread}`);

/** A place as the platform itself says it with an event. */
export interface Place {
  readonly platform: PlatformName;
  readonly workspace: string;
  readonly channel: string;
}

/**
 * A thread that a client named: in the id of a button, an option, a form. It may be made up or somebody else's, so
 * it is no `ThreadRef` and fits nowhere that takes one; only conversation/verify-thread-claim.ts makes one of it.
 */
export interface ThreadClaim {
  readonly claimed: ThreadRef;
}

export interface Person {
  readonly id: string;
  readonly name?: string | undefined;
  /** BCP 47, where the platform tells it (an interaction); used for private replies. */
  readonly locale?: string | undefined;
  /**
   * True where the platform itself says that this person administers the workspace of the event. It says nothing
   * about any other.
   */
  readonly admin?: boolean | undefined;
}

/**
 * A file someone sent. `locator` is the platform's own note of how to fetch it, also after a restart: stored as it is,
 * and read by that platform alone, as one of the cases in its `file-locator.ts`.
 */
export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly bytes?: number | undefined;
  readonly mime?: string | undefined;
  /** A recorded voice message; its words, where the platform wrote them down. */
  readonly voice?: { readonly transcript?: string | undefined } | undefined;
  readonly locator: Readonly<Record<string, string>>;
}

export const UNREAD_KINDS = ['canvas', 'list', 'poll', 'app-card', 'other'] as const;

/** A part of a message that was seen but can't be read; the person is told by name, the agent is not. */
export interface UnreadPart {
  readonly kind: (typeof UNREAD_KINDS)[number];
  readonly name?: string | undefined;
}

export interface Material {
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly unread?: readonly UnreadPart[] | undefined;
}

/** A message that was looked up: its own words and files, and apart from them what it forwards. */
export interface ReadMessage extends Material {
  readonly quoted?: Material | undefined;
}

/** Its own words first, as one piece of material. */
export function withForwarded({ quoted, ...own }: ReadMessage): Material {
  if (!quoted) return own;
  const unread = [...(own.unread ?? []), ...(quoted.unread ?? [])];
  return {
    text: [own.text, quoted.text].filter((words) => words !== '').join('\n\n'),
    attachments: [...own.attachments, ...quoted.attachments],
    ...(unread.length > 0 ? { unread } : {}),
  };
}

export interface IncomingMessage extends Material {
  /** Unique per platform message, equal in every redelivery: what one turn per message hangs on. */
  readonly key: string;
  /** The platform's id of the message, for reactions; absent where no visible message exists (a slash command). */
  readonly messageId?: MessageId | undefined;
  readonly thread: ThreadRef;
  readonly author: Person;
  /** The message of somebody else that this one was written under, as material. */
  readonly quoted?: Material | undefined;
  /** The thread begins with this message: what people write under it is meant for us. */
  readonly begins?: boolean | undefined;
  /** The same, as it was written: whatever is on record of the thread came later, and says nothing about it. */
  readonly first?: boolean | undefined;
  /** Its files could not be used, and its person goes on without them. */
  readonly wordsAlone?: boolean | undefined;
  /** One video for every file, whatever the words say. */
  readonly each?: boolean | undefined;
  /** A plan is to be shown before anything is made, whatever the words say. */
  readonly planFirst?: boolean | undefined;
  /** The event may have left something out: the message is read again when its turn runs. */
  readonly incomplete?: boolean | undefined;
  /** People are mentioned whose names were not at hand: the text is read again, too. */
  readonly unnamed?: boolean | undefined;
  /**
   * Whom the platform says it speaks to. `us`: it mentions the bot or replies to it, or nobody else is there.
   * `others`: it begins with a mention of somebody else, or replies to another person's message, and does not
   * mention us.
   */
  readonly calls?: 'us' | 'others' | undefined;
  /** Id (as `readMessage` takes it) of somebody else's message that this one was written under, not read yet. */
  readonly under?: MessageId | undefined;
  /** Epoch milliseconds. */
  readonly sentAt: number;
}

export const BUTTON_ACTIONS = [
  'export',
  'timeline',
  'change',
  'editor',
  'status',
  'stop',
  'new',
  'retry',
  'credits',
  /** The words of the video with their times, as a file. */
  'captions',
  /** Sends `value` as if the person had written it. */
  'prompt',
  /** What to use of a script that is too long; `value` is the turn that it came with. */
  'first-part',
  'gist',
  /** Without the files, which could not be used; `value` is the turn that they came with. */
  'words-alone',
  /** Something that was offered with an answer or a video; `value` is the turn that offers it, a dot, and which offer. */
  'suggested',
  'shape',
  /** Whom a message was for that was not clear; `value` is the turn that asks. */
  'for-us',
  'for-them',
  /** The finished videos of the thread; two of them beside each other, `value` says which ("v1 v2"). */
  'versions',
  'compare',
  /** What is to become of a plan; `value` is the turn that shows it. */
  'make-plan',
  'change-plan',
  'cancel-plan',
  /** What somebody thinks of a video; `value` is "good" or "bad", a dot, and its render. */
  'feedback',
  /** Deletes what is stored, or asks first; `value` says of what. */
  'forget',
  'export-data',
  /** An order of an admin at the desk, as it would be written behind the command; about no thread. */
  'desk',
] as const;
/** Those that may be about a person, or a workspace, and no thread. */
export const THREADLESS: ReadonlySet<string> = new Set<ButtonAction>(['forget', 'export-data']);
/** As the value of `change`: where a place has a form to write in, it is to be opened. */
export const IN_A_FORM = 'form';

export type ButtonAction = (typeof BUTTON_ACTIONS)[number];

export interface Button {
  readonly label: string;
  readonly style?: 'primary' | 'danger' | undefined;
  /** What it does: an action that comes back to the conversation, or a link that the client opens. */
  readonly does:
    | {
        readonly action: ButtonAction;
        readonly value?: string | undefined;
        /** Another project than the one that the message is about: one of several to choose from. */
        readonly about?: ThreadRef | undefined;
      }
    | { readonly url: string };
}

/** Structured; each platform renders it its own way. `text` is Markdown of unlimited length. */
export interface OutgoingMessage {
  readonly text: string;
  readonly buttons?: readonly Button[] | undefined;
  /** Person ids to notify; shown as mentions in front of the text. Nobody else is ever notified. */
  readonly mention?: readonly string[] | undefined;
  /** What the words tell, for a place that draws it itself (`draws`); others leave it out. */
  readonly chart?: Chart | undefined;
  /** Asks what people think of it, in a place that has a form of its own for that; others leave it out. */
  readonly feedback?: FeedbackAsked | undefined;
}

/** Each of the two is an action `feedback` with that value. */
export interface FeedbackAsked {
  readonly good: { readonly label: string; readonly value: string };
  readonly bad: { readonly label: string; readonly value: string };
}

/** Bytes with a known length that can be read more than once: a retry opens anew. */
export interface FileSource {
  readonly name: string;
  readonly bytes: number;
  readonly mime: string;
  /** What is seen or heard in it, in a sentence, for those who do not see it. */
  readonly description: string;
  /** The same in other forms, for places that show several files as one. */
  readonly beside?: readonly FileSource[] | undefined;
  /** Of a video: its words as WebVTT, for a player that shows them. */
  readonly captions?: FileSource | undefined;
  open(signal?: AbortSignal): Promise<Readable>;
}

export interface Repeating {
  /**
   * Asked before a call is repeated: rejects where whoever called no longer speaks here, and the call ends with
   * that. A process may have stood still in the pause, and another gone on in its place.
   */
  readonly confirm?: (() => Promise<void>) | undefined;
}

export interface Delivery extends Repeating {
  /** Equal for every attempt at the same post: whatever crashes in between, one message is visible. */
  readonly key: string;
  /** True when an earlier attempt may have got through: look for it before posting. */
  readonly again?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Posted {
  readonly id: MessageId;
}

export interface Limits {
  /** Largest file this place takes, in bytes. */
  readonly fileBytes: number;
}

export interface Capabilities {
  readonly edit: boolean;
  readonly react: boolean;
  /** `postPrivately` shows it in the place itself, where its buttons can be pressed. */
  readonly privateReply: boolean;
  readonly files: boolean;
  /** As many characters are read at one glance in one message; a longer text is split, or folded by the client. */
  readonly textChars: number;
  /** It draws the chart of a message itself, so that no picture of it is needed. */
  readonly draws: boolean;
  /** What only one person sees can have a file, too: `Respond` takes one. */
  readonly privateFiles: boolean;
}

/** `seen` is 👀, `queued` is 🕓, `thanks` is ❤️ and `noted` is 👍. */
export const REACTIONS = ['seen', 'queued', 'thanks', 'noted'] as const;
export type Reaction = (typeof REACTIONS)[number];

/**
 * A place to talk. Every call rejects with `ChatError` when the platform said no for good; waiting
 * for rate limits and repeating after lost answers is the platform's own affair, done inside.
 */
export interface ChatThread {
  readonly ref: ThreadRef;
  /** Never rejects: where it cannot be found out, what every place takes. */
  limits(): Promise<Limits>;
  readonly capabilities: Capabilities;
  /** Long text is split without loss; the id is that of the last part, which carries the buttons. */
  post(message: OutgoingMessage, delivery: Delivery): Promise<Posted>;
  /** Newest state wins: an edit may be skipped when a later one is already waiting. */
  edit(id: MessageId, message: OutgoingMessage, repeating?: Repeating): Promise<void>;
  delete(id: MessageId, repeating?: Repeating): Promise<void>;
  /** Visible to that person alone; by direct message where the place has nothing like it. */
  postPrivately(person: string, message: OutgoingMessage): Promise<void>;
  /**
   * Message and file as one. Rejects with `FileRefused` without having posted anything. Undefined: it is there, and nobody
   * knows yet under which id.
   */
  postFile(
    file: FileSource,
    message: OutgoingMessage,
    delivery: Delivery,
  ): Promise<Posted | undefined>;
  /** One try, like `unreact`, `nameAfter` and `showActivity`: whoever calls decides about another. */
  react(messageId: MessageId, reaction: Reaction): Promise<void>;
  unreact(messageId: MessageId, reaction: Reaction): Promise<void>;
  /** Gives the thread the name of its project, once; absent where threads have no names. */
  nameAfter?(title: string): Promise<void>;
  /** The platform's own sign of life ("is typing", status line), until called with `undefined` or the next post. */
  showActivity(label: string | undefined): Promise<void>;
}

export interface OpenedFile {
  readonly stream: Readable;
  /** What the host said; absent when it did not. */
  readonly bytes?: number | undefined;
}

export interface ChatPlatform {
  readonly name: PlatformName;
  /** Whoever administers a place of it is the operator: it runs on the operator's own machine. */
  readonly isOperatorsOwn?: boolean;
  /** Connects and begins to hand events to the inbox. Rejects with a sentence for the operator. */
  start(inbox: Inbox): Promise<void>;
  /** No event is taken in after this resolves; posting still works until `close`. */
  stopListening(): Promise<void>;
  close(): Promise<void>;
  /** Undefined while connected, else what is wrong, in words. */
  trouble(): string | undefined;
  /** What does not keep it from working, but needs a look, in words. */
  warning?(): string | undefined;
  thread(ref: ThreadRef): ChatThread;
  /** The address under which people open the thread; undefined where it has none, or none is known. */
  linkTo(ref: ThreadRef): Promise<string | undefined>;
  /** The same of one message in it; absent where messages have no addresses. */
  linkToMessage?(ref: ThreadRef, message: MessageId): Promise<string | undefined>;
  /**
   * May the person, who is at `from` right now, see the thread? True only where that is certain. Rejects where it
   * cannot be found out.
   */
  canSee(
    thread: ThreadRef,
    person: Person,
    from: Pick<Place, 'channel'> | undefined,
    signal: AbortSignal,
  ): Promise<boolean>;
  /** Could that be the id of one of its people? Absent where ids do not tell. */
  mayBePerson?(id: string): boolean;
  /** Reads a message of the place once more, or for the first time; undefined where that is not possible. */
  readMessage(
    thread: ThreadRef,
    messageId: MessageId,
    signal: AbortSignal,
  ): Promise<ReadMessage | undefined>;
  /**
   * The message that an address of this platform leads to, for somebody who is at `place`; `hidden` where it is not
   * certain that they see it, or where it cannot be read. Undefined: the address leads to no message of this platform.
   * Absent where messages have no addresses.
   */
  linkedMessage?(
    place: ThreadRef,
    person: Person,
    url: string,
    signal: AbortSignal,
  ): Promise<ReadMessage | 'hidden' | undefined>;
  /** The language of somebody's client, where no event tells it: within a moment, or undefined. */
  localeOf?(thread: ThreadRef, person: string): Promise<string | undefined>;
  /**
   * A file for one person alone. `directly`: it is not where they are looking, and they have to be told. Absent where
   * `Respond` takes a file. Called again with the same key it may be there twice.
   */
  sendPrivately?(
    at: Place & {
      readonly thread?: ThreadRef | undefined;
      readonly person: Person;
      readonly key: string;
    },
    message: OutgoingMessage,
    file: FileSource,
    signal: AbortSignal,
  ): Promise<'here' | 'directly'>;
  /** Deletes what the platform itself keeps of the thread: messages, files. Absent where the chat service keeps them. */
  forget?(thread: ThreadRef): Promise<void>;
  /** Is the bot a member there, or installed? Absent where nobody can leave. Rejects where it cannot be found out. */
  isIn?(workspace: string): Promise<boolean>;
  /** What somebody is called there, where no event tells it: within a moment, or undefined. */
  nameOf?(workspace: string, person: string): Promise<string | undefined>;
  /** Rejects with `FileUnavailable`. */
  openFile(thread: ThreadRef, file: Attachment, signal: AbortSignal): Promise<OpenedFile>;
}

/**
 * Answers one interaction privately; may be called more than once. `about` is the project that its buttons are for,
 * where the inbox has found it to be the person's to use.
 */
export type Respond = (
  message: OutgoingMessage,
  about?: ThreadRef,
  /** Beside the words where the place takes it (`privateFiles`); else the words go alone. */
  file?: FileSource,
) => Promise<void>;

/** `profile` shows the channel's skill profile; with an argument, an admin changes it. `admin` is the desk of admins. */
export type CommandName =
  | 'credits'
  | 'status'
  | 'export'
  | 'versions'
  | 'help'
  | 'new'
  | 'stop'
  | 'profile'
  | 'admin'
  /** Deletes what is stored, of what `argument` says; hands out what is stored of its person. */
  | 'forget'
  | 'export-data';

/** What somebody did with a client, and where. */
interface Interaction extends Place {
  readonly key: string;
  readonly person: Person;
  /** The thread in which it happened, as the platform says; absent where that was in none, or is not told. */
  readonly thread?: ThreadRef | undefined;
  /** The platform's own lines for the help text, in the person's language. */
  readonly notes?: readonly string[] | undefined;
  /** The project that the client says it is about; without it the thread above is meant. */
  readonly claim?: ThreadClaim | undefined;
  readonly respond: Respond;
}

export const BRAND_FIELDS = ['name', 'colours', 'intro', 'outro', 'voice', 'music'] as const;
/** As they are written; an empty one takes the field away, an absent one leaves it as it is. */
export type BrandFields = Readonly<Partial<Record<(typeof BRAND_FIELDS)[number], string>>>;

/** A slash command or a word typed in its place. */
export interface Command extends Interaction {
  readonly name: CommandName;
  readonly argument?: string | undefined;
  /** For `admin`: what was filled in about the channel's brand. */
  readonly brand?:
    | { readonly fields: BrandFields; readonly logo?: Attachment | undefined }
    | undefined;
}

export interface ButtonPress extends Interaction {
  readonly action: ButtonAction;
  readonly value?: string | undefined;
  /** For `change` and `change-plan`: what was written into the form that the button opened. */
  readonly material?: Material | undefined;
}

/** What somebody does with an account of their own, or of their workspace. `token` comes from a form that they alone see. */
export interface AccountOrder extends Pick<Place, 'platform' | 'workspace'> {
  readonly person: Person;
  /** Absent where the person is in none. */
  readonly channel?: string | undefined;
  readonly does: 'show' | 'connect' | 'disconnect';
  readonly whose: 'person' | 'workspace';
  readonly token?: string | undefined;
}

/** Before a video that somebody asks for is begun with a message of ours. */
export interface Beginning {
  readonly person: Person;
  /** `channel` is absent where the person was in none: on a home page, in a menu. */
  readonly place: Omit<Place, 'channel'> & { readonly channel?: string | undefined };
  /** The command that was given in place of a beginning: it is asked whether that may be done here. */
  readonly command?: CommandName | undefined;
  /** Unique per cause: with the same key nobody begins twice. Without it nothing is begun yet, only looked. */
  readonly key?: string | undefined;
}

/** `again`: it has been begun for this key, and there is nothing to say. */
export type MayBegin = 'yes' | 'again' | { readonly refused: OutgoingMessage };

export interface RecentProject {
  readonly thread: ThreadRef;
  readonly name: string;
  readonly at: number;
}

/** One of a thread's finished videos, for a place that can show several beside each other. */
export interface FinishedVideo {
  /** "v2". */
  readonly name: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Its size and length, in words. */
  readonly details: string;
  /** What has changed since the one before, in words. */
  readonly changes: readonly string[];
  /** Where it was posted. */
  readonly message: MessageId | undefined;
}

/** What a home page or a greeting shows. */
export interface Overview {
  /** Of the texts below: the code of a locale. */
  readonly language: string;
  readonly greeting: string;
  readonly examples: readonly string[];
  readonly help: string;
  /** Why this person gets nothing to see of the rest, in words. */
  readonly refused?: string | undefined;
  /** A sentence; undefined when the backend would not say. */
  readonly credits: string | undefined;
  /** The person's projects, newest first, at most 20. */
  readonly recent: readonly RecentProject[];
}

/** A message as it reads after an edit. */
export type Revision = Material &
  Pick<IncomingMessage, 'quoted' | 'incomplete' | 'unnamed' | 'calls'>;

/** What platforms hand events to. */
export interface Inbox {
  /**
   * Resolves when the message is in the ledger; a second call with the same key does nothing. Messages of a thread
   * are put there in the order of the calls. Rejects with `StoreUnavailable` where nothing can be written; the person
   * is told then, according to whether the message `comesAgain`, by being kept or sent once more.
   */
  receive(message: IncomingMessage, comesAgain?: boolean): Promise<void>;
  /**
   * A message was edited; `read` is asked only where that matters. While it waits it will run in its new words; while
   * it runs its person is told once that it does. False: the key is not on record. Rejects as `receive` does.
   */
  revise(key: string, read: () => Revision | undefined): Promise<boolean>;
  /** A message is gone: taken back where nothing has come of it yet, else its person is told once that it runs on. */
  withdraw(key: string): Promise<void>;
  command(command: Command): Promise<void>;
  press(press: ButtonPress): Promise<void>;
  /** Asked before anything of a person's is shown to others. */
  mayBegin(beginning: Beginning): Promise<MayBegin>;
  /** Is this thread one of our projects, so that messages in it need no mention? */
  knows(thread: ThreadRef): Promise<boolean>;
  overview(workspace: Omit<Place, 'channel'>, person: Person): Promise<Overview>;
  /** The brand of a channel, for a form; undefined where the person may not change it. */
  brand(place: Place, person: Person): Promise<BrandFields | undefined>;
  /** Gives what the person is told about it, alone. */
  account(order: AccountOrder): Promise<OutgoingMessage>;
  /** The finished videos of a thread that the person sees, in order. */
  versions(thread: ThreadRef, person: Person): Promise<readonly FinishedVideo[]>;
  /**
   * The bot was removed there at that moment (epoch milliseconds): the accounts that people entrusted to it before are
   * forgotten at once, what is stored of the workspace after a while.
   */
  left(workspace: Pick<Place, 'platform' | 'workspace'>, at: number): Promise<void>;
  /** The person's projects alone, newest first: for what is asked with every key that is typed. */
  recent(place: Place, person: Person): Promise<readonly RecentProject[]>;
}

/** The platform refused for good. `gone`: the place or our access to it no longer exists. */
export class ChatError extends Error {
  override name = 'ChatError';
  readonly reason: 'gone' | 'forbidden' | 'invalid' | 'unreachable';
  /** Real milliseconds after which the platform would take the call, where it said so. */
  readonly retryAfterMs?: number | undefined;
  constructor(
    reason: ChatError['reason'],
    message: string,
    options?: ErrorOptions & { retryAfterMs?: number | undefined },
  ) {
    super(message, options);
    this.reason = reason;
    this.retryAfterMs = options?.retryAfterMs;
  }
}

/** What was to be said would have been said under a message that no longer exists. */
export class MessageGone extends ChatError {
  override name = 'MessageGone';
  constructor(message: string, options?: ErrorOptions) {
    super('gone', message, options);
  }
}

/** The file was not taken; nothing was posted, the text is still to be sent. */
export class FileRefused extends Error {
  override name = 'FileRefused';
  readonly reason: 'too-large' | 'not-allowed' | 'storage-full' | 'failed';
  /** The limit that was met, in bytes, where known. */
  readonly limit?: number | undefined;
  constructor(
    reason: FileRefused['reason'],
    message: string,
    options?: ErrorOptions & { limit?: number | undefined },
  ) {
    super(message, options);
    this.reason = reason;
    this.limit = options?.limit;
  }
}

/** A file someone sent cannot be read. */
export class FileUnavailable extends Error {
  override name = 'FileUnavailable';
  readonly reason: 'gone' | 'external' | 'hidden' | 'no-permission' | 'cut-off' | 'unreachable';
  /** Where the file lives instead, as people call it. */
  readonly service?: string | undefined;
  constructor(
    reason: FileUnavailable['reason'],
    message: string,
    options?: ErrorOptions & { service?: string | undefined },
  ) {
    super(message, options);
    this.reason = reason;
    this.service = options?.service;
  }
}

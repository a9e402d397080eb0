/**
 * A whole language: what the bot says in it, and what it understands of it. One folder holds it, and what
 * is missing there does not compile. The words have the shape of the English ones.
 */
import type { Shape } from '../conversation/video-shape.ts';
import type { DiscordWords } from './en/discord.ts';
import type { PageWords, SignInWords } from './en/page.ts';
import type { SlackWords } from './en/slack.ts';
import type { words } from './en/words.ts';
import type { Compiled } from './patterns.ts';

export interface Locale {
  /** Primary subtag of BCP 47, and the name of the folder. */
  readonly code: string;
  /** In its own words. */
  readonly name: string;
  /** All that is said in conversations. */
  readonly words: Words;
  /** What the agent is told besides the person's own words. */
  readonly agent: AgentPhrases;
  readonly commands: Commands;
  readonly guiTalk: GuiTalk;
  readonly temporaryIssue: TemporaryIssue;
  readonly batch: BatchWords;
  readonly wishes: Wishes;
  readonly plan: PlanPhrases;
  readonly talk: TalkWords;
  /** By which a message in Latin letters is known to be in it; undefined where the script tells. */
  readonly commonWords: string | undefined;
  /** Signs of quotation besides ` and ". */
  readonly quotes: readonly QuotePair[];
  readonly slack: SlackWords;
  readonly discord: DiscordWords;
  readonly page: PageWords;
  readonly signIn: SignInWords;
}

export type Words = typeof words;

export interface AgentPhrases {
  readonly fromFile: string;
  readonly fromFiles: string;
  readonly fromScript: string;
  readonly separate: (entry: { readonly number: number; readonly of: number }) => string;
  readonly forAll: (of: number, words: string) => string;
  readonly gist: string;
  readonly uploaded: string;
  /** Files that were sent and could not be used. */
  readonly missing: (names: string) => string;
  readonly comma: string;
  readonly colon: string;
  readonly file: (file: {
    readonly name: string;
    readonly kind: 'image' | 'video' | 'audio' | 'file';
    /** What its person calls it, besides. */
    readonly aliases: readonly string[];
    /** Where the agent has to fetch it from. */
    readonly address: string | undefined;
  }) => string;
  /** What was decided about the plan; each a sentence. They go before what the request itself says. */
  readonly plan: {
    readonly decided: string;
    readonly leftOut: (
      scenes: readonly { readonly number: number; readonly words: string }[],
    ) => string;
    readonly seconds: (seconds: number) => string;
    readonly shape: (shape: 'portrait' | 'landscape' | 'square' | (string & {})) => string;
    readonly music: (words: string | false) => string;
    readonly title: (words: string | false) => string;
    readonly added: (words: string) => string;
  };
  /** The brand of the channel, behind what the person has said. */
  readonly brand: { readonly head: string } & Readonly<
    Record<
      'name' | 'colours' | 'intro' | 'outro' | 'voice' | 'music' | 'logo',
      (it: string) => string
    >
  >;
  /** What a recording of a voice is for: its words are the script, or what the person has to say; or it is music. */
  readonly voice: Readonly<Record<'script' | 'message' | 'music', (name: string) => string>>;
}

/**
 * The phrases that are commands: sources of expressions, each matched against a whole message that was normalised by
 * intent.ts: lower case, Latin letters without accents, no punctuation, one space between words, simplified Chinese
 * without spaces around it. A phrase with one word more is not a command.
 */
export interface Commands extends Readonly<Record<CommandType, readonly string[]>> {
  /** How the shapes are called in one of them. Sources. */
  readonly shapes: Readonly<Record<Shape, string>>;
  /** Courtesy in front of a command; taken off one at a time, the rest is tried again. */
  readonly before: RegExp;
  /** Courtesy behind a command. */
  readonly after: RegExp;
}
/** In the order in which they are tried. */
export const COMMAND_TYPES = [
  'export',
  /** The export of an earlier version. */
  'version',
  'versions',
  'compare',
  'credits',
  'status',
  'captions',
  'help',
  'stop',
  'new',
  'retry',
] as const;
export type CommandType = (typeof COMMAND_TYPES)[number];

/**
 * Which clauses tell the reader to do something in an editor that a chat does not have. Each expression looks at the
 * start of a clause: an instruction begins with its verb, content does not ("drag the clips", but "the drag race
 * clip"). Quoted text reaches these expressions as BLANK, Chinese simplified.
 */
export interface GuiTalk {
  /**
   * What may stand before an instruction, as much of it as there is: taken off at once, since "you can just now" can be
   * read as one lead-in or as several, and a row of them in countless ways. Of words in lower case.
   */
  readonly leadIn?: RegExp;
  /** The first that fits the rest tells what is asked for. Of words in lower case. */
  readonly instructions: Compiled;
  /** What an instruction names: a place of the editor, … */
  readonly place: RegExp;
  /** … the export, … */
  readonly export: RegExp;
  /** … or the account. */
  readonly credits: RegExp;
  /** "When it is done,", "To change the order,": says when or why to do what follows, and falls with it. */
  readonly introduces: RegExp;
  /** A label in front of an instruction, without its colon. A source. */
  readonly labels: string;
  /** Goes on from an instruction: another step, or what comes of it. */
  readonly continues: RegExp;
  /** Words that begin another clause without a comma, except in front of what is `inseparable`. Sources. */
  readonly joiners?: string;
  readonly inseparable?: string;
  /** Their dot ends no sentence. A source. */
  readonly abbreviations?: string;
}

/** "I encountered a temporary issue", and what is said around it and means nothing by itself. */
export interface TemporaryIssue {
  readonly issue: RegExp;
  readonly around: RegExp;
}

/** What tells whether several files are to become several videos. A batch that was not meant costs several generations: doubt means one. */
export interface BatchWords {
  readonly many: RegExp;
  /** "Make three videos": for a number of files. */
  readonly counted: (count: number) => RegExp;
  /** Several parts that become one, or one for every other thing than the files. */
  readonly joins: RegExp;
  /** "Don't make one video each", or a question about it. */
  readonly denies: RegExp;
  /** A list under "make a video of these:" holds the scenes of one video … */
  readonly one: RegExp;
  /** … unless this stands there as well. */
  readonly each: RegExp;
  /** What is listed are wishes about one thing, or changes to it. */
  readonly steps: RegExp;
  /** "Before the intro", "at the end": a point says where something goes in one video. */
  readonly places: RegExp;
  /** "Each photo: three seconds on screen" is about one video. */
  readonly shows: RegExp;
  /** The head of a numbered point: its groups are `number` and `rest`. */
  readonly numbered: RegExp;
  /** What a number says that is not of digits. */
  readonly ordinal?: (number: string) => number;
  /** What stands around the points and says nothing. A source. */
  readonly courtesy: string;
  /** What stands before a colon and marks one instruction for every file. A source. */
  readonly marker: string;
}

/** Wishes in a message that are answered with advice, or that answer a question of the bot. */
export interface Wishes {
  /** One that no agent can act on. */
  readonly vague: RegExp;
  readonly photoEditing: readonly RegExp[];
  /** A length that a video is wished to have: its groups are `n` and `unit`. */
  readonly lengths: readonly RegExp[];
  readonly numbers: Readonly<Record<string, number>>;
  /** Of a unit as `lengths` finds it. */
  readonly secondsIn: (unit: string) => number;
  /** That a recording which came with it is music, and not somebody speaking. */
  readonly asMusic: RegExp;
  /** That the brand of the channel is to be left out; matched against what intent.ts has normalised. */
  readonly noBrand: RegExp;
  /**
   * A link that is to be made a video of. `before` is tried on what stands right before it, `after` on what follows,
   * `anywhere` on all the words; words of `only` say nothing besides.
   */
  readonly links: Readonly<Record<'before' | 'after' | 'anywhere' | 'only', RegExp>>;
  /** Answers to "the first part, or shorten it?", of which the fillers were taken out. The last two are sources. */
  readonly fit: { readonly fillers: RegExp; readonly firstPart: string; readonly gist: string };
}

/** What is said about plans, and wishes that a plan knows; read by conversation/plan/. */
export interface PlanPhrases {
  /** That a plan is wanted before anything is made: at the beginning or the end of a request. A source. */
  readonly first: string;
  /** What may stand before that at the end: behind a comma, and also without one. Sources. */
  readonly but: string;
  readonly butThen: string;
  /** Whole messages, normalised by intent.ts. Sources. */
  readonly make: string;
  readonly cancel: string;
  /** The head of a scene or shot in a script, with its number; how a line of mere wishes begins. Sources. */
  readonly sceneHead: string;
  readonly wishLine: string;
  /** How an order to make a video begins. A source. */
  readonly order: string;
  /** Between two wishes. A source. */
  readonly and: string;
  /** Each of these is a whole clause. Groups: `n`; `n` and `unit`; `words`. In `ratio` the ratio itself reads as R. */
  readonly drop: RegExp;
  readonly length: RegExp;
  readonly shape: Readonly<Record<'portrait' | 'landscape' | 'square', RegExp>>;
  readonly ratio: RegExp;
  readonly noMusic: RegExp;
  readonly music: RegExp;
  readonly noTitle: RegExp;
  readonly title: RegExp;
  /** Numbers in words. */
  readonly ordinals: Readonly<Record<string, number>>;
  /** The same wishes anywhere in a request. */
  readonly formLength: RegExp;
  readonly shapeIn: Readonly<Record<'portrait' | 'landscape' | 'square', RegExp>>;
  readonly noMusicIn: RegExp;
  readonly musicIn: RegExp;
  readonly titleIn: RegExp;
}

/** Each within one line. `apart`: no letter may follow, since the closing sign is an apostrophe as well. */
export interface QuotePair {
  readonly open: string;
  readonly close: string;
  readonly apart?: boolean;
}

/**
 * How people talk, to the bot and among themselves; read by conversation/language/courtesy.ts and whom-for.ts. Lists
 * are separated by commas, and like the sources of expressions they are matched against text that was normalised by
 * intent.ts: no accents, no apostrophes, no punctuation.
 */
export interface TalkWords {
  readonly thanks: string;
  readonly praise: string;
  /** A source. */
  readonly laughter: string;
  /** "Ok", "yes", "no" and what else answers a question and says nothing without one. */
  readonly answers: string;
  readonly greetings: string;
  /** Words that add nothing to any of these, and those that add nothing to thanks and praise alone. */
  readonly fillers: string;
  readonly about: string;
  /** What may stand before an order: "can you", "please". */
  readonly polite: string;
  /** The beginning of an order that makes sense to whoever edits videos. A source. */
  readonly orders: string;
  /** What videos are made of, and how they can be changed: a statement with one of these is about the video. A source. */
  readonly topics: string;
  /** The beginning of a question. A source. */
  readonly asking: string;
  /** By which people are known to talk to people. A source. */
  readonly people: string;
  /**
   * Words that point at what was sent with a message, and words that say nothing of what a video shows: making it, kinds
   * of videos, their form and their look; and orders that change a video. Lists, read by points-at-material.ts there.
   */
  readonly pointers: string;
  readonly changing: string;
  readonly making: string;
  /** The head of a line, or of a list, of what could be done next. A source. */
  readonly nextSteps: string;
  /** Words of the agent, in its last lines, that want an answer. A source, matched without regard to case. */
  readonly wantsAnswer: string;
}

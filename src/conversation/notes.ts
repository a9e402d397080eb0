// Over 250 lines: what each phase has noted, beside each other.
/**
 * What has been done for a turn, so that a successor can go on after a crash. Each phase requires what
 * its successor needs: an answered turn has its answer, one that was sent has the state before. Phase
 * and notes are read and written together; every field is written before the deed that it announces.
 */

import { z } from 'zod';
import { ENDS, type End, isEnd, type Phase } from '../ledger/ledger.ts';
import { buttonSchema } from '../platforms/shared/button-schema.ts';
import { messageIdSchema, renderIdSchema, sessionIdSchema, turnIdSchema } from '../runtime/ids.ts';
import { cutSchema, entrySchema, fitSchema, versionWishSchema } from './job.ts';
import { VOICE_USES } from './material/voice.ts';
import { flatNotes, fromFlat } from './notes-v1.ts';
import { ENDS_OF_PLAN, planReasonSchema, planSchema } from './plan/plan.ts';

/** Of the stored form. Notes without one are of the first, or of a turn that has noted nothing yet. */
const VERSION = 2;

const uploaded = z.object({
  attachment: z.string(),
  /** The Nemo session that holds it. */
  session: sessionIdSchema,
  name: z.string(),
  /** What its person calls it, where the session holds the same content under another name. */
  sentAs: z.string().optional(),
  kind: z.enum(['video', 'image', 'audio', 'file']),
  url: z.string().optional(),
  inSession: z.boolean().optional(),
  /** Of a recorded voice: what it was taken for. */
  voice: z.enum(VOICE_USES).optional(),
});
/** A file that the session holds. */
export type Uploaded = z.infer<typeof uploaded>;

const ending = z.enum(['done', 'needs-you', 'failed', 'stopped', 'interrupted']);

/** One of the videos that a message asks for. */
const batchVideo = entrySchema.extend({
  instruction: z.string(),
  /** What was said about all of them. */
  forAll: z.string(),
  /** Ids of the attachments that it is made of. */
  files: z.array(z.string()),
});
export type BatchVideo = z.infer<typeof batchVideo>;

/** What the answer of one video of a batch was about, where its export follows. */
const answeredCut = z.object({
  number: z.number(),
  session: sessionIdSchema,
  /** A hash of the draft. */
  draft: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
});
export type AnsweredCut = z.infer<typeof answeredCut>;

const batch = z.object({
  /** The person has been told which videos will be made. */
  announced: z.boolean(),
  /** The one that is worked on, and how it ended. */
  entry: entrySchema.optional(),
  over: z.enum(['made', 'not-made', 'hopeless']).optional(),
  /** By number: those begun by this turn, and those that are made. */
  tried: z.array(z.number()),
  made: z.array(z.number()),
  /** Of the made ones those that were still being rendered when the batch went on. */
  late: z.array(z.object({ number: z.number(), render: renderIdSchema })),
  /** Renders of this turn that belong to videos before the present one. */
  pastRenders: z.array(renderIdSchema),
  cuts: z.array(answeredCut).optional(),
});
export type Batch = z.infer<typeof batch>;

/** What a retry repeats: a request as that turn has it, or an export alone. */
const repetition = z.discriminatedUnion('type', [
  z.object({ type: z.literal('request'), turn: turnIdSchema }),
  z.object({
    type: z.literal('export'),
    resolution: z.string().optional(),
    wish: versionWishSchema.optional(),
  }),
]);
export type Repetition = z.infer<typeof repetition>;

/** Until ids were of a kind each, an empty text stood for none. */
const emptyAsNull = (stored: unknown) => (stored === '' ? null : stored);

const planOfTurn = z.object({ turn: turnIdSchema, plan: planSchema });

const fate = z.object({
  line: z.string(),
  /** Something is missing by it, or was cut off: its person hears of it with the answer, too. */
  isWrong: z.boolean(),
  /** Of a batch: the number of the video that the file is for. */
  video: z.number().optional(),
});
/** What became of one file, as its person reads it. */
export type Fate = z.infer<typeof fate>;

const common = z.object({
  /** Epoch milliseconds at which the work began. */
  startedAt: z.number().optional(),
  /**
   * The status message and the "Still working" notice, to be edited or removed by a successor; null where
   * they went to the person directly, because the thread took nothing more.
   */
  statusId: z.preprocess(emptyAsNull, messageIdSchema.nullable()).optional(),
  noticeId: z.preprocess(emptyAsNull, messageIdSchema.nullable()).optional(),
  /** The part that the notice is posted as; without an id nobody knows yet whether it got there. */
  notice: z.string().optional(),
  uploaded: z.array(uploaded).optional(),
  /** Shown in the status message. */
  fates: z.array(fate).optional(),
  /** The turn that a retry repeats, and as what, once that is decided. */
  repeats: z.object({ turn: turnIdSchema, as: repetition.optional() }).optional(),
  /** The turn at the beginning of a row of repetitions. */
  root: turnIdSchema.optional(),
  /** How a script that is too long is made to fit. */
  fit: fitSchema.optional(),
  /** Words that were read from documents. */
  documentWords: z.number().optional(),
  /** Nothing was sent: its words only point at files that could not be used. Its person may have them sent alone. */
  pointsInVain: z.boolean().optional(),
  /** So few credits were left before the first video; its person is told in the status. */
  lowCredits: z.number().optional(),
  /** What the turn counts for in quotas, where that was known only after all of the message was read. */
  weight: z.number().optional(),
  /** How often the turn was put down because something was out of reach. */
  waits: z.number().optional(),
  /** Of a word to stop: the turn that it means, once that is decided; null where none ran. */
  stops: z.preprocess(emptyAsNull, turnIdSchema.nullable()).optional(),
  /** The message that asks whom another was for, to be taken away once that is settled. */
  questionId: messageIdSchema.optional(),
  /** How it has ended, as its person was told; only the last edit of the status is missing. */
  told: ending.optional(),
  /** The person knows that the turn waits for the backend. */
  toldAway: z.boolean().optional(),
  /** Epoch milliseconds at which the turn first had to wait for the backend. */
  awaySince: z.number().optional(),
  /** Decided once: the videos of a batch; none where the message asks for one. */
  videos: z.array(batchVideo).optional(),
  /** Words that its answer offers, each behind a button. */
  prompts: z.array(z.string()).optional(),
  batch: batch.optional(),
  /** What the agent has said of a video of a batch; that video's message brings it along. */
  held: z.string().optional(),
  /** Of a smaller copy: the resolutions that were ordered, that no more help, and tries on this machine. */
  copy: z
    .object({ ordered: z.array(z.string()), inVain: z.boolean(), shrunk: z.number() })
    .optional(),
  /** Decided once: the channel's brand joins the request. */
  brand: z.boolean().optional(),
  /** Decided once: a plan is shown before anything is made, and why. */
  planWhy: planReasonSchema.optional(),
  /** The plan that the turn shows, and the message that shows it. */
  plan: planSchema.optional(),
  cardId: messageIdSchema.optional(),
  /** The turns whose messages it works on, where they are not its own. */
  origins: z.array(turnIdSchema).optional(),
  /** The plan that it makes, or that it adds files to; and the turn that has shown it. */
  makes: planOfTurn.optional(),
  changes: planOfTurn.optional(),
  /** The plan that is over by this turn. */
  settles: z.object({ plan: turnIdSchema, how: z.enum(ENDS_OF_PLAN) }).optional(),
});
/** What a turn may have noted in any phase. */
export type Common = z.infer<typeof common>;

const sent = z.object({
  /** Epoch milliseconds of the "about to send" mark. */
  at: z.number(),
  /** The session's state right before, as JSON of a `Snapshot`. */
  baseline: z.string(),
});
export type Sent = z.infer<typeof sent>;

/** The composed answer and what follows it. */
const reply = z.object({
  message: z.object({
    text: z.string(),
    buttons: z.array(buttonSchema).readonly().optional(),
    mention: z.array(z.string()).readonly().optional(),
  }),
  /** All that the agent said, where the message holds its beginning alone; goes along as a file. */
  whole: z.string().optional(),
  ending,
  exportWanted: z.boolean(),
  creditsWanted: z.boolean(),
});
export type Reply = z.infer<typeof reply>;

/** An answer that its person has. `at`: epoch milliseconds, 0 where that was not noted. */
const said = z.object({ at: z.number(), ending, exportWanted: z.boolean() });
export type Said = z.infer<typeof said>;

const tries = z.object({
  /** Orders that came to nothing, and orders that never arrived. */
  failed: z.number(),
  lost: z.number(),
  /** They were of a timeline in a form that cannot be read here: nobody knows whether it holds a video. */
  unreadable: z.boolean().optional(),
});
export type Tries = z.infer<typeof tries>;

const exporting = z.discriminatedUnion('is', [
  /** To be ordered. */
  tries.extend({ is: z.literal('wanted') }),
  /** This render; it is on record in the same stroke. The cut as it was then is known to whoever ordered it. */
  tries.extend({
    is: z.literal('ordered'),
    render: renderIdSchema,
    cut: cutSchema.optional(),
  }),
  z.object({ is: z.literal('refused'), unreadable: z.boolean().optional() }),
  z.object({ is: z.literal('over'), ending, render: renderIdSchema.optional() }),
]);
export type Exporting = z.infer<typeof exporting>;
/** An export whose render is on record. */
export type Ordered = Extract<Exporting, { is: 'ordered' }>;

const open = z.discriminatedUnion('phase', [
  common.extend({ phase: z.enum(['accepted', 'preparing']) }),
  common.extend({ phase: z.enum(['sending', 'streaming', 'recovering']), sent }),
  common.extend({ phase: z.literal('answered'), reply, said: said.optional() }),
  common.extend({ phase: z.literal('exporting'), said: said.optional(), export: exporting }),
]);
/** Of a turn that is not at its end. */
export type Notes = z.infer<typeof open>;

const ended = common.extend({
  phase: z.enum(ENDS),
  reply: reply.optional(),
  said: said.optional(),
  export: exporting.optional(),
});
export type EndedNotes = z.infer<typeof ended>;

/** Enters a phase with what it requires; what is noted in any phase stays, unless it is given anew. */
export type Entering<N = Notes> = N extends unknown
  ? Omit<N, keyof Common> & Partial<Common>
  : never;

/** The stored form is of a version that nobody here knows, or does not hold what its phase requires. */
export class UnreadableNotes extends Error {
  override name = 'UnreadableNotes';
}

const anyPhase = z.discriminatedUnion('phase', [open, ended]);
const versioned = z.object({ v: z.literal(VERSION) });
/** What a store has of a turn that nobody has worked on yet: nearly every turn is first read like that. */
export const NOTHING_NOTED = '{}';

/** Throws `UnreadableNotes`; paths and codes alone in it, because the parsers' own messages may quote the text. */
export function readNotes(text: string, phase: Phase): Notes | EndedNotes {
  if (phase === 'accepted' && text === NOTHING_NOTED) return { phase };
  const data = jsonOf(text);
  const flat = isFlat(data) ? flatNotes.safeParse(data) : undefined;
  if (!flat && !versioned.safeParse(data).success)
    throw new UnreadableNotes('the stored notes are of a version that is not known here');
  const given = flat ? flat.data && fromFlat(flat.data, phase) : { ...renamed(data), phase };
  const notes = anyPhase.safeParse(given);
  if (notes.success) return notes.data;
  const issues = flat?.error?.issues ?? notes.error.issues;
  const where = issues.map(({ path, code }) => `${path.join('.')} (${code})`);
  throw new UnreadableNotes(`the stored notes of a turn (${phase}) have another shape: ${where}`);
}

/** Until a plan was what people are shown, the videos of a batch were noted under that name. */
function renamed(data: unknown): object {
  const { plan, videos = Array.isArray(plan) ? plan : undefined, ...rest } = Object(data);
  return { ...rest, videos, plan: Array.isArray(plan) ? undefined : plan };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text || '{}');
  } catch {
    throw new UnreadableNotes('the stored notes are not JSON');
  }
}

const isFlat = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && !('v' in data);

/** The phase has a place of its own in the turn's record. */
export function writeNotes({ phase: _phase, ...rest }: Notes | EndedNotes): string {
  return JSON.stringify({ v: VERSION, ...rest });
}

export const isOpen = (notes: Notes | EndedNotes): notes is Notes => !isEnd(notes.phase);

export const orderedIn = (notes: Notes): Ordered | undefined =>
  notes.phase === 'exporting' && notes.export.is === 'ordered' ? notes.export : undefined;

/** Of a message that may have been sent. */
export function sentIn(notes: Notes): Sent {
  if ('sent' in notes) return notes.sent;
  throw new Error(`nothing was sent in the phase ${notes.phase}`);
}

/** Without what the phase requires; the first two require nothing. */
const commonOf = (notes: Notes): Common =>
  notes.phase === 'accepted' || notes.phase === 'preparing' ? notes : common.parse(notes);

export function entered(notes: Notes, next: Entering): Notes {
  return { ...commonOf(notes), ...next };
}

/** What stays of the notes of a turn that has ended: whoever repeats it asks. */
export function endedAs(notes: Notes, phase: End): EndedNotes {
  return {
    ...commonOf(notes),
    phase,
    reply: 'reply' in notes ? notes.reply : undefined,
    said: 'said' in notes ? notes.said : undefined,
    export: 'export' in notes ? notes.export : undefined,
  };
}

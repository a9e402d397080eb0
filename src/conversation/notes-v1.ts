/** Notes as earlier versions stored them, flat and without a version, in the form of today. */
import { z } from 'zod';
import type { Phase } from '../ledger/ledger.ts';
import { cutSchema, entrySchema } from './job.ts';
import { snapshotOf } from './timeline/snapshot.ts';

/** What has another place now; the rest stands where it stood. */
export const flatNotes = z.looseObject({
  repeats: z.string().optional(),
  entry: entrySchema.optional(),
  tried: z.array(z.number()).default([]),
  made: z.array(z.number()).default([]),
  late: z.array(z.object({ number: z.number(), render: z.string() })).default([]),
  pastRenders: z.array(z.string()).default([]),
  baseline: z.string().optional(),
  sentAt: z.number().default(0),
  answer: z.looseObject({}).optional(),
  answered: z.boolean().default(false),
  saidAt: z.number().default(0),
  ending: z.string().optional(),
  creditsWanted: z.boolean().default(false),
  exportWanted: z.boolean().default(false),
  renderId: z.string().optional(),
  cut: cutSchema.optional(),
});
type FlatNotes = z.infer<typeof flatNotes>;

/** Still to be parsed: an answered turn without its answer, say, is none. */
export function fromFlat(flat: FlatNotes, phase: Phase): object {
  const { repeats, ending, exportWanted, creditsWanted, renderId, cut } = flat;
  const common = { ...flat, repeats: repeats && { turn: repeats }, batch: batchOf(flat), phase };
  const reply = flat.answer && {
    message: flat.answer,
    // The one answer that had none noted said that too little is left of a quota.
    ending: ending ?? 'needs-you',
    exportWanted,
    creditsWanted,
  };
  const said = flat.answered
    ? { at: flat.saidAt, ending: ending ?? 'done', exportWanted }
    : undefined;
  const tries = { failed: 0, lost: 0 };
  const order = renderId
    ? { is: 'ordered', render: renderId, cut, ...tries }
    : { is: 'wanted', ...tries };
  switch (phase) {
    case 'accepted':
    case 'preparing':
      return common;
    case 'sending':
    case 'streaming':
    case 'recovering':
      return { ...common, sent: { at: flat.sentAt, baseline: flat.baseline ?? NOTHING } };
    case 'answered':
      // A repetition of the export alone had the mark that the answer is said, and not the answer.
      if (!reply && said?.exportWanted)
        return { ...common, phase: 'exporting', said, export: order };
      return { ...common, reply, said };
    case 'exporting':
      return { ...common, said, export: order };
    default:
      return { ...common, reply, said, ...(renderId ? { export: order } : {}) };
  }
}

const NOTHING = JSON.stringify(snapshotOf(undefined));

function batchOf({ entry, tried, made, late, pastRenders }: FlatNotes): object | undefined {
  if (!entry && made.length === 0) return undefined;
  return { announced: entry !== undefined, entry, tried, made, late, pastRenders };
}

/**
 * What an export was ordered of, as it is kept with its render: the draft to the digit, so that it can be ordered once more,
 * and its timeline, so that two of them can be compared.
 */
import { z } from 'zod';
import { draftOfText, textOfDraft } from '../../nemo/kept-draft.ts';
import type { SessionState } from '../../nemo/nemo.ts';
import { readSnapshot, type Snapshot, snapshotOf } from '../timeline/snapshot.ts';

export interface KeptCut {
  /** Undefined: it was too large to be kept. */
  readonly draft: { readonly json: SessionState['draft'] } | undefined;
  readonly snapshot: Snapshot;
}

/** In characters. Drafts have some ten thousand. */
const LONGEST_DRAFT = 2_000_000;

const kept = z.object({ v: z.literal(1), draft: z.string().optional(), snapshot: z.string() });

export function writeCut(state: SessionState): string {
  const draft = textOfDraft(state.draft);
  const snapshot = JSON.stringify(snapshotOf(state));
  return JSON.stringify({
    v: 1,
    ...(draft.length > LONGEST_DRAFT ? {} : { draft }),
    snapshot,
  } satisfies z.infer<typeof kept>);
}

/** Undefined: nothing was kept, or in a form of another version. */
export function readCut(text: string | undefined): KeptCut | undefined {
  const read = text === undefined ? undefined : kept.safeParse(JSON.parse(text)).data;
  if (!read) return undefined;
  const { draft, snapshot } = read;
  return {
    draft: draft === undefined ? undefined : { json: draftOfText(draft) },
    snapshot: readSnapshot(snapshot),
  };
}

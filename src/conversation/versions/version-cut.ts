/** The cut of an earlier version, to be rendered once more as it was. */
import type { Render } from '../../ledger/ledger.ts';
import type { VersionWish } from '../job.ts';
import { readCut } from '../render/kept-cut.ts';
import { presentCut, type RenderedCut } from '../render/render-cut.ts';
import type { TurnContext } from '../turn-context.ts';

/** `told`: there is nothing to render, and the person knows why. */
export async function cutOfVersion(
  turn: TurnContext,
  renders: readonly Render[],
  { version }: VersionWish,
): Promise<RenderedCut | 'told'> {
  const made = renders.filter((render) => render.version === version);
  for (const { id, session, draft } of made) {
    const kept = await turn.deps.ledger.cut(id);
    const cut = readCut(kept);
    if (kept === undefined || !cut?.draft || draft === undefined) continue;
    const { timeline } = cut.snapshot;
    // Renders of which only the time is known are never of it.
    const changedAt = Number.POSITIVE_INFINITY;
    return { session, content: cut.draft.json, draft, timeline, changedAt, kept };
  }
  const present = made.length > 0 ? await presentCut(turn) : undefined;
  const isPresent = ({ session, draft }: Render) =>
    session === present?.session && draft === present.draft;
  if (present && made.some(isPresent)) return present;
  await turn.say(
    { text: whyNot(turn, renders, made, version), mention: [turn.job.message.author.id] },
    'no-version',
  );
  return 'told';
}

function whyNot(
  { words }: TurnContext,
  renders: readonly Render[],
  made: readonly Render[],
  version: number,
): string {
  const { versions } = words;
  const name = versions.name(version);
  if (made.length > 0) return versions.notKept(name, made.find(({ url }) => url)?.url);
  const newest = Math.max(0, ...renders.map((render) => render.version ?? 0));
  return newest > 0 ? versions.unknown(name, versions.name(newest)) : versions.none;
}

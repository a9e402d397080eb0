/** The finished videos of a thread, as its renders tell them: several renders may show one of them. */
import type { Ledger, Render } from '../../ledger/ledger.ts';
import type { MessageId, SessionId, ThreadKey } from '../../runtime/ids.ts';
import { type KeptCut, readCut } from '../render/kept-cut.ts';

export interface Version {
  readonly number: number;
  /** When it was first delivered, epoch milliseconds. */
  readonly at: number;
  /** Its renders, the newest first; none is a smaller copy. */
  readonly renders: readonly Render[];
  /** Where it was first posted. */
  readonly message: MessageId | undefined;
  /** The newest link to it. */
  readonly url: string | undefined;
}

/** Those that were delivered, in order. */
export async function versionsOf(
  ledger: Pick<Ledger, 'renders'>,
  thread: ThreadKey,
): Promise<readonly Version[]> {
  const byNumber = new Map<number, Render[]>();
  for (const render of await ledger.renders(thread)) {
    const { version, phase, copyOf } = render;
    if (version === undefined || phase !== 'delivered' || copyOf !== undefined) continue;
    byNumber.set(version, [...(byNumber.get(version) ?? []), render]);
  }
  return [...byNumber]
    .map(([number, renders]) => versionIn(number, renders))
    .sort((one, other) => one.number - other.number);
}

function versionIn(number: number, renders: readonly Render[]): Version {
  const since = ({ deliveredAt, createdAt }: Render) => deliveredAt ?? createdAt;
  return {
    number,
    at: Math.min(...renders.map(since)),
    renders,
    message: renders.findLast(({ message }) => message !== undefined)?.message,
    url: renders.find(({ url }) => url !== undefined)?.url,
  };
}

/** What it was made of; undefined where that was not kept. */
export async function keptCutOf(
  ledger: Pick<Ledger, 'cut'>,
  { renders }: Pick<Version, 'renders'>,
): Promise<KeptCut | undefined> {
  for (const { id } of renders) {
    const kept = readCut(await ledger.cut(id));
    if (kept) return kept;
  }
  return undefined;
}

/** What the last version was made of, where that was in this session and was kept. */
export async function lastCut(
  ledger: Pick<Ledger, 'renders' | 'cut'>,
  thread: ThreadKey,
  session: SessionId,
): Promise<KeptCut | undefined> {
  const last = (await versionsOf(ledger, thread)).at(-1);
  return last?.renders[0]?.session === session ? keptCutOf(ledger, last) : undefined;
}

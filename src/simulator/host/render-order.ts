/** What a render order must be, and whether its draft is the one of the session. */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { problems } from './problem.ts';
import type { Violation } from './rules.ts';

const orderSchema = z.object({
  // It names a file: an id that is a path must not get through.
  id: z.string().regex(/^[\w-][\w.-]{0,127}$/),
  sessionId: z.string(),
  draft: z.json(),
  output: z.object({ format: z.string(), resolution: z.string().optional() }).loose().optional(),
});
export type RenderOrder = z.infer<typeof orderSchema>;

export function readRenderOrder(body: unknown, note: (violation: Violation) => void): RenderOrder {
  if (z.object({ session_id: z.string() }).safeParse(body).success)
    note({ rule: 'render-session-id', detail: 'session_id instead of sessionId' });
  const order = orderSchema.safeParse(body);
  if (!order.success) throw problems.bad(z.prettifyError(order.error));
  return order.data;
}

/** The draft of an order, so that the same one is known again. `text` is the body as it came. */
export const draftText = (text: string): string => JSON.stringify(withExactNumbers(text).draft);

/**
 * Notes a draft that is not the session's own, neither as the state gives it (`shown`) nor as it was ordered before
 * (`earlier`, by their texts), and throws where there is nothing in it to show. `text` is the body as it came.
 */
export function checkDraft(
  { id, draft }: RenderOrder,
  text: string,
  { shown, earlier }: { readonly shown: unknown; readonly earlier: readonly string[] },
  note: (violation: Violation) => void,
): void {
  const kept = JSON.stringify({ draft: shown });
  const isPresent = isDeepStrictEqual(withExactNumbers(text).draft, withExactNumbers(kept).draft);
  if (!isPresent && !earlier.includes(draftText(text))) note({ rule: 'draft-altered', detail: id });
  if (!holdsClips(draft)) throw problems.bad('the draft has no segments');
}

/** Numbers become their own text, so that 1.0 and 1, or two ids beyond 2^53, are told apart. */
function withExactNumbers(text: string): { draft?: unknown } {
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' ? `#${context?.source}` : value,
  );
}

const shortKeys = z.object({ t: z.array(z.object({ sg: z.array(z.unknown()).optional() })) });

/** Of a form that is known to nobody, only that it is not blank. */
function holdsClips(draft: unknown): boolean {
  if (typeof draft === 'string')
    return draft.includes('<draft') ? draft.includes('<clip') : draft.trim() !== '';
  const short = shortKeys.safeParse(draft);
  if (short.success) return short.data.t.some(({ sg = [] }) => sg.length > 0);
  return typeof draft === 'object' && draft !== null && Object.keys(draft).length > 0;
}

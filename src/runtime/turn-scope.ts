/**
 * Which turn the code that runs at this moment works for, however deep it lies: its id goes into every line of the log,
 * and what it does becomes part of its trace. Nothing decides by it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { TurnId } from './ids.ts';
import type { Span, SpanFields } from './tracing.ts';

interface Scope {
  readonly turn: TurnId;
  readonly span: Span | undefined;
  readonly life: { over: boolean };
}

const scopes = new AsyncLocalStorage<Scope>();

/** A connection that was opened by a turn outlives it: what happens to that later is not the turn's. */
function current(): Scope | undefined {
  const scope = scopes.getStore();
  return scope?.life.over ? undefined : scope;
}

export const turnInScope = (): TurnId | undefined => current()?.turn;

/** `begin` opens the turn's trace, where there are traces. */
export async function inTurn<T>(
  turn: TurnId,
  begin: (() => Span) | undefined,
  work: (span: Span | undefined) => Promise<T>,
): Promise<T> {
  const span = begin?.();
  const life = { over: false };
  return scopes.run({ turn, span, life }, async () => {
    try {
      return await ending(span, work);
    } finally {
      life.over = true;
    }
  });
}

/** A part of what the turn does. Outside of a turn, and where there are no traces, it costs nothing. */
export function inSpan<T>(
  name: string,
  fields: SpanFields,
  work: (span: Span | undefined) => Promise<T>,
): Promise<T> {
  const scope = current();
  if (!scope?.span) return work(undefined);
  const span = scope.span.child(name, fields);
  return scopes.run({ ...scope, span }, () => ending(span, work));
}

async function ending<T>(
  span: Span | undefined,
  work: (span: Span | undefined) => Promise<T>,
): Promise<T> {
  let failed: unknown;
  try {
    return await work(span);
  } catch (error) {
    failed = error ?? new Error('nothing was thrown');
    throw error;
  } finally {
    span?.end(failed);
  }
}

/**
 * The agent's words without repetition. Text comes as complete messages, or as pieces that a complete
 * message repeats, or as pieces whose complete message is lost; sometimes the complete one comes after a
 * tool call that had already ended the pieces. Equal messages are not repetitions: an agent may say
 * the same thing twice. One pure reducer; the state is data.
 */
import type { AgentEvent, TextEvent } from './agent-event.ts';

export interface Assembly {
  readonly messages: readonly string[];
  /** Pieces not yet replaced or ended, by source, in the order in which the sources began. */
  readonly pending: Readonly<Record<string, string>>;
  /** What was ended without a complete message, by source: if that comes late, it is dropped once. */
  readonly flushed: Readonly<Record<string, string>>;
  /** More was said than is kept. */
  readonly truncated: boolean;
}

export const emptyAssembly: Assembly = { messages: [], pending: {}, flushed: {}, truncated: false };

/** Characters kept of one run, and messages: more than any person reads, little enough to hold. */
export const MAX_TEXT = 2_000_000;
const MAX_MESSAGES = 1_000;

export function assemble(state: Assembly, event: AgentEvent): Assembly {
  if (event.type === 'text') return event.partial ? addPiece(state, event) : addWhole(state, event);
  return event.type === 'flush' ? flush(state, event.source) : state;
}

/** The stream is over, cleanly or not: what is pending is all there will be. */
export function endOfStream(state: Assembly): Assembly {
  return Object.keys(state.pending).reduce(flush, state);
}

/** The messages that are complete, in order. */
export function committed(state: Assembly): readonly string[] {
  return state.messages;
}

/** What is being said right now; a later complete message replaces it. */
export function preview(state: Assembly): string {
  return Object.values(state.pending).join('\n');
}

function addPiece(state: Assembly, { source, text }: TextEvent): Assembly {
  const kept = clip(text, MAX_TEXT - size(state));
  const pending = { ...state.pending, [source]: (state.pending[source] ?? '') + kept };
  const truncated = state.truncated || kept.length < text.length;
  return { ...state, pending, flushed: without(state.flushed, source), truncated };
}

function addWhole(state: Assembly, { source, text }: TextEvent): Assembly {
  const cleared = { ...state, pending: without(state.pending, source) };
  const late = state.pending[source] === undefined && state.flushed[source] === text;
  const flushed = without(state.flushed, source);
  return late ? { ...cleared, flushed } : commit({ ...cleared, flushed }, text);
}

function flush(state: Assembly, source: string): Assembly {
  const text = state.pending[source];
  if (text === undefined) return state;
  const pending = without(state.pending, source);
  return { ...commit({ ...state, pending }, text), flushed: { ...state.flushed, [source]: text } };
}

function commit(state: Assembly, text: string): Assembly {
  const kept = state.messages.length < MAX_MESSAGES ? clip(text, MAX_TEXT - size(state)) : '';
  const truncated = state.truncated || kept.length < text.length;
  return kept === ''
    ? { ...state, truncated }
    : { ...state, messages: [...state.messages, kept], truncated };
}

function size({ messages, pending }: Assembly): number {
  const sum = (texts: readonly string[]) => texts.reduce((total, text) => total + text.length, 0);
  return sum(messages) + sum(Object.values(pending));
}

/** At most `room` characters, never half of a surrogate pair. */
function clip(text: string, room: number): string {
  if (text.length <= room) return text;
  const end = /[\uD800-\uDBFF]/.test(text[room - 1] ?? '') ? room - 1 : room;
  return text.slice(0, Math.max(0, end));
}

function without(record: Readonly<Record<string, string>>, key: string): Record<string, string> {
  const { [key]: _gone, ...rest } = record;
  return rest;
}

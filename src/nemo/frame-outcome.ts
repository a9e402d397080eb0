/** What a frame says about success and failure. */
import type { AgentEvent } from './agent-event.ts';
import { codeOf, isObject, messageOf } from './envelope.ts';

/** The message is for the log; the bound keeps a page of traceback out of it. */
export function problem(code: string | undefined, message: string): AgentEvent {
  return { type: 'problem', code, message: message.slice(0, 500) };
}

/** A frame that is about an error: `{error: "…"}`, `{error: {code, message}}`, `{type: "error", …}`. */
export function errorEvent(json: Readonly<Record<string, unknown>>): AgentEvent {
  const inner = isObject(json['error']) ? json['error'] : json;
  const code = codeOf(inner['code']) ?? inner['code'];
  return problem(code === undefined || code === null ? undefined : String(code), messageOf(json));
}

/** A tool that failed says so in one of these ways; anything else counts as success. */
export function wentWell(result: unknown): boolean {
  if (!isObject(result)) return true;
  const { success, status, error } = result as {
    success?: unknown;
    status?: unknown;
    error?: unknown;
  };
  return success !== false && status !== 'error' && !error;
}

/** An event of the agent framework (ADK) to what it means. */
import { z } from 'zod';
import type { AgentEvent } from './agent-event.ts';
import { isObject } from './envelope.ts';
import { problem, wentWell } from './frame-outcome.ts';
import { readQuestion } from './question.ts';

const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const call = z
  .object({ id: text, name: text, args: z.unknown().optional() })
  .optional()
  .catch(undefined);
const answer = z
  .object({ id: text, name: text, response: z.unknown().optional() })
  .optional()
  .catch(undefined);

const part = z.object({
  text,
  thought: flag,
  functionCall: call,
  functionResponse: answer,
  codeExecutionResult: z.unknown().optional(),
});
type Part = z.infer<typeof part>;

/** Every field may be missing or of another shape: what can't be read is as if it were not there. */
const event = z.object({
  author: text,
  branch: text,
  partial: flag,
  content: z
    .object({
      role: text,
      parts: z.array(part.catch({})).catch([]),
    })
    .optional()
    .catch(undefined),
  actions: z
    .object({ stateDelta: z.record(z.string(), z.unknown()).catch({}), skipSummarization: flag })
    .optional()
    .catch(undefined),
  errorCode: z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .catch(undefined),
  errorMessage: text,
  longRunningToolIds: z.array(z.string()).catch([]),
});
type AdkEvent = z.infer<typeof event>;

const marks = ['author', 'invocationId', 'actions', 'errorCode', 'finishReason'];

/** `content` as an object tells an event from a `{type, content: "…"}` frame. */
export function looksLikeAdk(json: Readonly<Record<string, unknown>>): boolean {
  const camel = camelKeys(json);
  if (typeof json['type'] === 'string' && !isObject(camel['content'])) return false;
  if (isObject(camel['content'])) return true;
  return marks.some((mark) => camel[mark] !== undefined && camel[mark] !== null);
}

export function adkEvents(json: Readonly<Record<string, unknown>>): readonly AgentEvent[] {
  const parsed = event.parse(deepCamel(json));
  const parts = parsed.content?.parts ?? [];
  const source = [parsed.author ?? 'agent', parsed.branch ?? ''].join('/').slice(0, 200);
  const fromPerson = parsed.author === 'user' || parsed.content?.role === 'user';
  const said = fromPerson ? '' : parts.map(spoken).join('');
  if (parsed.partial === true) {
    // Calls in a piece come again in the whole.
    return said === '' ? [{ type: 'activity' }] : [textEvent(source, said, parsed)];
  }
  const out: AgentEvent[] = [];
  if (Object.keys(parsed.actions?.stateDelta ?? {}).length > 0) out.push({ type: 'changed' });
  out.push(said === '' ? { type: 'flush', source } : textEvent(source, said, parsed));
  for (const { functionCall, functionResponse } of parts) {
    if (functionCall !== undefined) {
      const name = functionCall.name ?? '';
      const question = readQuestion(name, functionCall.args);
      out.push({ type: 'tool-call', id: functionCall.id ?? name, name, question });
    }
    if (functionResponse !== undefined) {
      const name = functionResponse.name ?? '';
      const ok = wentWell(functionResponse.response);
      out.push({ type: 'tool-result', id: functionResponse.id ?? name, name, ok });
    }
  }
  const failure = failureIn(parsed);
  if (failure !== undefined) out.push(failure);
  return out;
}

function spoken({ text, thought }: Part): string {
  return thought === true ? '' : (text ?? '');
}

function textEvent(source: string, said: string, parsed: AdkEvent): AgentEvent {
  const partial = parsed.partial === true;
  return { type: 'text', source, text: said, partial, final: !partial && isFinal(parsed) };
}

/** The framework's own definition of a final event; only the close of the stream ends a turn. */
function isFinal({ actions, longRunningToolIds, content }: AdkEvent): boolean {
  if (actions?.skipSummarization === true || longRunningToolIds.length > 0) return true;
  const parts = content?.parts ?? [];
  const usesTools = parts.some(
    (p) => p.functionCall !== undefined || p.functionResponse !== undefined,
  );
  return !usesTools && parts.at(-1)?.codeExecutionResult === undefined;
}

function failureIn({ errorCode, errorMessage }: AdkEvent): AgentEvent | undefined {
  // Some versions report an empty but regular end of a model's turn as "error STOP".
  if (errorCode === undefined || (errorCode === 'STOP' && !errorMessage)) {
    return errorMessage ? problem(undefined, errorMessage) : undefined;
  }
  return problem(errorCode, errorMessage ?? '');
}

/** snake_case keys to camelCase on the levels that are read; `args`, `response`, deltas stay as they are. */
function deepCamel(json: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const top = camelKeys(json);
  const { content, actions } = top;
  if (isObject(actions)) top['actions'] = camelKeys(actions);
  if (isObject(content) && Array.isArray(content['parts'])) {
    const camelParts = content['parts'].map((p: unknown) => (isObject(p) ? camelKeys(p) : p));
    top['content'] = { ...content, parts: camelParts };
  }
  return top;
}

function camelKeys(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [
      key.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}

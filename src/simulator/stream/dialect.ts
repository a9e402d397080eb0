/** The four forms in which the backend's stream has been described, and the forms of a heartbeat. */
import { randomUUID } from 'node:crypto';
import type { Step } from './steps.ts';

export type Dialect = 'adk-nonstream' | 'adk-stream' | 'typed' | 'flat';

export type HeartbeatForm =
  | 'mixed'
  | 'empty'
  | 'word'
  | 'typed'
  | 'ping'
  | 'comment'
  | 'event'
  | 'event-data'
  | 'newline'
  | 'none';

export type Spoken = Extract<Step, { do: 'model' | 'tool' }>;

/** The data payloads that tell of a step. */
export function payloads(step: Spoken, dialect: Dialect, invocation: string): string[] {
  switch (dialect) {
    case 'adk-nonstream':
      return [event(invocation, content(step), step)];
    case 'adk-stream':
      return step.do === 'tool'
        ? [event(invocation, content(step), step)]
        : inPieces(step, invocation);
    case 'typed':
      return typed(step);
    case 'flat':
      return step.do === 'model' && step.text ? [JSON.stringify({ text: step.text })] : [];
  }
}

const BEATS: Record<Exclude<HeartbeatForm, 'mixed' | 'none'>, string> = {
  empty: 'data:\n\n',
  word: 'data: heartbeat\n\n',
  typed: 'data: {"type":"heartbeat"}\n\n',
  ping: 'data: {"type":"ping"}\n\n',
  comment: ': keep-alive\n\n',
  event: 'event: heartbeat\n\n',
  'event-data': 'event: heartbeat\ndata: {}\n\n',
  newline: '\n',
};

/** The bytes of the nth heartbeat; "mixed" goes through all forms in turn. */
export function heartbeat(form: HeartbeatForm, n: number): string {
  if (form === 'none') return '';
  if (form !== 'mixed') return BEATS[form];
  const forms = Object.values(BEATS);
  return forms[n % forms.length] ?? '';
}

/** A complete event of nothing but text, in pieces small enough to be written one by one. */
export function* flood(characters: number, invocation: string): Generator<string> {
  const [head = '', tail = ''] = event(invocation, [{ text: '⟨⟩' }]).split('⟨⟩');
  yield `data: ${head}`;
  const piece = 'lorem ipsum '.repeat(5000);
  for (let left = characters; left > 0; left -= piece.length) yield piece.slice(0, left);
  yield `${tail}\n\n`;
}

function content(step: Spoken): object[] {
  if (step.do === 'tool') {
    return [{ functionResponse: { id: step.id, name: step.name, response: { success: true } } }];
  }
  const parts: object[] = [];
  if (step.thought) parts.push({ text: step.thought, thought: true });
  if (step.text) parts.push({ text: step.text });
  if (step.call) parts.push({ functionCall: step.call });
  return parts;
}

/** Small pieces, each with an id of its own, then the whole once more; the call comes apart. */
function inPieces(step: Extract<Spoken, { do: 'model' }>, invocation: string): string[] {
  const events: string[] = [];
  if (step.thought) {
    events.push(event(invocation, [{ text: step.thought, thought: true }], { partial: true }));
  }
  for (const piece of step.text?.match(/[\s\S]{1,14}(?:\s|$)|[\s\S]{1,14}/gu) ?? []) {
    events.push(event(invocation, [{ text: piece }], { partial: true }));
  }
  const { call, ...said } = step;
  const whole = content(said);
  if (whole.length > 0 || said.code)
    events.push(event(invocation, whole, { ...said, partial: false }));
  if (call) events.push(event(invocation, [{ functionCall: call }]));
  return events;
}

interface EventFields {
  readonly partial?: boolean;
  readonly do?: Spoken['do'];
  readonly change?: Extract<Spoken, { do: 'tool' }>['change'];
  readonly code?: string | undefined;
}

const event = (...given: Parameters<typeof adkFrame>): string => JSON.stringify(adkFrame(...given));

/** An event of the agent framework. */
export function adkFrame(
  invocation: string,
  parts: readonly object[],
  fields: EventFields = {},
): Readonly<Record<string, unknown>> {
  const { draft } = fields.change ?? {};
  return {
    invocationId: invocation,
    author: 'nemo_agent',
    id: randomUUID().slice(0, 8),
    actions: {
      stateDelta: draft ? { draft } : {},
      artifactDelta: {},
      requestedAuthConfigs: {},
      requestedToolConfirmations: {},
    },
    longRunningToolIds: [],
    timestamp: Date.now() / 1000,
    ...(parts.length > 0 && { content: { role: fields.do === 'tool' ? 'user' : 'model', parts } }),
    ...(fields.partial !== undefined && { partial: fields.partial }),
    ...(fields.code && { errorCode: fields.code, errorMessage: `finished with ${fields.code}` }),
  };
}

function typed(step: Spoken): string[] {
  if (step.do === 'tool') {
    return [JSON.stringify({ type: 'tool_result', name: step.name, result: { success: true } })];
  }
  const events: object[] = [];
  if (step.thought) events.push({ type: 'thinking', content: step.thought });
  if (step.text) events.push({ type: 'text', content: step.text });
  if (step.call) events.push({ type: 'tool_call', name: step.call.name, args: step.call.args });
  if (step.code) events.push({ type: 'error', error: step.code });
  return events.map((entry) => JSON.stringify(entry));
}

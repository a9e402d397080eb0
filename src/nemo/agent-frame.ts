/**
 * One `data:` payload of the stream, in any dialect, to what it means. The dialects: events of the agent
 * framework (camelCase from its JavaScript and Python servers, snake_case accepted), `{type, …}` frames,
 * flat `{text}`, and errors, the last also where a server put them together without escaping.
 */
import type { AgentEvent } from './agent-event.ts';
import { adkEvents, looksLikeAdk } from './agent-frame-adk.ts';
import { codeOf, isObject, messageOf } from './envelope.ts';
import { tryParseExact } from './exact-json.ts';
import { errorEvent, problem, wentWell } from './frame-outcome.ts';
import { readQuestion } from './question.ts';

const heartbeat: AgentEvent = { type: 'heartbeat' };
const activity: AgentEvent = { type: 'activity' };
const beats = new Set(['heartbeat', 'ping', 'pong', 'keepalive', 'keep-alive']);
const source = 'agent';

/** `name` is the stream's own `event:` field. Undefined: a frame that nothing here knows. */
export function readFrame(data: string, name?: string): readonly AgentEvent[] | undefined {
  const text = data.trim();
  if (text === '' || beats.has(text.toLowerCase())) return [heartbeat];
  if (name !== undefined && beats.has(name.toLowerCase())) return [heartbeat];
  const json = tryParseExact(text);
  if (isObject(json)) return objectEvents(json);
  // Some servers write the message of an exception into the JSON as it is, quotes and all.
  if (/^\{\s*"error"/.test(text)) return [problem(undefined, text)];
  return text === '[DONE]' ? [] : undefined;
}

function objectEvents(json: Readonly<Record<string, unknown>>): readonly AgentEvent[] | undefined {
  const code = codeOf(json['code']);
  if (code === 0 && isObject(json['data'])) return objectEvents(json['data']);
  if (code !== undefined && code !== 0) return [problem(String(code), messageOf(json))];
  if (looksLikeAdk(json)) return adkEvents(json);
  if (typeof json['type'] === 'string') return typedEvents(json['type'], json);
  if (json['error'] !== undefined && json['error'] !== null) return [errorEvent(json)];
  const text = json['text'] ?? json['content'];
  if (typeof text === 'string') return textEvents(text, json['partial'] === true);
  return Object.keys(json).length === 0 ? [heartbeat] : undefined;
}

function typedEvents(
  type: string,
  json: Readonly<Record<string, unknown>>,
): readonly AgentEvent[] | undefined {
  if (beats.has(type)) return [heartbeat];
  const text = [json['content'], json['text'], json['message']].find((t) => typeof t === 'string');
  const tool = String(json['name'] ?? '');
  const id = String(json['id'] ?? tool);
  switch (type) {
    case 'text':
    case 'message':
      return textEvents(text ?? '', json['partial'] === true);
    case 'chunk':
      return textEvents(text ?? '', true);
    case 'tool_call':
    case 'tool_start':
    case 'toolcall_start':
      return [
        { type: 'flush', source },
        { type: 'tool-call', id, name: tool, question: readQuestion(tool, json['args']) },
      ];
    case 'tool_result':
    case 'tool_end':
    case 'toolcall_end':
      return [{ type: 'tool-result', id, name: tool, ok: wentWell(json['result']) }];
    case 'ask_question':
      return [
        { type: 'flush', source },
        { type: 'tool-call', id: 'ask_question', name: type, question: readQuestion(type, json) },
      ];
    case 'done':
      return [{ type: 'flush', source }];
    case 'error':
      return [errorEvent(json)];
    default:
      return type.startsWith('thinking') ? [activity] : undefined;
  }
}

function textEvents(text: string, partial: boolean): readonly AgentEvent[] {
  return text === '' ? [activity] : [{ type: 'text', source, text, partial, final: !partial }];
}

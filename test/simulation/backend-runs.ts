/** What the agent does with one message: a plan of events, and what becomes of the draft meanwhile. */
import type { AgentEvent } from '../../src/nemo/agent-event.ts';
import type { Random } from './random.ts';

export interface Beat {
  /** Milliseconds since the run was accepted. */
  readonly at: number;
  /** Heard by whoever still listens. */
  readonly event?: AgentEvent | undefined;
  /** The draft is changed now, listened to or not. */
  readonly changes?: boolean | undefined;
  /** How the stream ends for the listener; the work goes on. */
  readonly stream?: 'closes' | 'breaks' | undefined;
}

export interface Plan {
  readonly name: string;
  readonly beats: readonly Beat[];
}

const say = (text: string, final = true): AgentEvent => ({
  type: 'text',
  source: 'nemo_agent/',
  text,
  partial: false,
  final,
});
const HEARTBEAT: AgentEvent = { type: 'heartbeat' };
const HEARTBEAT_MS = 20_000;

const TOOL = 'edit_multitrack';
const toolCall: AgentEvent = { type: 'tool-call', id: 'call-1', name: TOOL };
const toolResult: AgentEvent = { type: 'tool-result', id: 'call-1', name: TOOL, ok: true };

/** `trouble`: streams may break. */
export function planOf(random: Random, label: string, trouble: boolean): Plan {
  const name = random.weighted({
    plain: 50,
    silent: 12,
    'late write': 7,
    'words only': 8,
    question: 4,
    'gives up': 4,
    hangs: 4,
    breaks: trouble ? 22 : 0,
  });
  const work = random.pick([3_000, 20_000, 90_000, 300_000]) * random.between(0.5, 1);
  const done = 500 + work;
  const words = `Cut ${label} is ready.`;
  const beats: Beat[] = [];
  for (let at = HEARTBEAT_MS; at < done; at += HEARTBEAT_MS) beats.push({ at, event: HEARTBEAT });
  const begin: Beat = { at: 500, event: toolCall };
  const change: Beat = { at: done, changes: true };
  const result: Beat = { at: done + 200, event: toolResult };
  const last: Beat = { at: done + 700, event: say(words) };
  const close: Beat = { at: done + 900, stream: 'closes' };
  switch (name) {
    case 'plain':
      beats.push(begin, change, result, last, close);
      break;
    case 'silent':
      beats.push(begin, change, result, close);
      break;
    case 'late write':
      beats.push(begin, { at: done, event: toolResult }, last, close);
      beats.push({ at: close.at + 4_000, changes: true });
      break;
    case 'words only':
      beats.push({ at: done, event: say(`About ${label}: nothing has to be changed.`) }, close);
      break;
    case 'question':
      beats.push(
        {
          at: done,
          event: {
            type: 'tool-call',
            id: 'q',
            name: 'ask_question',
            question: { questions: [{ prompt: `Which style for ${label}?`, options: ['A', 'B'] }] },
          },
        },
        close,
      );
      break;
    case 'gives up':
      beats.push(begin, {
        at: done,
        event: { type: 'problem', code: 'INTERNAL', message: 'the model gave up' },
      });
      beats.push(close);
      break;
    case 'hangs':
      beats.push(begin, change, result, last);
      break;
    case 'breaks':
      beats.push(begin, change, { at: random.between(100, done + 800), stream: 'breaks' });
      break;
  }
  return { name, beats: beats.sort((one, other) => one.at - other.at) };
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AgentEvent } from '../../src/nemo/agent-event.ts';
import { readFrame } from '../../src/nemo/agent-frame.ts';

const read = (frame: unknown): readonly AgentEvent[] | undefined =>
  readFrame(JSON.stringify(frame));
const texts = (frame: unknown): string[] =>
  (read(frame) ?? []).flatMap((event) => (event.type === 'text' ? [event.text] : []));

const adk = (parts: object[], extra: object = {}) => ({
  author: 'nemo_agent',
  invocationId: 'e-1',
  id: 'x',
  content: { role: 'model', parts },
  ...extra,
});

describe('heartbeats', () => {
  test.each(['', ' ', 'heartbeat', 'ping', '{"type":"heartbeat"}', '{"type":"ping"}', '{}'])(
    '%j',
    (data) => {
      expect(readFrame(data)).toEqual([{ type: 'heartbeat' }]);
    },
  );

  test('by the name of the event, whatever its data', () => {
    expect(readFrame('{"ts":1}', 'heartbeat')).toEqual([{ type: 'heartbeat' }]);
  });
});

describe('case 16: the same words in every dialect', () => {
  test.each([
    ['framework', adk([{ text: 'Hello' }])],
    [
      'framework, snake_case',
      { author: 'a', invocation_id: 'e', content: { parts: [{ text: 'Hello' }] } },
    ],
    ['typed content', { type: 'text', content: 'Hello' }],
    ['typed text', { type: 'text', text: 'Hello' }],
    ['flat', { text: 'Hello' }],
    ['in an envelope', { code: 0, data: { text: 'Hello' } }],
  ])('%s', (_name, frame) => {
    expect(read(frame)).toEqual([
      expect.objectContaining({ type: 'text', text: 'Hello', partial: false, final: true }),
    ]);
  });

  test.each([
    ['framework', adk([{ functionCall: { id: 'c', name: 'edit_multitrack', args: {} } }])],
    [
      'snake_case',
      {
        author: 'a',
        content: { parts: [{ function_call: { id: 'c', name: 'edit_multitrack' } }] },
      },
    ],
    ['typed', { type: 'tool_call', id: 'c', name: 'edit_multitrack', args: {} }],
  ])('a tool call: %s', (_name, frame) => {
    expect(read(frame)).toContainEqual(
      expect.objectContaining({ type: 'tool-call', id: 'c', name: 'edit_multitrack' }),
    );
  });

  test.each([
    [
      'framework',
      adk([{ functionResponse: { id: 'c', name: 'edit', response: { success: false } } }]),
      false,
    ],
    [
      'framework',
      adk([{ functionResponse: { id: 'c', name: 'edit', response: { draft: 1 } } }]),
      true,
    ],
    ['typed', { type: 'tool_result', id: 'c', name: 'edit', result: { error: 'no' } }, false],
    ['typed', { type: 'tool_result', id: 'c', name: 'edit', result: {} }, true],
  ])('a tool result: %s', (_name, frame, ok) => {
    expect(read(frame)).toContainEqual({ type: 'tool-result', id: 'c', name: 'edit', ok });
  });
});

describe('what is never said', () => {
  test('case 15: thoughts', () => {
    expect(texts(adk([{ text: 'hm', thought: true }, { text: 'Yes.' }]))).toEqual(['Yes.']);
    expect(texts(adk([{ text: 'hm', thought: true }]))).toEqual([]);
    expect(read(adk([{ text: 'hm', thought: true }], { partial: true }))).toEqual([
      { type: 'activity' },
    ]);
    expect(read({ type: 'thinking_delta', content: 'hm' })).toEqual([{ type: 'activity' }]);
  });

  test("echoes of the person's words and results of tools", () => {
    expect(texts(adk([{ text: 'mine' }], { author: 'user' }))).toEqual([]);
    expect(texts({ author: 'a', content: { role: 'user', parts: [{ text: 'result' }] } })).toEqual(
      [],
    );
  });

  test('case 10: a tool call beside words: the words first, then the call', () => {
    expect(read(adk([{ text: 'Working.' }, { functionCall: { id: 'c', name: 'x' } }]))).toEqual([
      expect.objectContaining({ type: 'text', text: 'Working.', final: false }),
      expect.objectContaining({ type: 'tool-call', id: 'c' }),
    ]);
  });

  test('case 91: a call in a piece is left for the whole', () => {
    const piece = adk([{ functionCall: { id: 'c', name: 'x' } }], { partial: true });
    expect(read(piece)).toEqual([{ type: 'activity' }]);
  });
});

describe('failures', () => {
  test.each([
    ['a plain error', { error: 'boom' }, undefined, 'boom'],
    ['an error with a code', { error: { code: 'X', message: 'boom' } }, 'X', 'boom'],
    ['a typed error', { type: 'error', message: 'boom' }, undefined, 'boom'],
    ['case 36: an envelope', { code: 2001, message: 'no credits' }, '2001', 'no credits'],
    ['an envelope with a code in quotes', { code: '1001', msg: 'bad' }, '1001', 'bad'],
    ['case 82: a block without words', { author: 'a', errorCode: 'SAFETY' }, 'SAFETY', ''],
    ['snake_case', { author: 'a', error_code: 'SAFETY', error_message: 'no' }, 'SAFETY', 'no'],
  ])('%s', (_name, frame, code, message) => {
    expect(read(frame)).toContainEqual({ type: 'problem', code, message });
  });

  test('case 33: an error whose quotes were not escaped', () => {
    const [event] = readFrame('{"error": "KeyError: "draft""}') ?? [];
    expect(event).toMatchObject({ type: 'problem', code: undefined });
  });

  test('case 89: words that were cut come first, then the problem', () => {
    expect(read(adk([{ text: 'Once upon' }], { errorCode: 'MAX_TOKENS' }))).toEqual([
      expect.objectContaining({ type: 'text', text: 'Once upon' }),
      { type: 'problem', code: 'MAX_TOKENS', message: '' },
    ]);
  });

  test('the regular end of a turn is no problem, though some versions report it as one', () => {
    expect(read({ author: 'a', errorCode: 'STOP' })).toEqual([{ type: 'flush', source: 'a/' }]);
  });
});

describe('what can not be read', () => {
  test('case 34: garbage, a cut frame and an end mark are no events', () => {
    expect(readFrame('[DONE]')).toEqual([]);
    expect(readFrame('lorem ipsum')).toBeUndefined();
    expect(readFrame('{"content":{"parts":[{"te')).toBeUndefined();
    expect(read({ hello: 1 })).toBeUndefined();
    expect(read([1, 2])).toBeUndefined();
  });

  test('any JSON and any text is taken without a crash', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (data) => {
        readFrame(data);
      }),
    );
  });

  test('fields of a wrong kind are as if they were not there', () => {
    const strange = adk([{ text: 7 }, 'x' as never, { text: 'kept' }], {
      actions: { stateDelta: [] },
      longRunningToolIds: 'all',
      branch: 9,
    });
    expect(texts(strange)).toEqual(['kept']);
  });
});

test('a change of the session is noticed', () => {
  expect(read(adk([], { actions: { stateDelta: { draft: {} } } }))).toContainEqual({
    type: 'changed',
  });
  expect(read(adk([], { actions: { stateDelta: {} } }))).not.toContainEqual({ type: 'changed' });
});

describe('final', () => {
  const final = (parts: object[], extra: object = {}) =>
    (read(adk(parts, extra)) ?? []).some((event) => event.type === 'text' && event.final);

  test('complete and without a tool', () => {
    expect(final([{ text: 'x' }])).toBe(true);
    expect(final([{ text: 'x' }], { partial: true })).toBe(false);
    expect(final([{ text: 'x' }, { functionCall: { name: 'y' } }])).toBe(false);
    expect(final([{ text: 'x' }, { codeExecutionResult: {} }])).toBe(false);
  });

  test('or waiting for something outside', () => {
    const call = [{ text: 'x' }, { functionCall: { name: 'y' } }];
    expect(final(call, { longRunningToolIds: ['1'] })).toBe(true);
    expect(final(call, { actions: { skipSummarization: true } })).toBe(true);
  });
});

describe('case 81: a question', () => {
  test.each([
    [
      'framework',
      (args: object) => adk([{ functionCall: { id: 'q', name: 'ask_question', args } }]),
    ],
    ['typed', (args: object) => ({ type: 'ask_question', ...args })],
  ])('%s', (_name, frame) => {
    const args = {
      title: 'Style',
      questions: [{ id: '1', prompt: 'Which?', options: [{ id: 'a', label: 'Warm' }, 'Cold'] }],
    };
    expect(read(frame(args))).toContainEqual(
      expect.objectContaining({
        type: 'tool-call',
        question: { title: 'Style', questions: [{ prompt: 'Which?', options: ['Warm', 'Cold'] }] },
      }),
    );
  });

  test('of a single one, and of nothing', () => {
    const question = (args: unknown) => {
      const [, call] = read(adk([{ functionCall: { name: 'ask_question', args } }])) ?? [];
      return call?.type === 'tool-call' ? call.question : undefined;
    };
    expect(question({ question: 'Which?' })).toEqual({
      questions: [{ prompt: 'Which?', options: [] }],
    });
    expect(question({ questions: [] })).toBeUndefined();
    expect(question(undefined)).toBeUndefined();
  });
});

/** How a plan is bent, seen without any network. */
import { describe, expect, test } from 'vitest';
import { readIntent } from '../../src/simulator/agent/intent.ts';
import { bend } from '../../src/simulator/stream/faults.ts';
import { planRun } from '../../src/simulator/stream/plan.ts';
import { readSwitches, SIMULATOR_SWITCHES, switchesOn } from '../../src/simulator/switches.ts';

const intent = readIntent('The sea is calm.', { language: 'en', draft: undefined, newMedia: [] });
const manners = { silent: false, gui: undefined, thought: false, media: [] };
const plan = planRun(intent, manners, 'The sea is calm.');
const MINUTE = 60_000;

const kinds = (name: Parameters<typeof bend>[1]) =>
  bend(plan, name, 'token').steps.map((step) => step.do);
const lastAt = (name: Parameters<typeof bend>[1]) =>
  bend(plan, name, 'token').steps.at(-1)?.at ?? 0;

describe('faults', () => {
  test('a plan takes about 100 seconds and ends with the close', () => {
    expect([kinds([]).at(-1), lastAt([])]).toEqual(['close', 100_000]);
  });

  test('late-write changes the draft 4 s after the close', () => {
    expect(kinds(['late-write']).slice(-2)).toEqual(['close', 'change']);
    expect(lastAt(['late-write'])).toBe(104_000);
  });

  test('drop keeps the tools’ work and no words; drop-late brings it later', () => {
    expect(kinds(['drop'])).toEqual(['model', 'break', 'tool', 'tool']);
    expect(lastAt(['drop-late']) - lastAt(['drop'])).toBe(2 * MINUTE);
    expect(kinds(['drop-never'])).toEqual(['model', 'break']);
  });

  test('slow, open-end and endless pass the limits they are for', () => {
    expect(lastAt(['slow'])).toBe(100_000 + 5 * MINUTE);
    expect(lastAt(['open-end'])).toBeGreaterThan(15 * MINUTE);
    expect(kinds(['endless'])).toEqual(['close']);
    expect(lastAt(['endless'])).toBeGreaterThan(15 * MINUTE);
  });

  test('two act together', () => {
    expect(lastAt(['slow', 'late-write'])).toBe(104_000 + 5 * MINUTE);
  });

  test('times never run backwards, whatever is asked', () => {
    for (const { name } of SIMULATOR_SWITCHES) {
      const times = bend(plan, [name], 'token').steps.map((step) => step.at);
      expect([...times].sort((a, b) => a - b)).toEqual(times);
    }
  });
});

describe('phrases', () => {
  test('are taken out of the text, in any case and number', () => {
    const { text, switches } = readSwitches('[[sim:SILENT]] add a title [[ sim: render-fail ]]');
    expect(text).toBe('add a title');
    expect([switchesOn('stream', switches), switchesOn('render', switches)]).toEqual([
      ['silent'],
      ['render-fail'],
    ]);
  });

  test('with an unknown name are left in', () => {
    const { text, switches } = readSwitches('go [[sim:nonsense]]');
    expect([text, switches.size]).toEqual(['go [[sim:nonsense]]', 0]);
  });

  test('every switch has a name of its own', () => {
    const names = SIMULATOR_SWITCHES.map((entry) => entry.name);
    expect(new Set(names).size).toBe(names.length);
  });
});

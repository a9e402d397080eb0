/** What every scenario needs: a house that is closed after its test, and manners that hold in all of them. */
import { expect, onTestFinished } from 'vitest';
import { machineTimers, type Timers } from '../../../src/runtime/clock.ts';
import { type House, type HouseOptions, startHouse } from '../../doubles/house.ts';
import { type Step, say, toolCall, toolResult } from '../../doubles/nemo/steps.ts';
import type { Said } from '../../doubles/room.ts';

const houses: House[] = [];

/** A quarter of an hour passes in a second. Closed after the test, when it is also checked that nobody saw or logged what is not theirs. */
export async function open(options: HouseOptions = {}): Promise<House> {
  const house = await startHouse({ scale: 0.001, ...options });
  // Not a hook of this module: in a worker that files share it is evaluated once, and would watch the first file alone.
  if (houses.length === 0) onTestFinished(closeAll);
  houses.push(house);
  return house;
}

async function closeAll(): Promise<void> {
  const all = houses.splice(0).reverse();
  for (const house of all) await house.close();
  for (const { room, nemo, logged } of all) {
    expect(nemo.violations, 'rules of the backend').toEqual([]);
    for (const text of room.everSeen()) expectManners(text);
    expect(logged.join('\n')).not.toMatch(/nmv_usr_|clm_/);
    expect(logged.join('\n')).not.toMatch(/put down|can no longer be shown/);
  }
}

/** Never in front of people: tokens, JSON, stack traces, pages, tool names, codes, holes in a text. */
export function expectManners(text: string): void {
  const words = text.replace(/https?:\/\/\S+/g, '');
  expect(words).not.toMatch(/nmv_usr_|clm_|Bearer /);
  expect(words).not.toMatch(/[{}]|<\/?[a-z]|\bat \S+:\d|\.ts:\d|Error:/i);
  expect(words).not.toMatch(/generate_video|multitrack|seedance|ask_question|run_sse|nemo_agent/i);
  expect(words).not.toMatch(
    /\b(?:1001|1002|2001|4001|4002|401|402|403|404|413|415|422|429|5\d\d)\b(?! (?:MB|bytes))/,
  );
  expect(words).not.toMatch(/undefined|null|NaN|\[object/);
}

/** Texts of a thread that are there now, notices and status message included. */
export const texts = (house: House, thread = 't1'): string[] =>
  house.room.visible(thread).map((said) => said.message.text);

export const story = (house: House, thread = 't1'): string => texts(house, thread).join('\n---\n');

/** The first message, now or later, whose text fits. */
export const hear = (house: House, words: RegExp): Promise<Said> =>
  house.room.until((said) => words.test(said.message.text) && !said.deleted);

/** How often a text has been posted (edits of the same message count once). */
export const times = (house: House, words: RegExp): number =>
  house.room.said.filter((said) => said.versions.some((text) => words.test(text))).length;

/** What the agent was told in its nth run (from 1). */
export function toldAgent(house: House, nth = 1): string {
  const run = house.nemo.received('run_sse')[nth - 1]?.json as
    | { new_message: { parts: { text: string }[] } }
    | undefined;
  return run?.new_message.parts.map((part) => part.text).join('') ?? '';
}

export const runs = (house: House): number => house.nemo.received('run_sse').length;

/** The session that a run, an upload, or a render was meant for. */
export function sessionOfRun(house: House, nth = 1): string {
  const body = house.nemo.received('run_sse')[nth - 1]?.json as { session_id?: string } | undefined;
  return String(body?.session_id);
}

/** Presses "Try again" under a message. */
export async function tryAgain(house: House, said: Said): Promise<void> {
  const does = said.message.buttons?.map((button) => button.does);
  const retry = does?.find((it) => 'action' in it && it.action === 'retry');
  expect(retry).toBeDefined();
  await house.room.press(
    'retry',
    retry && 'value' in retry && retry.value ? { value: retry.value } : {},
  );
}

/** Real time for a busy machine: what is waited for no longer than a moment is waited for ten. */
export const patient: Timers = {
  ...machineTimers,
  after: (ms, run) => machineTimers.after(10 * ms, run),
};

/** A gate that a step can wait for. */
export function gate(): { opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

/** An edit as the agent does it: a tool, the new draft, and, unless it is silent, some words. */
export const edit = (draft: unknown, words?: string): Step[] => [
  toolCall('edit_multitrack', 'edit'),
  { draft },
  toolResult('edit_multitrack', 'edit'),
  ...(words === undefined ? [] : [say(words)]),
];

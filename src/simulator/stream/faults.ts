import { WORDS } from '../agent/words.ts';
import type { SwitchName } from '../switches.ts';
import { asking, type Plan } from './plan.ts';
import type { Change, Step } from './steps.ts';

const MINUTE = 60_000;
const HUGE_CHARACTERS = 10 * 1024 * 1024;

/** Bends a plan as the switches of a message ask; several can act together. */
export function bend(plan: Plan, switches: Iterable<SwitchName>, token: string): Plan {
  let bent = plan;
  for (const name of switches) bent = FAULTS[name]?.(bent, token) ?? bent;
  return bent;
}

type Fault = (plan: Plan, token: string) => Plan;

/** Nothing is done and nothing is charged: the plan is left with these steps alone. */
const instead =
  (...steps: Step[]): Fault =>
  (plan) => ({ ...plan, cost: 0, steps });

const FAULTS: Partial<Record<SwitchName, Fault>> = {
  question: (plan) => ({ ...plan, cost: 0, steps: asking(plan.language) }),
  nothing: instead({ at: 0, do: 'close' }),
  slow: (plan) => ({
    ...plan,
    steps: plan.steps.map((step, i) => (i === 0 ? step : { ...step, at: step.at + 5 * MINUTE })),
  }),
  stall: instead({ at: 0, do: 'mute' }, { at: 20 * MINUTE, do: 'close' }),
  endless: instead({ at: 20 * MINUTE, do: 'close' }),
  'open-end': (plan) => ({
    ...plan,
    steps: plan.steps.map((step) =>
      step.do === 'close' ? { ...step, at: step.at + 20 * MINUTE } : step,
    ),
  }),
  drop: (plan) => ({ ...plan, steps: broken(plan.steps) }),
  'drop-late': (plan) => ({
    ...plan,
    steps: broken(plan.steps).map((step) =>
      step.do === 'tool' ? { ...step, at: step.at + 2 * MINUTE } : step,
    ),
  }),
  'drop-never': (plan) => ({
    ...plan,
    cost: 0,
    steps: broken(plan.steps).filter((step) => step.do !== 'tool'),
  }),
  'late-write': (plan) => {
    const end = endOf(plan.steps);
    return {
      ...plan,
      steps: [
        ...plan.steps.map((step): Step => (step.do === 'tool' ? { ...step, change: {} } : step)),
        { at: end + 4000, do: 'change', change: changesOf(plan.steps) },
      ],
    };
  },
  error: failing({ at: 0, do: 'raw', data: '{"error":"Model call failed: upstream timeout"}' }),
  'error-broken': failing({
    at: 0,
    do: 'raw',
    data: '{"error":"Model call failed: {"status": "UNAVAILABLE"}"}',
  }),
  safety: instead({ at: 3000, do: 'model', code: 'SAFETY' }, { at: 3000, do: 'close' }),
  'max-tokens': (plan) => ({
    ...plan,
    steps: plan.steps.map((step, i) =>
      i === lastText(plan.steps) ? { ...step, code: 'MAX_TOKENS' } : step,
    ),
  }),
  'temp-issue': (plan) => ({
    ...plan,
    steps: beforeClose(plan.steps, WORDS[plan.language].temporaryIssue),
  }),
  'temp-issue-only': (plan) =>
    instead(
      { at: 5000, do: 'model', text: WORDS[plan.language].temporaryIssue },
      { at: 5000, do: 'close' },
    )(plan, ''),
  leak: (plan, token) => ({
    ...plan,
    steps: beforeClose(plan.steps, `Debug: called with Authorization: Bearer ${token}`),
  }),
  garbage: instead(
    { at: 1000, do: 'raw', data: '<<<not json>>> \u0000\u0007' },
    { at: 1500, do: 'raw', data: '{"content":{"role":"model","parts":[{"text":"cut' },
    { at: 2000, do: 'raw', data: '[DONE]' },
    { at: 2000, do: 'raw', data: '[1,2,null,{"who":"knows"}]' },
    { at: 2000, do: 'close' },
  ),
  'huge-event': instead(
    { at: 1000, do: 'flood', characters: HUGE_CHARACTERS },
    { at: 2000, do: 'close' },
  ),
  'no-credits-stream': instead(
    { at: 1000, do: 'raw', data: '{"code":2001,"message":"Insufficient credits"}' },
    { at: 1000, do: 'close' },
  ),
};

/** The connection breaks early; what the tools were asked for is still done. */
function broken(steps: readonly Step[]): Step[] {
  const at = (steps[0]?.at ?? 0) + 1000;
  const kept = steps.filter((step) => step.at <= at || step.do === 'tool');
  return [
    ...kept.filter((step) => step.at <= at && step.do !== 'close'),
    { at, do: 'break' },
    ...kept.filter((step) => step.at > at && step.do === 'tool'),
  ];
}

function failing(error: Step): Fault {
  return (plan) => {
    const first = plan.steps[0];
    const at = (first?.at ?? 0) + 2000;
    const begun = first && first.do !== 'close' ? [first] : [];
    return { ...plan, cost: 0, steps: [...begun, { ...error, at }, { at, do: 'close' }] };
  };
}

function beforeClose(steps: readonly Step[], text: string): Step[] {
  return steps.flatMap((step): Step[] =>
    step.do === 'close' ? [{ at: step.at, do: 'model', text }, step] : [step],
  );
}

function changesOf(steps: readonly Step[]): Change {
  return Object.assign({}, ...steps.map((step) => (step.do === 'tool' ? step.change : {})));
}

function lastText(steps: readonly Step[]): number {
  return steps.findLastIndex((step) => step.do === 'model' && step.text !== undefined);
}

function endOf(steps: readonly Step[]): number {
  return steps.at(-1)?.at ?? 0;
}

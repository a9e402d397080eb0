/** What the bot is made of, and whether each part does its work. Pure. */

export type PartState = 'ready' | 'degraded' | 'not ready';

export interface Part {
  readonly name: string;
  readonly kind: 'process' | 'store' | 'platform' | 'backend';
  readonly state: PartState;
  readonly why?: string | undefined;
}

interface Served {
  readonly name: string;
  trouble(): string | undefined;
  warning?(): string | undefined;
}

/** What is wrong with each, in words. */
export interface Troubles {
  /** False: it is starting or stopping. */
  readonly isServing: boolean;
  readonly store: string | undefined;
  readonly backend: string | undefined;
  readonly platforms: readonly Served[];
}

export const partsOf = ({ isServing, store, backend, platforms }: Troubles): readonly Part[] => [
  ...(isServing ? [] : [STARTING_OR_STOPPING]),
  { name: 'store', kind: 'store', state: store ? 'not ready' : 'ready', why: store },
  { name: 'backend', kind: 'backend', state: backend ? 'degraded' : 'ready', why: backend },
  ...platforms.map(partOf),
];

const STARTING_OR_STOPPING: Part = {
  name: 'process',
  kind: 'process',
  state: 'not ready',
  why: 'starting or stopping',
};

function partOf(platform: Served): Part {
  const trouble = platform.trouble();
  const warning = platform.warning?.();
  const state = trouble ? 'not ready' : warning ? 'degraded' : 'ready';
  return { name: platform.name, kind: 'platform', state, why: trouble ?? warning };
}

/**
 * The bot as a whole can't work where it is starting or stopping, nothing can be written, or no chat service is there.
 * One of several services that is away is no reason to take a process out of service which the others need; nor is the
 * backend: turns wait for it.
 */
export function readinessOf(parts: readonly Part[]): PartState {
  const platforms = parts.filter(({ kind }) => kind === 'platform');
  const isOut = ({ state }: Part) => state === 'not ready';
  const cannotWork =
    parts.some((part) => (part.kind === 'process' || part.kind === 'store') && isOut(part)) ||
    (platforms.length > 0 && platforms.every(isOut));
  if (cannotWork) return 'not ready';
  return parts.every(({ state }) => state === 'ready') ? 'ready' : 'degraded';
}

/** The whole in the first line, then a line for each part. */
export const readinessText = (parts: readonly Part[]): string =>
  [
    readinessOf(parts),
    ...parts.map(({ name, state, why }) => `${name}: ${state}${why ? `: ${why}` : ''}`),
  ]
    .map((line) => `${line}\n`)
    .join('');

const FIGURES: Readonly<Record<PartState, number>> = { ready: 1, degraded: 0.5, 'not ready': 0 };

/** For the metrics. */
export const figuresOf = (parts: readonly Part[]): ReadonlyMap<string, number> =>
  new Map(parts.map(({ name, state }) => [name, FIGURES[state]]));

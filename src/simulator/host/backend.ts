import type { Projector } from '../film/film.ts';
import type { Variants } from '../options.ts';
import type { Account, Keeper, Session, World } from '../world.ts';
import { problems } from './problem.ts';
import type { Violation } from './rules.ts';

/** A run with somebody listening or not. */
export interface LiveRun {
  readonly runId: string;
  readonly stop: AbortController;
  /** False once the listener has gone; the work goes on until a new run takes its place. */
  attached: boolean;
}

/** What the routes share. */
export interface Backend {
  readonly variants: Variants;
  readonly world: World;
  readonly keeper: Keeper;
  readonly projector: Projector;
  /** Pictures and films. */
  readonly folder: string;
  /** Ends with the simulator. */
  readonly signal: AbortSignal;
  /** By session id. */
  readonly live: Map<string, LiveRun>;
  /** Where the files are served. */
  filesUrl: string;
  readonly journal: Journal;
}

export interface Journal {
  readonly violations: Violation[];
  readonly calls: Record<string, number>;
  violated(rule: string, detail: string): void;
  note(violation: Violation): void;
  called(route: string): void;
}

const MAX_VIOLATIONS = 200;

export function journal(): Journal {
  const violations: Violation[] = [];
  const calls: Record<string, number> = {};
  const note = (violation: Violation): void => {
    if (violations.length < MAX_VIOLATIONS) violations.push(violation);
  };
  return {
    violations,
    calls,
    note,
    violated: (rule, detail) => note({ rule, detail }),
    called(route) {
      calls[route] = (calls[route] ?? 0) + 1;
    },
  };
}

export function sessionOf(backend: Backend, account: Account, id: string): Session {
  const session = backend.world.sessions.find((entry) => entry.id === id);
  if (session?.userId !== account.userId) throw problems.noSession(id);
  return session;
}

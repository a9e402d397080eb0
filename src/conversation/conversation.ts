/** Puts the conversation together: the inbox in front, the dispatcher behind, the ledger between. */
import type { Inbox } from '../platforms/chat.ts';
import type { State } from '../state/state.ts';
import { createDispatcher } from './dispatcher.ts';
import { createInbox } from './inbox.ts';
import { openProjects } from './project.ts';
import { openRecentThreads } from './recent-threads.ts';
import { runTurn } from './run-turn.ts';
import type { Deps } from './turn-context.ts';

export interface Conversation {
  readonly inbox: Inbox;
  /** Begins to work on turns, those that an earlier process left first. */
  start(): void;
  running(): number;
  drain(graceMs: number): Promise<void>;
}

export interface ConversationOptions extends Omit<Deps, 'projects' | 'interrupt'> {
  readonly state: State;
  /** This worker's name in the ledger; another process has another one. */
  readonly owner: string;
  readonly leaseMs: number;
  readonly maxRunningTurns: number;
}

export function createConversation(options: ConversationOptions): Conversation {
  const { state, owner, leaseMs, maxRunningTurns, ...given } = options;
  const deps: Deps = {
    ...given,
    projects: openProjects(state),
    interrupt: (turnId) => dispatcher.stop(turnId),
  };
  const dispatcher = createDispatcher({
    ledger: options.ledger,
    owner,
    leaseMs,
    limit: maxRunningTurns,
    log: options.log,
    work: (shift) => runTurn(deps, shift),
  });
  return {
    inbox: createInbox(deps, openRecentThreads(state)),
    start: dispatcher.start,
    running: dispatcher.running,
    drain: dispatcher.drain,
  };
}

/** What an admin can decide about channels and people while the bot runs, and how a turn's phase is called. Pure. */
import type { Phase } from '../../ledger/ledger.ts';

export const RULED = ['channel', 'person'] as const;
export type Ruled = (typeof RULED)[number];
/** `reset`: as the settings say. */
export const RULINGS = ['allow', 'deny', 'reset'] as const;
export type Ruling = (typeof RULINGS)[number];

export type PhaseShown = Phase;

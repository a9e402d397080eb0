/** Which trouble has really happened: chance that never strikes proves nothing. */

import type { End, Phase } from '../../src/ledger/ledger.ts';
import type { StoreName } from './store.ts';

/** Every kind that a world can have; a few hundred worlds must have met each. */
export const TROUBLE = [
  'kill in accepted',
  'kill in preparing',
  'kill in sending',
  'kill in streaming',
  'kill in recovering',
  'kill in answered',
  'kill in exporting',
  'stall within the lease',
  'stall past the lease',
  'shutdown',
  'stop',
  'message doubled',
  'press doubled',
  'request lost',
  'request late',
  'reply lost',
  'reply late',
  '429',
  '5xx',
  '5xx though it was done',
  'chat away',
  'backend away',
  'stream broken',
  'run ended because nobody listens',
  'clock set forward',
  'clock set back',
] as const;

/** And what is of one kind of store alone. */
export const STORE_TROUBLE = {
  sqlite: ['SQLITE_BUSY', 'SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_IOERR though it was done'],
  postgres: [
    'connection lost',
    'connection lost though it was done',
    'connection refused',
    'database full',
    'serialization failure',
    'slow answer',
    'statement waits for a lock',
  ],
} as const;
export type Trouble = (typeof TROUBLE)[number] | (typeof STORE_TROUBLE)[StoreName][number];

/** Of a turn that somebody works on. */
export type WorkingPhase = Exclude<Phase, End>;

export function addTo(census: Map<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [trouble, times] of Object.entries(more))
    census.set(trouble, (census.get(trouble) ?? 0) + times);
}

export const formatCensus = (census: ReadonlyMap<string, number>, store: StoreName): string =>
  [...TROUBLE, ...STORE_TROUBLE[store]]
    .map((trouble) => `${String(census.get(trouble) ?? 0).padStart(8)}  ${trouble}`)
    .join('\n');

/** The table of the state as a move fills it. */
import type pg from 'pg';
import { migrate } from '../../runtime/postgres/migrate.ts';
import type { TargetPart, TargetTable } from '../../runtime/postgres/move-target.ts';
import { PROBE } from '../key-check.ts';
import { PART, STEPS } from './schema.ts';

export const STATE_TABLES: readonly TargetTable[] = [
  {
    name: 'state',
    key: ['namespace', 'key'],
    columns: [
      { name: 'namespace', type: 'text' },
      { name: 'key', type: 'text' },
      { name: 'value', type: 'text' },
      {
        name: 'expires',
        type: 'bigint',
        write: 'to_timestamp(expires / 1000.0)',
        read: 'round(extract(epoch FROM t.expires) * 1000)::bigint',
      },
    ],
    // Left by a start, or written by none: the values bring their key's probe with them.
    own: `namespace = '${PROBE.map}' AND key = '${PROBE.key}'`,
  },
];

/** Makes what is missing of the table. */
export async function openStateTarget(pool: pg.Pool): Promise<TargetPart> {
  await migrate(pool, PART, STEPS);
  return { tables: STATE_TABLES, mayHold: async () => {}, close: async () => {} };
}

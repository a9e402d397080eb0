/** The table of the state as it is moved to a store of another kind: values as they are, so that their key stays theirs. */
import { z } from 'zod';
import type { SourcePart } from '../../runtime/sqlite/move-source.ts';
import { createStateTable } from './keyv-store.ts';

const row = z.object({
  namespace: z.string(),
  key: z.string(),
  value: z.string(),
  expires: z.number().nullable(),
});
type StateRow = z.infer<typeof row>;

/** `storedKey`: as the target writes a key. */
export const stateSource = (storedKey: (key: string) => string): SourcePart => ({
  tables: [
    {
      name: 'state',
      key: ['namespace', 'key'],
      columns: Object.keys(row.shape),
      toRow(found) {
        const { key, ...rest }: StateRow = row.parse(found);
        return { ...rest, key: storedKey(key) };
      },
    },
  ],
  prepare: createStateTable,
  isPrepared: () => true,
});

/** Faults that are one statement of the store in other words. */
import type { Planted } from './planted.ts';

export type PlantedPlan = Pick<Planted, 'breaks' | 'from' | 'faults' | 'mostEvents'>;

/** One statement of the store in other words. */
export function rewritten(name: string, plan: PlantedPlan & { was: string; is: string }): Planted {
  const { was, is, ...common } = plan;
  let found = false;
  return {
    name,
    ...common,
    sql: (sql) => {
      const words = sql.replace(/\s+/g, ' ');
      if (!words.includes(was)) return sql;
      found = true;
      return words.replaceAll(was, is);
    },
    inPlace: () => found,
  };
}

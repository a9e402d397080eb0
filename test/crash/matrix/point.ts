/** Where a process is killed: at the nth crossing of a kind, on one side of it. */
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

export const pointSchema = z.object({
  /** `write turns answered`, `slack chat.postMessage`, `nemo render`, `nemo run_sse says`. */
  kind: z.string(),
  nth: z.number(),
  /** Before it has any effect, or when it has had all of it and nobody has heard so. */
  side: z.enum(['before', 'after']),
});
export type Point = z.infer<typeof pointSchema>;

export const shown = ({ kind, nth, side }: Point): string => `${side} ${kind} #${nth}`;

/** Two processes, and the doubles beside them, count and aim by the files of one folder. */
export interface Ledge {
  /** Notes a crossing; gives the how manieth of its kind it is. */
  cross(kind: string): number;
  /** Is it here? True to one asker alone. */
  take(point: Point): boolean;
}

export interface Aim extends Ledge {
  /** Crossings count from here on, all of them from one. */
  begin(point?: Point): void;
  crossings(): string[];
  isTaken(): boolean;
}

const LOG = 'crossings';
const AIM = 'aim';

export function openAim(folder: string): Aim {
  const log = path.join(folder, LOG);
  const aim = path.join(folder, AIM);
  const read = (file: string): string | undefined => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return undefined;
    }
  };
  const crossings = () => (read(log) ?? '').split('\n').filter((line) => line !== '');
  return {
    begin(point) {
      writeFileSync(log, '');
      if (point) writeFileSync(aim, JSON.stringify(point));
    },
    crossings,
    isTaken: () => read(aim) === undefined,
    cross(kind) {
      if (read(log) === undefined) return 0;
      appendFileSync(log, `${kind}\n`);
      return crossings().filter((line) => line === kind).length;
    },
    take(point) {
      const wanted = read(aim);
      if (wanted === undefined) return false;
      const { kind, nth, side } = pointSchema.parse(JSON.parse(wanted));
      if (kind !== point.kind || nth !== point.nth || side !== point.side) return false;
      try {
        rmSync(aim);
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** All points of a story, generated from a trace of it, and what became of each. */
import { type Played, play, type Setting } from './play.ts';
import { type Point, shown } from './point.ts';

export interface Verdict {
  readonly point: Point;
  /** The story had so many of its kind this time. What comes with time comes now and then once less. */
  readonly reached: boolean;
  readonly offers: number;
  readonly faults: readonly string[];
  readonly output: readonly string[];
}

/** Of a point that was passed by. */
const TRIES = 3;

export async function trace(setting: Setting): Promise<readonly string[]> {
  const { faults, crossings, output } = await play(setting);
  if (faults.length > 0)
    throw new Error(`nobody was killed, and yet\n${[...faults, ...output].join('\n')}`);
  return crossings;
}

/** Both sides of everything that was crossed; of an event of a stream there is one. */
export function pointsOf(crossings: readonly string[]): Point[] {
  const counts = new Map<string, number>();
  return crossings.flatMap((kind) => {
    const nth = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, nth);
    const before: Point = { kind, nth, side: 'before' };
    return kind.endsWith(' says') ? [before] : [before, { ...before, side: 'after' }];
  });
}

export async function judge(setting: Setting, point: Point): Promise<Verdict> {
  let played: Played = await play(setting, point);
  for (let tries = 1; tries < TRIES && !played.reached && played.faults.length === 0; tries += 1)
    played = await play(setting, point);
  const { reached, offers, faults, output } = played;
  return { point, reached, offers, faults, output };
}

/** In words, what went wrong; empty where it held. */
export function complaint({ point, faults, output }: Verdict): string {
  if (faults.length === 0) return '';
  return [`killed ${shown(point)}:`, ...faults, ...output.slice(-30)].join('\n  ');
}

/** `--fix`: what can be put right by an interface is, one after the other; what is refused is told, and the next is tried. */
import type { Section } from './examine.ts';

const PATIENCE_MS = 20_000;

/** What was done, and what was not and why. */
export async function repair(sections: readonly Section[]): Promise<string[]> {
  const done: string[] = [];
  for (const { about, findings } of sections)
    for (const { what, fix } of findings) {
      if (!fix) continue;
      try {
        done.push(`${about}: ${await fix(AbortSignal.timeout(PATIENCE_MS))}`);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        done.push(`${about}: not put right (${what}): ${why}`);
      }
    }
  return done;
}

/** Ends that must each be tried, whatever becomes of the others. */

export interface Step {
  /** For the report. */
  readonly what: string;
  run(): Promise<unknown>;
}

/** Runs the steps one after the other, and rejects with what failed among them once all were tried. */
export async function runAll(steps: readonly Step[]): Promise<void> {
  const failures: Error[] = [];
  for (const { what, run } of steps) {
    try {
      await run();
    } catch (error) {
      failures.push(new Error(`${what} failed`, { cause: error }));
    }
  }
  if (failures.length > 0) {
    const all = failures.map(({ message, cause }) => `${message}: ${reason(cause)}`);
    throw new AggregateError(failures, all.join('; '));
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

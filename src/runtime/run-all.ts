/** Ends that must each be tried, whatever becomes of the others. */
import { setTimeout as delay } from 'node:timers/promises';

export interface ClosingStep {
  /** For the report. */
  readonly what: string;
  run(): Promise<unknown>;
  /** Real milliseconds after which the others are no longer kept waiting. */
  readonly mostMs?: number;
}

/** Runs the steps one after the other, and rejects with what failed among them once all were tried. */
export async function runAll(steps: readonly ClosingStep[]): Promise<void> {
  const failures: Error[] = [];
  for (const step of steps) {
    const failure = await tried(step);
    if (failure) failures.push(failure);
  }
  report(failures);
}

/** The same, side by side. */
export async function runTogether(steps: readonly ClosingStep[]): Promise<void> {
  const failures = await Promise.all(steps.map(tried));
  report(failures.filter((failure) => failure !== undefined));
}

async function tried({ what, run, mostMs }: ClosingStep): Promise<Error | undefined> {
  const late = new AbortController();
  try {
    const waits = mostMs === undefined ? [] : [tooLong(mostMs, late.signal)];
    await Promise.race([run(), ...waits]);
    return undefined;
  } catch (error) {
    return new Error(`${what} failed`, { cause: error });
  } finally {
    late.abort();
  }
}

async function tooLong(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch {
    return; // The step has ended by itself.
  }
  throw new Error(`it took longer than ${ms} ms`);
}

function report(failures: readonly Error[]): void {
  if (failures.length > 0) {
    const all = failures.map(({ message, cause }) => `${message}: ${reason(cause)}`);
    throw new AggregateError(failures, all.join('; '));
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A command that serves until it is told to stop. */

/** `start` gives what ends it. What it rejects with is said, and the process ends with code 1. */
export async function untilSignal(start: () => Promise<() => Promise<void>>): Promise<void> {
  try {
    const end = await start();
    const stop = () => void end().then(() => process.exit(0), fail);
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

/** The life of a process around an app: start-up errors in words, one clean stop on a signal. */
import type { Log } from './log.ts';

interface App {
  readonly log: Pick<Log, 'info' | 'error'>;
  stop(): Promise<void>;
}

/** Never rejects: a failed start ends the process with code 1 and a sentence. */
export async function runProcess(start: () => Promise<App>): Promise<void> {
  let app: App;
  try {
    app = await start();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`nemo-bot cannot start. ${message}\n`);
    process.exit(1);
  }
  // Our own promises are all awaited; a library's that nobody awaits must not take down everybody's turns.
  process.on('unhandledRejection', (error) => app.log.error('a promise failed unheard', { error }));
  let stopping = false;
  const stop = (signal: string) => {
    // A second signal is a person who does not want to wait.
    if (stopping) process.exit(1);
    stopping = true;
    app.log.info(`${signal}: stopping`);
    app.stop().then(
      () => process.exit(0),
      (error) => {
        app.log.error('the stop failed', { error });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

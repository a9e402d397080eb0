/** "… is typing", for the first half minute: later the status message says more, and typing is known to stick. */
import type { Clock } from '../../runtime/clock.ts';
import type { Api } from './api-calls.ts';

const LASTS_MS = 8_000;
const REPEATS = 4;

export interface Activity {
  start(target: string): Promise<void>;
  stop(): void;
}

export function createActivity(api: Api, clock: Clock): Activity {
  let over: AbortController | undefined;
  const stop = () => {
    over?.abort();
    over = undefined;
  };
  return {
    stop,
    async start(target) {
      stop();
      const mine = new AbortController();
      over = mine;
      await once(target);
      void goOn(target, mine.signal);
    },
  };

  async function once(target: string): Promise<void> {
    await api('POST', `/channels/${target}/typing`, { kind: 'glance' });
  }

  async function goOn(target: string, signal: AbortSignal): Promise<void> {
    try {
      for (let n = 1; n < REPEATS; n += 1) {
        await clock.sleep(LASTS_MS, signal);
        await once(target);
      }
    } catch {
      // Stopped, or not wanted any more: what matters is in the status message.
    }
  }
}

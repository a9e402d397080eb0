/** For conversations that nobody measures. */
import type { Metrics } from '../../src/runtime/metrics.ts';

const nothing = () => {};

export const silentMetrics: Metrics = {
  turnEnded: nothing,
  failed: nothing,
  firstSign: nothing,
  answered: nothing,
  videoDelivered: nothing,
  takenOver: nothing,
  recovering: nothing,
  silentEdit: nothing,
  staleClaim: nothing,
  backendCalled: nothing,
  backendFailed: nothing,
  bytes: nothing,
  creditsSpent: nothing,
  voted: nothing,
  platformCalled: nothing,
  wrote: nothing,
  text: async () => ({ type: '', body: '' }),
};

/** What an operator's tools ask: is the process alive, does it work, what has it done? */
import { getRoute, type Route } from './http-server.ts';
import type { Metrics } from './metrics.ts';

export interface Health {
  /** A sentence for each thing that is not as it should be. */
  troubles(): Promise<string[]>;
  /** Told with the answer; they decide nothing. */
  warnings(): string[];
}

export function healthRoutes({ troubles, warnings }: Health): Route[] {
  return [
    getRoute('/healthz', async () => ({ status: 200, type: 'text/plain', body: 'ok\n' })),
    getRoute('/readyz', async () => {
      const found = await troubles();
      const status = found.length > 0 ? 503 : 200;
      return {
        status,
        type: 'text/plain',
        body: `${[found.join('\n') || 'ready', ...warnings()].join('\n')}\n`,
      };
    }),
  ];
}

export const metricsRoute = (metrics: Metrics): Route =>
  getRoute('/metrics', async () => ({ status: 200, ...(await metrics.text()) }));

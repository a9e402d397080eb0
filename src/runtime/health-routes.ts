/** What an operator's tools ask: is the process alive, does it work, what has it done? */
import { getRoute, type Route } from './http-server.ts';
import type { Metrics } from './metrics.ts';
import { type Part, readinessOf, readinessText } from './readiness.ts';

export function healthRoutes(parts: () => Promise<readonly Part[]>): Route[] {
  return [
    getRoute('/healthz', async () => ({ status: 200, type: 'text/plain', body: 'ok\n' })),
    getRoute('/readyz', async () => {
      const found = await parts();
      const status = readinessOf(found) === 'not ready' ? 503 : 200;
      return { status, type: 'text/plain', body: readinessText(found) };
    }),
  ];
}

export const metricsRoute = (metrics: Metrics): Route =>
  getRoute('/metrics', async () => ({ status: 200, ...(await metrics.text()) }));

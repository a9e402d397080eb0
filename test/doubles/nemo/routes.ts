import type { IncomingMessage } from 'node:http';
import type { Route } from './world.ts';

const routes: readonly [method: string, path: RegExp, route: Route][] = [
  ['POST', /^\/api\/auth\/anonymous-token$/, 'anonymous-token'],
  ['POST', /^\/api\/tasks\/me\/with-session\/nemo_agent$/, 'session'],
  ['POST', /^\/api\/auth\/claim-token$/, 'claim-token'],
  ['POST', /^\/run_sse$/, 'run_sse'],
  ['POST', /^\/api\/upload-video\/nemo_agent\/me\/([^/]+)$/, 'upload'],
  ['GET', /^\/api\/credits\/balance\/simple$/, 'credits'],
  ['GET', /^\/api\/state\/nemo_agent\/me\/([^/]+)\/latest$/, 'state'],
  ['POST', /^\/api\/render\/proxy\/lambda$/, 'render'],
  ['GET', /^\/api\/render\/proxy\/lambda\/([^/]+)$/, 'render-state'],
  ['GET', /^\/api\/render\/proxy\/([^/]+)\/download$/, 'download'],
];

export function routeOf(request: IncomingMessage): { route: Route; id: string } | undefined {
  const path = (request.url ?? '').split('?')[0] ?? '';
  for (const [method, pattern, route] of routes) {
    const match = method === request.method ? pattern.exec(path) : null;
    if (match !== null) return { route, id: decodeURIComponent(match[1] ?? '') };
  }
  return undefined;
}

export type RouteName =
  | 'anonymous-token'
  | 'claim-token'
  | 'session'
  | 'run_sse'
  | 'upload'
  | 'credits'
  | 'state'
  | 'render'
  | 'render-state'
  | 'render-cancel'
  | 'download';

const ROUTES: readonly (readonly [RouteName, 'GET' | 'POST', RegExp])[] = [
  ['anonymous-token', 'POST', /^\/api\/auth\/anonymous-token$/],
  ['claim-token', 'POST', /^\/api\/auth\/claim-token$/],
  ['session', 'POST', /^\/api\/tasks\/me\/with-session\/nemo_agent$/],
  ['run_sse', 'POST', /^\/run_sse$/],
  ['upload', 'POST', /^\/api\/upload-video\/nemo_agent\/me\/([^/]+)$/],
  ['credits', 'GET', /^\/api\/credits\/balance\/simple$/],
  ['state', 'GET', /^\/api\/state\/nemo_agent\/me\/([^/]+)\/latest$/],
  ['render', 'POST', /^\/api\/render\/proxy\/lambda$/],
  ['render-state', 'GET', /^\/api\/render\/proxy\/lambda\/([^/]+)$/],
  ['render-cancel', 'POST', /^\/api\/render\/proxy\/lambda\/([^/]+)\/cancel$/],
  ['download', 'GET', /^\/api\/render\/proxy\/([^/]+)\/download$/],
];

export interface Target {
  readonly name: RouteName;
  /** The session or the render that the path names; empty where it names none. */
  readonly id: string;
}

export function routeOf(method: string | undefined, url: string | undefined): Target | undefined {
  const { pathname } = new URL(url ?? '/', 'http://api');
  for (const [name, verb, path] of ROUTES) {
    const found = verb === method ? path.exec(pathname) : null;
    if (found) return { name, id: decodeURIComponent(found[1] ?? '') };
  }
  return undefined;
}

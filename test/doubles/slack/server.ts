/** HTTP of the local Slack: the Web API, files in both directions, answers to interactions. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Args, METHODS, Refusal } from './methods.ts';
import { type Fault, TEAM, type World } from './world.ts';

export interface ServerParts {
  readonly world: World;
  /** Bodies posted to addresses that interactions gave, by the address's last part. */
  readonly responses: Map<string, Record<string, unknown>[]>;
}

export async function serveSlack(
  { world, responses }: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', world.url);
  const [, first, second, ...rest] = url.pathname.split('/');
  if (first === 'api' && second) return serveMethod(world, second, request, response);
  if (first === 'files' && second)
    return serveFile(world, { id: second, part: rest.at(-1) ?? '' }, request, response);
  if (first === 'upload' && second)
    return takeUpload(world, second, Number(url.searchParams.get('length')), request, response);
  if (first === 'respond' && second) {
    const body: unknown = JSON.parse((await readAll(request)).toString());
    const known = responses.get(second);
    if (!known) return void response.writeHead(404).end('expired_url');
    const said = body as Record<string, unknown>;
    known.push(said);
    world.answered.push({ by: world.addresses.get(second) ?? '', text: String(said['text']) });
    world.changed();
    return void response.writeHead(200).end('ok');
  }
  world.violations.push(`a request for ${url.pathname}, ${rest.length} parts more`);
  response.writeHead(404).end();
}

async function serveMethod(
  world: World,
  method: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const args = decode((await readAll(request)).toString());
  const bearer = request.headers.authorization?.replace('Bearer ', '');
  const { token: inBody, ...rest } = args;
  const token = typeof inBody === 'string' ? inBody : bearer;
  const call = { method, args: rest, token };
  world.calls.push(call);
  world.changed();
  const fault = await takeFault(world, method);
  if (fault && !('after' in fault && fault.after)) return giveFault(response, fault);
  const answer = await perform(world, method, rest, token);
  world.changed();
  if (fault) return giveFault(response, fault);
  response.writeHead(200, {
    'content-type': 'application/json',
    ...(method === 'auth.test' ? { 'x-oauth-scopes': world.scopes.join(',') } : {}),
  });
  response.end(JSON.stringify(answer));
}

async function perform(world: World, method: string, args: Args, token: string | undefined) {
  const run = METHODS[method];
  if (!run) return { ok: false, error: 'unknown_method' };
  const open = /^oauth\.v2\.access$|^apps\.(?!manifest\.validate$)/.test(method);
  const wrongKind = method.startsWith('apps.') ? appTokenError(world, method, token) : undefined;
  if (wrongKind) return { ok: false, error: wrongKind };
  const team = world.tokens.get(token ?? '') ?? (open ? TEAM : undefined);
  if (team === undefined) return { ok: false, error: token ? 'token_revoked' : 'not_authed' };
  if ((world.expiries.get(token ?? '') ?? Number.POSITIVE_INFINITY) <= Date.now())
    return { ok: false, error: 'token_expired' };
  try {
    return { ok: true, ...(await run(world, args, team, token ?? '')) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { message, needed, errors } = error;
    return {
      ok: false,
      error: message,
      ...(needed ? { needed } : {}),
      ...(errors ? { errors } : {}),
    };
  }
}

/** The app's own methods take tokens of other kinds than a bot has. */
function appTokenError(world: World, method: string, token: string | undefined) {
  const { appTokens, configTokens } = world.app;
  if (!token) return 'not_authed';
  if (method === 'apps.connections.open') {
    if (world.tokens.has(token) || configTokens.has(token)) return 'not_allowed_token_type';
    const scopes = appTokens.get(token);
    if (!scopes) return 'invalid_auth';
    return scopes.includes('connections:write') ? undefined : 'missing_scope';
  }
  if (!method.startsWith('apps.manifest.') || method === 'apps.manifest.validate') return undefined;
  if (world.tokens.has(token) || appTokens.has(token)) return 'not_allowed_token_type';
  return configTokens.has(token) ? undefined : 'invalid_auth';
}

/** As the client sends them: a form, in which anything but text is JSON. */
function decode(form: string): Args {
  return Object.fromEntries(
    Array.from(new URLSearchParams(form), ([key, value]) => [
      key,
      /^[[{]/.test(value) ? tryJson(value) : value,
    ]),
  );
}

function tryJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value; // Somebody's words that begin with a bracket.
  }
}

type Trouble = Exclude<Fault, { until: unknown }>;

async function takeFault(world: World, method: string): Promise<Trouble | undefined> {
  const fault = world.faults.get(method)?.shift() ?? world.faults.get('*')?.shift();
  if (!fault || !('until' in fault)) return fault;
  await fault.until;
  return undefined;
}

function giveFault(response: ServerResponse, fault: Trouble): void {
  if ('drop' in fault) return void response.socket?.destroy();
  if ('retryAfter' in fault) {
    return void response.writeHead(429, { 'retry-after': String(fault.retryAfter) }).end();
  }
  if ('html' in fault)
    return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');
  if ('status' in fault) return void response.writeHead(fault.status).end('trouble');
  const needed = fault.needed ? { needed: fault.needed, provided: 'none' } : {};
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ok: false, error: fault.error, ...needed }));
}

const LOGIN_PAGE =
  '<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>Sign in to tea-house | Slack</title></head>' +
  '<body><form id="signin_form" action="/" method="post"></form></body></html>';

/** Without the right token or scope Slack shows its login page, with a friendly 200. */
function serveFile(
  world: World,
  { id, part }: { readonly id: string; readonly part: string },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const token = request.headers.authorization?.replace('Bearer ', '');
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  world.downloads.push({ file: id, token, from });
  const file = world.files.get(id);
  if (!world.tokens.has(token ?? '') || !world.scopes.includes('files:read')) {
    return void response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(LOGIN_PAGE);
  }
  if (!file) return void response.writeHead(404).end();
  const hiccup = file.hiccups.shift();
  if (hiccup === 'reset') return void response.socket?.destroy();
  if (hiccup !== undefined) return void response.writeHead(hiccup, { 'retry-after': '1' }).end();
  const served = file.parts?.[part] ?? file;
  const bytes = served.bytes.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, {
    'content-type': served.mimetype ?? 'application/octet-stream',
    'content-length': String(bytes.length),
  });
  const cut = file.cutAt.shift();
  if (cut === undefined) return void response.end(bytes);
  response.write(bytes.subarray(0, Math.max(0, cut - from)), () => response.socket?.destroy());
}

async function takeUpload(
  world: World,
  id: string,
  length: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const fault = await takeFault(world, 'upload');
  if (request.headers.authorization) world.violations.push('the token went to the upload address');
  const bytes = await readAll(request);
  if (fault) return giveFault(response, fault);
  if (bytes.length !== length) return void response.writeHead(400).end('length');
  const file = world.files.get(id);
  if (file) file.bytes = bytes;
  response.writeHead(200).end(`OK - ${bytes.length}`);
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

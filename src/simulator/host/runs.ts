import { createHash, randomUUID } from 'node:crypto';
import { readIntent } from '../agent/intent.ts';
import { shorten } from '../agent/text.ts';
import type { Dialect } from '../stream/dialect.ts';
import { bend } from '../stream/faults.ts';
import { type Plan, planRun } from '../stream/plan.ts';
import { play } from '../stream/play.ts';
import { eventStream } from '../stream/sink.ts';
import { readSwitches, type SwitchName, switchesOn } from '../switches.ts';
import type { Account, Run, Session } from '../world.ts';
import { type Backend, type LiveRun, sessionOf } from './backend.ts';
import { type Answer, type Call, readJson, send, signedIn } from './call.ts';
import { problems } from './problem.ts';
import { readRunBody } from './rules.ts';

const SILENT_EVERY = 3;
const GUI_EVERY = 4;

const FORMS: Partial<Record<SwitchName, Session['draftForm']>> = {
  'markup-draft': 'markup',
  'strange-draft': 'strange',
};

const GATEWAY_PAGE = '<html><body><h1>502 Bad Gateway</h1></body></html>';
const HTML_PAGE = '<!doctype html><html><body><h1>Maintenance</h1></body></html>';

export async function runSse(call: Call): Promise<Answer> {
  const account = signedIn(call);
  const { backend, response } = call;
  const { json } = await readJson(call.request);
  const message = readRunBody(json, backend.journal.note);
  const session = sessionOf(backend, account, message.sessionId);
  const { text, switches } = readSwitches(message.text);
  const refused = refuse(call, account, session, message.text, switches);
  if (refused === 'answered') return undefined;
  makeRoom(backend, session);
  const plan = planFor(session, text, switches, account, backend);
  if (account.available < plan.cost) throw problems.noCredits();

  const run = begin(backend, account, session, message.text, plan);
  session.renderFaults.push(...switchesOn('render', switches));
  const [form] = switchesOn('draft', switches);
  if (form) session.draftForm = FORMS[form];
  const live: LiveRun = { runId: run.id, stop: new AbortController(), attached: true };
  backend.live.set(session.id, live);
  const signal = AbortSignal.any([backend.signal, live.stop.signal]);
  if (refused === 'unheard') {
    live.attached = false;
    send(response, 502, 'text/html', GATEWAY_PAGE);
    void follow(backend, run, session, live, play(backend, run, session, signal));
    return undefined;
  }
  const sink = eventStream(response, () => {
    live.attached = false;
  });
  const listener = { sink, dialect: dialectOf(switches, backend.variants.stream) };
  await follow(backend, run, session, live, play(backend, run, session, signal, listener));
  return undefined;
}

/** Plays on what the process before this one left unfinished; its listener is gone. */
export function resumeRuns(backend: Backend): void {
  for (const run of backend.world.runs) {
    const session = backend.world.sessions.find((entry) => entry.id === run.sessionId);
    if (run.status !== 'running' || !session) continue;
    const live: LiveRun = { runId: run.id, stop: new AbortController(), attached: false };
    backend.live.set(session.id, live);
    const signal = AbortSignal.any([backend.signal, live.stop.signal]);
    void follow(backend, run, session, live, play(backend, run, session, signal));
  }
}

async function follow(
  backend: Backend,
  run: Run,
  session: Session,
  live: LiveRun,
  played: Promise<void>,
): Promise<void> {
  try {
    await played;
  } catch (error) {
    backend.journal.violated('run', `${run.id}: ${String(error)}`);
  } finally {
    if (backend.live.get(session.id) === live) backend.live.delete(session.id);
  }
}

/** What the message's switches do instead of a run. */
function refuse(
  { backend, response }: Call,
  account: Account,
  session: Session,
  message: string,
  switches: ReadonlySet<SwitchName>,
): 'answered' | 'unheard' | undefined {
  const [name] = switchesOn('request', switches);
  if (name === undefined) return undefined;
  if (name === 'no-credits') throw problems.noCredits();
  // The same message again gets through: that is how a client's one repeat is seen to work.
  const key = createHash('sha256').update(`${account.userId}\n${message}`).digest('hex');
  const seen = backend.world.refusedOnce.indexOf(key);
  if (seen >= 0) {
    backend.world.refusedOnce.splice(seen, 1);
    return undefined;
  }
  backend.world.refusedOnce.push(key);
  switch (name) {
    case 'expired':
      account.expired = account.clientId !== undefined;
      throw problems.badToken();
    case 'lost-session':
      backend.live.get(session.id)?.stop.abort(new Error('the session is gone'));
      backend.world.sessions.splice(backend.world.sessions.indexOf(session), 1);
      throw problems.noSession(session.id);
    case 'rate-limit':
      throw problems.tooMany();
    case '502-done':
      return 'unheard';
    case '502':
      send(response, 502, 'text/html', GATEWAY_PAGE);
      return 'answered';
    default:
      send(response, 200, 'text/html', HTML_PAGE);
      return 'answered';
  }
}

/**
 * One run per session. A run whose listener has gone goes on by itself, as a clip that the video
 * model has taken on does, until a new message takes its place.
 */
function makeRoom(backend: Backend, session: Session): void {
  const live = backend.live.get(session.id);
  if (!live) return;
  if (live.attached) {
    backend.journal.violated('second-run', session.id);
    throw problems.busy();
  }
  live.stop.abort(new Error('a new run took its place'));
}

function planFor(
  session: Session,
  text: string,
  switches: ReadonlySet<SwitchName>,
  account: Account,
  { variants }: Backend,
): Plan {
  const media = session.media
    .filter((entry) => !entry.used && entry.type !== 'audio')
    .map((entry) => entry.filename);
  const intent = readIntent(text, {
    language: session.language,
    draft: session.draft,
    newMedia: media,
  });
  const turn = session.runs++ + variants.seed;
  const edit = intent.type === 'edit' ? session.edits++ + variants.seed : 0;
  const silent = intent.type === 'edit' && edit % SILENT_EVERY === SILENT_EVERY - 1;
  const talks = switches.has('gui') || turn % GUI_EVERY === GUI_EVERY - 1;
  const manners = {
    silent: switches.has('silent') || (silent && !switches.has('gui')),
    gui: talks ? turn : undefined,
    thought: switches.has('thought'),
    media,
  };
  return bend(
    planRun(intent, manners, shorten(text, 400)),
    switchesOn('stream', switches),
    account.token,
  );
}

function begin(
  backend: Backend,
  account: Account,
  session: Session,
  text: string,
  plan: Plan,
): Run {
  const run: Run = {
    id: `e-${randomUUID()}`,
    sessionId: session.id,
    userId: account.userId,
    text,
    kind: plan.kind,
    cost: plan.cost,
    startedAt: Date.now(),
    steps: [...plan.steps],
    next: 0,
    changed: false,
    status: 'running',
  };
  account.available -= plan.cost;
  account.frozen += plan.cost;
  backend.world.runs.push(run);
  backend.keeper.save();
  return run;
}

function dialectOf(switches: ReadonlySet<SwitchName>, usual: Dialect): Dialect {
  for (const dialect of ['adk-stream', 'typed', 'flat'] as const) {
    if (switches.has(dialect)) return dialect;
  }
  return usual;
}

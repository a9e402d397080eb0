import path from 'node:path';
import { z } from 'zod';
import { storyboard } from '../film/storyboard.ts';
import type { Render, Session } from '../world.ts';
import { type Backend, sessionOf } from './backend.ts';
import { type Answer, type Call, readJson, signedIn } from './call.ts';
import { shownDraft } from './draft-form.ts';
import { duplicateContent, renderContent } from './envelope.ts';
import { sendFile } from './files.ts';
import { problems } from './problem.ts';
import { checkDraft, draftText, readRenderOrder } from './render-order.ts';

const PENDING_MS = 3000;
const SHORTEST_MS = 20_000;
const LONGEST_MS = 40_000;
const SLOW_MS = 6 * 60_000;
const FAILS_AFTER_MS = 8000;
const BIG_FILE_BYTES = 30 * 1024 * 1024;

export async function submitRender(call: Call): Promise<Answer> {
  const account = signedIn(call);
  const { backend } = call;
  const { note } = backend.journal;
  const { json, text } = await readJson(call.request);
  const order = readRenderOrder(json, note);
  const { id, sessionId, draft: sent, output } = order;
  const session = sessionOf(backend, account, sessionId);
  if (backend.world.renders.some((entry) => entry.id === id))
    return duplicateContent(id, backend.variants);
  const earlier = session.ordered.map(({ shown }) => shown);
  checkDraft(order, text, { shown: shownDraft(session), earlier }, note);
  const resolution = output?.resolution;
  const draft = draftToShow(session, sent, draftText(text));
  const board = storyboard(draft, resolution);
  if (!board) throw problems.bad('the draft has no segments');
  const faults = takeFaults(session);
  if (faults.includes('plan')) throw problems.plan();
  const render: Render = {
    id,
    sessionId,
    userId: account.userId,
    draft,
    ...(resolution !== undefined && { resolution }),
    faults,
    startedAt: Date.now(),
    takesMs: faults.includes('render-slow')
      ? SLOW_MS
      : Math.min(LONGEST_MS, SHORTEST_MS + (board.ms * 2) / 3),
    file: path.join(backend.folder, `${id}.mp4`),
    film: 'shooting',
    cancelled: false,
  };
  backend.world.renders.push(render);
  void shoot(backend, render);
  return answer(backend, { id, status: 'pending', progress: 5 });
}

const MOST_ORDERED = 30;

/** The film is made of what the agent works on, or worked on then, whatever form the client was shown. */
function draftToShow(session: Session, sent: Render['draft'], shown: string): Render['draft'] {
  const known = session.ordered.find((it) => it.shown === shown);
  if (known) return known.draft;
  const draft = session.draftForm ? z.json().parse(session.draft) : sent;
  session.ordered = [...session.ordered, { shown, draft }].slice(-MOST_ORDERED);
  return draft;
}

/** Makes the film; also after a restart, for a render that the old process did not finish. */
export async function shoot(backend: Backend, render: Render): Promise<void> {
  // One that will not be delivered need not be made.
  if (render.faults.includes('render-fail') || render.faults.includes('render-stuck')) return;
  const board = storyboard(render.draft, render.resolution);
  const session = backend.world.sessions.find((entry) => entry.id === render.sessionId);
  const pictures = (session?.media ?? []).flatMap(({ filename, file }) =>
    file === undefined ? [] : [{ name: filename, file }],
  );
  const padTo = render.faults.includes('big-file') ? BIG_FILE_BYTES : 0;
  try {
    if (!board) throw new Error('nothing to show');
    await backend.projector.shoot({ board, pictures, target: render.file }, padTo);
    render.film = 'shot';
  } catch (error) {
    // A film that the end of the process cut off is made anew by the next one.
    if (backend.signal.aborted) return;
    render.film = 'lost';
    backend.journal.violated('film', String(error));
  }
  backend.keeper.save();
}

export async function pollRender(call: Call): Promise<Answer> {
  const render = renderOf(call);
  const { backend } = call;
  const { clock } = backend.variants;
  const elapsed = clock.elapsed(render.startedAt);
  if (render.cancelled)
    return answer(backend, { id: render.id, status: 'failed', error: 'cancelled' });
  if (
    render.film === 'lost' ||
    (render.faults.includes('render-fail') && elapsed > FAILS_AFTER_MS)
  ) {
    return answer(backend, { id: render.id, status: 'failed', error: 'render failed' });
  }
  if (elapsed < PENDING_MS)
    return answer(backend, { id: render.id, status: 'pending', progress: 5 });
  const stuck = render.faults.includes('render-stuck');
  if (stuck || elapsed < render.takesMs || render.film !== 'shot') {
    const progress = stuck ? 42 : Math.min(95, Math.round((elapsed / render.takesMs) * 100));
    return answer(backend, { id: render.id, status: 'processing', progress });
  }
  render.finishedAt ??= Date.now();
  const times = { createdAt: render.startedAt, completedAt: render.finishedAt };
  const done = { id: render.id, status: 'completed', progress: 100, ...times };
  if (render.faults.includes('no-url')) return answer(backend, done);
  const url = `${backend.filesUrl}/render-result/${render.id}.mp4`;
  return answer(backend, { ...done, url });
}

export async function cancelRender(call: Call): Promise<Answer> {
  const render = renderOf(call);
  render.cancelled = true;
  return answer(call.backend, { id: render.id, status: 'cancelled' });
}

/** The API's own way to the file, for when its link is missing or does not work. */
export async function downloadRender(call: Call): Promise<Answer> {
  const render = renderOf(call);
  if (render.film !== 'shot') throw problems.notFound();
  if (call.backend.variants.download === 'json') {
    const url = `${call.backend.filesUrl}/render-result/${render.id}.mp4`;
    return { raw: { status: 'completed', output: { url } } };
  }
  await sendFile({ file: render.file, mime: 'video/mp4' }, call.request, call.response);
  return undefined;
}

function answer(backend: Backend, fields: Readonly<Record<string, unknown>>): Answer {
  return renderContent(fields, backend.variants);
}

function renderOf(call: Call): Render {
  const account = signedIn(call);
  const render = call.backend.world.renders.find((entry) => entry.id === call.id);
  if (render?.userId !== account.userId) throw problems.notFound();
  return render;
}

/** What the thread's last messages asked for acts on this export, and on this one alone. */
function takeFaults(session: Session): string[] {
  const faults = session.renderFaults;
  const twice = faults.includes('render-fail-twice');
  session.renderFaults = twice ? ['render-fail'] : [];
  return twice ? [...faults, 'render-fail'] : faults;
}

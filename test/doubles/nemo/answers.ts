import { createHash } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import {
  type Content,
  duplicateContent,
  renderContent,
  tokenContent,
  uploadContent,
} from '../../../src/simulator/host/envelope.ts';
import { kindOf } from '../../../src/simulator/host/part-rules.ts';
import { problems } from '../../../src/simulator/host/problem.ts';
import {
  checkDraft,
  draftText,
  readRenderOrder,
} from '../../../src/simulator/host/render-order.ts';
import type { RouteName } from '../../../src/simulator/host/routes.ts';
import { readClaim, readNewSession } from '../../../src/simulator/host/rules.ts';
import { checkQuota, clientIdOf } from '../../../src/simulator/host/token-quota.ts';
import { type Accounts, sessionOf } from './accounts.ts';
import type { DoubleWorld, RecordedRequest } from './world.ts';

const byAddress = z.object({ urls: z.array(z.url()).min(1), source_type: z.literal('url') });

/** The second form of an upload: files are taken by the names in their addresses, nothing is fetched. */
function partsByAddress(json: unknown) {
  const order = byAddress.safeParse(json);
  return (order.data?.urls ?? []).map((url) => {
    const filename = path.posix.basename(new URL(url).pathname);
    const [type] = kindOf(filename);
    return { filename, type, sha256: createHash('sha256').update(url).digest('hex') };
  });
}

/** What a route answers: one of `json`, `text`, `bytes`; or nothing at all. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  readonly bytes?: Uint8Array;
  /** Do not say how long the body is. */
  readonly chunked?: true;
  /** Cut the connection when so much of `bytes` has gone. */
  readonly breakAfter?: number;
  /** Cut the connection without a word. */
  readonly drop?: true;
  /** Never answer; the request stays open until the client leaves. */
  readonly never?: true;
}

export const ok = (data: unknown): Answer => ({ json: { code: 0, data } });
export const refused = (status: number, code: number, message: string): Answer => ({
  status,
  json: { code, message },
});

/** One request that nobody wrote an answer for; its token is good. */
export interface Asked {
  readonly world: DoubleWorld;
  readonly accounts: Accounts;
  readonly request: RecordedRequest;
  /** The session or the render that the path names. */
  readonly id: string;
  readonly user: string;
  note(violation: { rule: string; detail: string }): void;
}

type Default = (asked: Asked) => Content | 'film';
type Asking = Exclude<RouteName, 'run_sse' | 'render-cancel'>;

/** The well-behaved answer of each route; `run_sse` is played by a script instead. Throws what the host refuses. */
export const defaultAnswers: Record<Asking, Default> = {
  'anonymous-token': ({ world, accounts, request }) => {
    const clientId = clientIdOf(request);
    // All clients of a double have the same address.
    checkQuota(accounts.issued(), clientId, '');
    const { token, user } = accounts.issue(clientId);
    const expiry = { expires_at: world.anonymousExpiresAt };
    return tokenContent({ token, user_id: user, ...expiry, credits: 100 }, world.forms);
  },
  session: ({ world, request, user }) => {
    const { sessionId, taskId } = world.addSession({ ...readNewSession(request.json), user });
    return { data: { task_id: taskId, session_id: sessionId, user_id: user } };
  },
  'claim-token': ({ world, request, user }) => {
    sessionOf(world, user, readClaim(request.json));
    return { data: { claim_token: 'clm_double', expires_in: 604_800 } };
  },
  upload: ({ world, request, id, user }) => {
    const session = sessionOf(world, user, id);
    const parts = request.parts ?? partsByAddress(request.json);
    const files = parts.map(({ filename, type, sha256 }) => ({
      url: `${world.filesUrl}/uploads/${encodeURIComponent(filename)}`,
      fields: {
        filename,
        file_type: type,
        duration: type === 'image' ? undefined : 30.5,
        hash: sha256,
      },
    }));
    if (files.length === 0) throw problems.noFile();
    session.videoInfos.push(...files.map(({ url, fields }) => ({ ...fields, cdn_url: url })));
    return uploadContent(files, world.forms);
  },
  credits: ({ world }) => ({ data: world.credits }),
  state: ({ world, id, user }) => {
    const session = sessionOf(world, user, id);
    return {
      data: {
        session_id: session.sessionId,
        task_id: session.taskId,
        task_name: session.taskName,
        state: {
          draft: session.draft,
          canvas_config: session.canvas,
          video_infos: session.videoInfos,
          generated_media: session.generatedMedia,
        },
      },
    };
  },
  render: ({ world, request, user, note }) => {
    const order = readRenderOrder(request.json, note);
    const session = sessionOf(world, user, order.sessionId);
    const { id } = order;
    if (world.renders.has(id)) return duplicateContent(id, world.forms);
    const text = request.text ?? '';
    checkDraft(order, text, { shown: session.draft, earlier: session.ordered }, note);
    session.ordered.push(draftText(text));
    world.renders.set(id, { polls: 0, user });
    return renderContent({ id, status: 'pending', progress: 5 }, world.forms);
  },
  'render-state': ({ world, id, user }) => {
    const render = renderOf(world, user, id);
    const look = world.renderPlan[Math.min(render.polls, world.renderPlan.length - 1)];
    render.polls += 1;
    const { outputUrl, ...shown } = look ?? { status: 'completed' };
    const made = shown.status === 'completed';
    if (made) render.made = true;
    const own = `${world.filesUrl}/render-result/${encodeURIComponent(id)}.mp4`;
    const url = outputUrl === undefined && made ? own : outputUrl;
    return renderContent({ id, ...shown, url }, world.forms);
  },
  download: ({ world, id, user }) => {
    if (!renderOf(world, user, id).made) throw problems.notFound();
    return 'film';
  },
};

function renderOf(world: DoubleWorld, user: string, id: string) {
  const render = world.renders.get(id);
  if (render === undefined || (render.user ?? user) !== user) throw problems.notFound();
  return render;
}

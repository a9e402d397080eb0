import type { DoubleWorld, RecordedRequest, Route } from './world.ts';

/** What a route answers: one of `json`, `text`, `bytes`; or nothing at all. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  readonly bytes?: Uint8Array;
  /** Do not say how long the body is. */
  readonly chunked?: true;
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

type Default = (world: DoubleWorld, request: RecordedRequest, id: string) => Answer;

/** The well-behaved answer of each REST route; `run_sse` is played by a script instead. */
export const defaultAnswers: Record<Exclude<Route, 'run_sse'>, Default> = {
  'anonymous-token': (world, request) => {
    if (request.headers['x-client-id'] === undefined)
      return refused(400, 400, 'X-Client-Id is required');
    const token = `nmv_usr_anonymous_${world.tokens.size}`;
    world.tokens.add(token);
    return ok({
      token,
      user_id: 'anon_abc123',
      expires_at: world.anonymousExpiresAt,
      credits: 100,
    });
  },
  session: (world, request) => {
    const session = world.addSession(request.json as { task_name?: string; language?: string });
    const trial = String(request.headers.authorization).includes('nmv_usr_anonymous_');
    return ok({
      task_id: session.taskId,
      session_id: session.sessionId,
      user_id: trial ? 'anon_abc123' : 'user_1',
    });
  },
  'claim-token': () => ok({ claim_token: 'clm_double', expires_in: 604_800 }),
  upload: (world, request, id) => {
    const files = (request.parts ?? []).map((part) => ({
      filename: part.filename,
      file_type: part.mime?.split('/')[0] ?? 'file',
      cdn_url: `${world.filesUrl}/uploads/${encodeURIComponent(part.filename ?? '')}`,
      duration: part.mime?.startsWith('image/') ? undefined : 30.5,
      hash: part.sha256,
    }));
    world.sessions.get(id)?.videoInfos.push(...files);
    return ok({ files, session_state_applied: true });
  },
  credits: (world) => ok(world.credits),
  state: (world, _request, id) => {
    const session = world.sessions.get(id);
    if (session === undefined) return refused(404, 1002, 'session not found');
    return ok({
      session_id: session.sessionId,
      task_id: session.taskId,
      task_name: session.taskName,
      state: {
        draft: session.draft,
        canvas_config: session.canvas,
        video_infos: session.videoInfos,
        generated_media: session.generatedMedia,
      },
    });
  },
  render: (world, _request, id) => {
    if (world.renders.has(id)) return { json: { success: false, error: `duplicate id ${id}` } };
    world.renders.set(id, { polls: 0 });
    return { json: { success: true, data: { id, status: 'pending', progress: 5 } } };
  },
  'render-state': (world, _request, id) => {
    const render = world.renders.get(id);
    if (render === undefined) return refused(404, 404, 'no such render');
    const look = world.renderPlan[Math.min(render.polls, world.renderPlan.length - 1)];
    render.polls += 1;
    const url = `${world.filesUrl}/render-result/${encodeURIComponent(id)}.mp4`;
    const outputUrl = look?.status === 'completed' ? { outputUrl: url } : {};
    return { json: { success: true, data: { id, ...outputUrl, ...look } } };
  },
  download: (world) => ({ bytes: world.mp4, headers: { 'content-type': 'video/mp4' } }),
  file: (world) => ({ bytes: world.mp4, headers: { 'content-type': 'video/mp4' } }),
};

/** What every part of the contract is tried with: a stand-in, our client of it, and plain requests past our client. */

import { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { operatorAccount } from '../../../src/nemo/account.ts';
import { mediaKindOf } from '../../../src/nemo/media-kinds.ts';
import type { Nemo, UploadFile } from '../../../src/nemo/nemo.ts';
import type { SessionId } from '../../../src/runtime/ids.ts';
import type { STAND_INS, StandIn, StandInOptions, Wish } from '../../doubles/nemo/stand-ins.ts';
import { clientOf, collect } from '../client.ts';

export interface Reply {
  readonly status: number;
  readonly mime: string;
  readonly text: string;
  /** Undefined where it is no JSON. */
  readonly json: unknown;
}

export interface Plain {
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  /** Sent as JSON, unless it is text (sent as it is) or a form. */
  readonly body?: unknown;
  /** An empty value leaves a header out. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Bench {
  readonly standIn: StandIn;
  readonly nemo: Nemo;
  readonly signal: AbortSignal;
  /** One request as our client would make it, but for what the test says; the answer read whole. */
  ask(plain: Plain): Promise<Reply>;
  session(): Promise<SessionId>;
  /** Sends a message by our client and gives the events to the end of the stream. */
  run(sessionId: SessionId, wish: Wish): ReturnType<typeof collect>;
  /** A session in which a video has been made. */
  made(wish?: Wish): Promise<SessionId>;
}

export type Start = (typeof STAND_INS)[number][1];

export async function bench(start: Start, options?: StandInOptions): Promise<Bench> {
  const standIn = await start(options);
  onTestFinished(() => standIn.close());
  const nemo = clientOf(standIn, operatorAccount(standIn.token));
  const { signal } = new AbortController();
  const it: Bench = {
    standIn,
    nemo,
    signal,
    async ask({ path, body, method = body === undefined ? 'GET' : 'POST', headers = {} }) {
      const form = body instanceof FormData;
      const all = {
        'x-skill-source': 'text-to-video-high-quality',
        'x-skill-version': '1.0.0',
        'x-skill-platform': 'unknown',
        authorization: `Bearer ${standIn.token}`,
        ...(body !== undefined && !form && { 'content-type': 'application/json' }),
        ...headers,
      };
      const sent = form || typeof body === 'string' ? body : JSON.stringify(body);
      const response = await fetch(standIn.url + path, {
        method,
        headers: Object.entries(all).filter(([, value]) => value !== ''),
        ...(body !== undefined && { body: sent }),
      });
      const text = await response.text();
      const mime = response.headers.get('content-type')?.split(';')[0] ?? '';
      return { status: response.status, mime, text, json: parsed(text) };
    },
    session: async () =>
      (await nemo.createSession({ taskName: 'project', language: 'en' }, signal)).sessionId,
    run: (sessionId, wish) => collect(nemo.run(sessionId, standIn.message(wish), { signal })),
    async made(wish = 'cut') {
      const sessionId = await it.session();
      await it.run(sessionId, wish);
      return sessionId;
    },
  };
  return it;
}

export const runBody = (sessionId: string, text = 'The sea is calm.') => ({
  app_name: 'nemo_agent',
  user_id: 'me',
  session_id: sessionId,
  new_message: { parts: [{ text }] },
});

export const statePath = (sessionId: string): string =>
  `/api/state/nemo_agent/me/${sessionId}/latest`;
export const uploadPath = (sessionId: string): string =>
  `/api/upload-video/nemo_agent/me/${sessionId}`;
export const CREDITS = '/api/credits/balance/simple';
export const SESSIONS = '/api/tasks/me/with-session/nemo_agent';
export const CLAIMS = '/api/auth/claim-token';
export const TOKENS = '/api/auth/anonymous-token';
export const RENDERS = '/api/render/proxy/lambda';

export function file(name: string, content = `content of ${name}`, bytes?: number): UploadFile {
  const body = Buffer.from(content);
  return {
    name,
    mime: mediaKindOf(name)?.mime ?? 'application/octet-stream',
    bytes: bytes ?? body.length,
    open: async () => Readable.from([body]),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Puts the backend client together: one place for tokens, repeats and what is remembered of the account. */

import type { GuardedFetch } from '../net/guarded-fetch.ts';
import type { Clock } from '../runtime/clock.ts';
import type { SessionId } from '../runtime/ids.ts';
import type { Account } from './account.ts';
import type { AgentEvent } from './agent-event.ts';
import type { OnBackendCall } from './backend-watch.ts';
import { fetchCredits } from './credits.ts';
import { fetchOutput, fetchRender } from './download.ts';
import { AccessExpired, Unreachable } from './errors.ts';
import { type Attribution, createHttp } from './http.ts';
import { claimLink, isTrialUser, registrationLink } from './links.ts';
import type { Nemo, RunOptions } from './nemo.ts';
import { lookAtRender, orderRender } from './render.ts';
import { repeating, tries } from './retry-policy.ts';
import { runStream } from './run-stream.ts';
import { createSession } from './session.ts';
import { fetchState } from './session-state.ts';
import { sendAddress, sendUpload } from './upload.ts';

export interface NemoOptions {
  readonly apiUrl: string;
  readonly webUrl: string;
  readonly attribution: Attribution;
  readonly account: Account;
  readonly clock: Clock;
  readonly log: (event: { level: 'info' | 'warn'; message: string }) => void;
  readonly onCall?: OnBackendCall | undefined;
  /** Fetches finished files from where the backend says they are. */
  readonly output: GuardedFetch;
  /** Product milliseconds to wait after a 429 that does not say how long; 30,000 by default. */
  readonly rateLimitWaitMs?: number | undefined;
  /** Real milliseconds that a small call may take; 60,000 by default. */
  readonly requestTimeoutMs?: number | undefined;
  /** Real milliseconds in which an upload may stand still; 120,000 by default. */
  readonly uploadStallMs?: number | undefined;
}

export function createNemo(options: NemoOptions): Nemo {
  const { account, clock, log, output, webUrl } = options;
  const { rateLimitWaitMs = 30_000, uploadStallMs = 120_000 } = options;
  const http = createHttp(options);
  let trialUser: string | undefined;

  const repeat = { account, clock, rateLimitWaitMs };
  const noteUser = (userId: string | undefined) => {
    if (userId !== undefined && isTrialUser(userId)) trialUser = userId;
  };

  /** Undefined also where the store cannot be read: a link that carries nothing over is better than none. */
  async function storedUser(): Promise<string | undefined> {
    try {
      return await account.userId();
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      log({ level: 'warn', message: `the registration link goes without an id: ${error.message}` });
      return undefined;
    }
  }

  async function* run(
    sessionId: SessionId,
    text: string,
    given: RunOptions,
  ): AsyncGenerator<AgentEvent> {
    const token = await account.token(given.signal);
    const onStrange = (keys: string) =>
      log({ level: 'warn', message: `run_sse: a frame of unknown shape (${keys})` });
    try {
      yield* runStream(http, { sessionId, text, token }, { ...given, onStrange });
    } catch (error) {
      if (error instanceof AccessExpired) account.rejected(token);
      throw error;
    }
  }

  /** For an order: whoever sends it again has a token by then that was not turned away. */
  async function once<T>(signal: AbortSignal, send: (token: string) => Promise<T>): Promise<T> {
    const token = await account.token(signal);
    try {
      return await send(token);
    } catch (error) {
      if (error instanceof AccessExpired) account.rejected(token);
      throw error;
    }
  }

  return {
    account: account.id,
    run,
    async createSession(order, signal) {
      const made = await repeating(repeat, tries.create, signal, (token) =>
        createSession(http, { ...order, token, signal }),
      );
      noteUser(made.userId);
      return made.session;
    },
    upload: (sessionId, files, signal) =>
      repeating(repeat, tries.upload, signal, (token) =>
        sendUpload(http, { sessionId, files, token, signal, stallMs: uploadStallMs }),
      ),
    uploadFrom: (sessionId, url, signal) =>
      repeating(repeat, tries.upload, signal, (token) =>
        sendAddress(http, { sessionId, url, token, signal }),
      ),
    credits: (signal) =>
      repeating(repeat, tries.read, signal, (token) => fetchCredits(http, token, signal)),
    async state(sessionId, signal) {
      const found = await repeating(repeat, tries.read, signal, (token) =>
        fetchState(http, sessionId, token, signal),
      );
      noteUser(found.userId);
      return found.state;
    },
    submitRender: (order, signal) =>
      once(signal, (token) => orderRender(http, order, token, signal)),
    renderState: (renderId, signal) =>
      repeating(repeat, tries.read, signal, (token) => lookAtRender(http, renderId, token, signal)),
    fetchOutput: (url, signal) => fetchOutput(output, url, signal),
    fetchRender: (renderId, signal) =>
      repeating(repeat, tries.read, signal, (token) =>
        fetchRender(http, output, { renderId, token, signal }),
      ),
    editorLink: (session, signal) =>
      repeating(repeat, tries.once, signal, (token) =>
        claimLink(http, webUrl, { session, token, signal }),
      ),
    renewAccess: (signal) => account.renew(signal),
    registration: async () =>
      registrationLink(
        webUrl,
        account.kind,
        account.kind === 'connected' ? undefined : ((await storedUser()) ?? trialUser),
      ),
  };
}

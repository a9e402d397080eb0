/** The backend client as the conversation sees it. */

import type { Readable } from 'node:stream';
import type { RenderId, SessionId } from '../runtime/ids.ts';
import type { AgentEvent } from './agent-event.ts';
import type { Timeline } from './timeline.ts';

export interface Session {
  readonly sessionId: SessionId;
  readonly taskId?: string | undefined;
}

export interface Credits {
  readonly available: number;
  readonly frozen: number;
  readonly total: number;
  /** The backend did not say all of it in numbers. */
  readonly guessed?: true;
}

export interface UploadFile {
  readonly name: string;
  readonly mime: string;
  /** Exactly what `open` will give; the request announces it. */
  readonly bytes: number;
  open(signal: AbortSignal): Promise<Readable>;
}

export interface UploadedFile {
  readonly name: string;
  readonly kind: 'video' | 'image' | 'audio' | 'file';
  readonly url?: string | undefined;
  readonly seconds?: number | undefined;
  readonly hash?: string | undefined;
}

export interface Upload {
  readonly files: readonly UploadedFile[];
  /** False or unknown: name the files (and, if false, their urls) in the next message. */
  readonly inSession: boolean | undefined;
}

/** JSON as it came, numbers kept to the digit (see exact-json.ts). */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** The session's state, as far as it can be understood. */
export interface SessionState {
  /** For the render alone, which gets it as it came. */
  readonly draft: Json;
  readonly timeline: Timeline;
  /** Names of uploaded and generated media, in order. */
  readonly media: readonly string[];
  /** Equal for equal states, whether they can be read or not; says that something changed, not what. */
  readonly fingerprint: string;
  /** Equal for equal drafts: what a render shows. */
  readonly draftHash: string;
}

export interface RenderOrder {
  readonly id: RenderId;
  readonly sessionId: SessionId;
  /** Unchanged, as read from the state. */
  readonly draft: Json;
  /** "1080p", where the person asked for it. */
  readonly resolution?: string | undefined;
}

export interface RenderState {
  readonly status: 'pending' | 'processing' | 'completed' | 'failed';
  /** 0 to 100. */
  readonly progress?: number | undefined;
  readonly url?: string | undefined;
  readonly problem?: string | undefined;
}

export interface Download {
  readonly stream: Readable;
  /** Content-Length, where the host gave it. */
  readonly bytes?: number | undefined;
  readonly mime?: string | undefined;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Any byte at all, heartbeats included: proof that the other side is alive. */
  readonly onBytes?: () => void;
}

/**
 * All calls reject with a `NemoError` of errors.ts. Bounded repeats of what is safe to repeat
 * happen inside, once per call; `run` and `submitRender`, which cost, are sent exactly once and never repeated here.
 */
export interface Nemo {
  /** Whose credits are spent, by the id of its account. */
  readonly account: string;
  createSession(
    order: { taskName: string; language: string },
    signal: AbortSignal,
  ): Promise<Session>;
  /**
   * Sends one message and gives the agent's events until the stream closes. Rejects before the first
   * event with the rejection or `RunUncertain`; in mid-stream with `StreamLost`.
   */
  run(sessionId: SessionId, text: string, options: RunOptions): AsyncIterable<AgentEvent>;
  upload(sessionId: SessionId, files: readonly UploadFile[], signal: AbortSignal): Promise<Upload>;
  /** The backend fetches the file itself. Rejects as `upload` does where it cannot. */
  uploadFrom(sessionId: SessionId, url: string, signal: AbortSignal): Promise<Upload>;
  credits(signal: AbortSignal): Promise<Credits>;
  /** Undefined: the session has no state yet. Rejects with `SessionLost` when it is gone. */
  state(sessionId: SessionId, signal: AbortSignal): Promise<SessionState | undefined>;
  /**
   * Resolves with the id to poll. Rejects with `Unreachable` where it may have been taken, unless that says `neverSent`;
   * after any other error there is no job.
   */
  submitRender(order: RenderOrder, signal: AbortSignal): Promise<RenderId>;
  renderState(renderId: RenderId, signal: AbortSignal): Promise<RenderState>;
  /** The finished file from its link, without our token. */
  fetchOutput(url: string, signal: AbortSignal): Promise<Download>;
  /** The same by the API's own download route. */
  fetchRender(renderId: RenderId, signal: AbortSignal): Promise<Download>;
  /** A link that opens the project in the browser editor, for one person's eyes. */
  editorLink(session: Session, signal: AbortSignal): Promise<string>;
  /**
   * Gets a new anonymous token with the same client id, after a run was rejected for its token. Rejects
   * with `AccessExpired` for an operator's token: only an admin can renew that one.
   */
  renewAccess(signal: AbortSignal): Promise<void>;
  /** Where to register or top up; carries the anonymous account over when its id is known. */
  registration(): Promise<Registration>;
}

export interface Registration {
  /** Whose credits are spent: decides the wording of 2001. */
  readonly account: 'operator' | 'anonymous' | 'connected';
  readonly url: string;
  /** False: the link cannot carry the present project over. */
  readonly keepsProject: boolean;
}

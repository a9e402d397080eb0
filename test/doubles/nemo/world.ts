import type { IncomingHttpHeaders } from 'node:http';
import type { SessionId } from '../../../src/runtime/ids.ts';
import type { Forms } from '../../../src/simulator/host/envelope.ts';
import type { RouteName } from '../../../src/simulator/host/routes.ts';
import type { Answer } from './answers.ts';
import type { ReceivedPart } from './multipart.ts';
import type { Step } from './steps.ts';

/** `file` is anything on the second host, which stands for the static host of finished files. */
export type Route = Exclude<RouteName, 'render-cancel'> | 'file';

export interface RecordedRequest {
  readonly route: Route;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Body of anything but a multipart request, and that parsed where it is JSON. */
  text?: string;
  json?: unknown;
  /** Files of a multipart request, hashed. */
  parts?: ReceivedPart[];
}

export interface DoubleSession {
  readonly sessionId: SessionId;
  readonly taskId: string;
  readonly taskName: string;
  readonly language: string;
  /** Whose it is; everybody's where a test added it. */
  readonly user?: string | undefined;
  draft: unknown;
  /** Drafts that were ordered: they may be ordered once more. */
  readonly ordered: string[];
  canvas: unknown;
  videoInfos: unknown[];
  generatedMedia: unknown;
}

/** What one look at a render shows; `outputUrl: null` is a finished render without a link. */
export interface RenderLook {
  readonly status: string;
  readonly progress?: number;
  readonly outputUrl?: string | null;
  readonly error?: string;
}

/** What the double knows; tests may change any of it at any time. */
export interface DoubleWorld {
  readonly filesUrl: string;
  readonly forms: Forms;
  readonly sessions: Map<string, DoubleSession>;
  /** Good tokens. Delete one to expire it; anonymous ones are added as they are given out. */
  readonly tokens: Set<string>;
  readonly renders: Map<string, { polls: number; user?: string; made?: boolean }>;
  credits: Readonly<Record<string, unknown>>;
  /** Looks at every render, in order; the last is repeated. Default: processing 50, then completed. */
  renderPlan: RenderLook[];
  anonymousExpiresAt: string | undefined;
  mp4: Uint8Array;
  /** What a create-session call does; for tests that begin with a session. */
  addSession(order?: {
    task_name?: string | undefined;
    language?: string | undefined;
    user?: string;
  }): DoubleSession;
}

export type Handler = (
  request: RecordedRequest,
  world: DoubleWorld,
) => Answer | undefined | Promise<Answer | undefined>;

export interface NemoDouble extends DoubleWorld {
  readonly url: string;
  /** A good operator token. */
  readonly token: string;
  /** Everything received, oldest first. A request is listed as soon as its head is here. */
  readonly requests: RecordedRequest[];
  /** Each begins with the name of the rule that was broken. */
  readonly violations: string[];
  /** Replaces every answer of a route. A handler that gives undefined leaves it to the default. */
  on(route: Route, answer: Answer | Handler): void;
  /** Replaces one answer; several are used up in order, before `on`. `early`: before the body is read. */
  once(route: Route, answer: Answer | Handler, options?: { early?: boolean }): void;
  /** Plays the steps at the next run. Each call is one run; without one, a run makes the sample draft. */
  script(...steps: Step[]): void;
  received(route: Route): RecordedRequest[];
  /** The nth request of a route (from 1), as soon as it is there, body included. */
  arrival(route: Route, nth?: number): Promise<RecordedRequest>;
  /** The moment the nth run (from 1) is over; true if the client left before the script's end. */
  runEnd(nth?: number): Promise<boolean>;
  close(): Promise<void>;
}

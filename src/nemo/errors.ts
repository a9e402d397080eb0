/**
 * Everything that can go wrong at the backend, split by whose fault it is. Messages are for the
 * operator's log: they name endpoint and cause and never hold a token or a body.
 */

export abstract class NemoError extends Error {
  /** The route, for the log: "state", "run_sse". */
  readonly endpoint: string;
  constructor(endpoint: string, message: string, options?: ErrorOptions) {
    super(`${endpoint}: ${message}`, options);
    this.endpoint = endpoint;
  }
}

/** 1001, 1010, 1011, 401: the token is bad or expired. */
export class AccessExpired extends NemoError {
  override name = 'AccessExpired';
}

/** The account that a project was made with is no longer connected, or is not that person's to use. Nothing was sent. */
export class AccountUnusable extends NemoError {
  override name = 'AccountUnusable';
  readonly whose: 'workspace' | 'person';
  readonly why: 'disconnected' | 'not-yours';
  constructor(whose: AccountUnusable['whose'], why: AccountUnusable['why']) {
    super('account', `the account of a ${whose} is ${why}`);
    this.whose = whose;
    this.why = why;
  }
}

/** 1002, or 404 on a session path: the session is gone. */
export class SessionLost extends NemoError {
  override name = 'SessionLost';
}

/** 2001: the account's credits are used up. Never to be confused with `PlanBlocked`. */
export class CreditsExhausted extends NemoError {
  override name = 'CreditsExhausted';
}

/** 402 (403 on export): the plan does not include export. Nothing to do with credits. */
export class PlanBlocked extends NemoError {
  override name = 'PlanBlocked';
}

/** 4001, 415. */
export class UnsupportedMedia extends NemoError {
  override name = 'UnsupportedMedia';
}

/** 4002, 413. */
export class MediaTooLarge extends NemoError {
  override name = 'MediaTooLarge';
}

/** 429. */
export class RateLimited extends NemoError {
  override name = 'RateLimited';
  /** What Retry-After asked for, at most 120,000. */
  readonly retryAfterMs: number | undefined;
  constructor(endpoint: string, retryAfterMs: number | undefined) {
    super(endpoint, 'rate limited');
    this.retryAfterMs = retryAfterMs;
  }
}

/** Any other definite no: 400, 422, an unknown business code. */
export class RequestRefused extends NemoError {
  override name = 'RequestRefused';
  readonly code: number | undefined;
  readonly status: number;
  constructor(endpoint: string, status: number, code: number | undefined, detail: string) {
    super(endpoint, `refused (status ${status}, code ${code ?? 'none'}): ${detail}`);
    this.code = code;
    this.status = status;
  }
}

interface UnreachableOptions extends ErrorOptions {
  readonly neverSent?: boolean;
  readonly isOutage?: boolean;
}

/** 5xx, network failure, or an answer that makes no sense. Nothing is known about what was done. */
export class Unreachable extends NemoError {
  override name = 'Unreachable';
  /** True when the request certainly never left: nothing can have happened. */
  readonly neverSent: boolean;
  /** Nobody has answered, or a gateway for somebody. Else there was an answer, and asking again may give the same for good. */
  readonly isOutage: boolean;
  constructor(endpoint: string, message: string, options: UnreachableOptions = {}) {
    super(endpoint, message, options);
    this.neverSent = options.neverSent ?? false;
    this.isOutage = options.isOutage ?? false;
  }
}

/** A message was sent and may have been accepted, but no event stream came back. */
export class RunUncertain extends NemoError {
  override name = 'RunUncertain';
}

/** The event stream broke in the middle. */
export class StreamLost extends NemoError {
  override name = 'StreamLost';
}

/** The finished file could not be fetched from where it was said to be. */
export class OutputUnavailable extends NemoError {
  override name = 'OutputUnavailable';
  /** `gone`: its host says that it is not there. `unreachable` passes, perhaps. `refused`: not fetched by us. */
  readonly why: 'gone' | 'unreachable' | 'refused';
  constructor(
    endpoint: string,
    why: OutputUnavailable['why'],
    message: string,
    options?: ErrorOptions,
  ) {
    super(endpoint, message, options);
    this.why = why;
  }
}

/** The file ended before or after the length that was announced. */
export class UploadCutOff extends NemoError {
  override name = 'UploadCutOff';
}

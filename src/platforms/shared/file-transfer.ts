/** The bytes of a file from a chat's file host, to their end: weak moments of a host are sat out before anything is said. */
import { Readable } from 'node:stream';
import type { GuardedFetch, GuardedReply } from '../../net/guarded-fetch.ts';
import type { Clock } from '../../runtime/clock.ts';
import { retry } from '../../runtime/retry.ts';
import { FileUnavailable } from '../chat.ts';

/**
 * In product time: just after a post a file may not be there yet, and hosts have weak moments. Longer nobody waits for
 * one file.
 */
export const FILE_PAUSES_MS = [1_000, 3_000, 8_000] as const;
const LONGEST_REST_MS = 30_000;

/** Another try may end otherwise, at once or after the rest that the host asked for. */
export class Passing extends FileUnavailable {
  readonly restMs: number | undefined;
  constructor(
    reason: FileUnavailable['reason'],
    message: string,
    options?: ErrorOptions & { restMs?: number | undefined },
  ) {
    super(reason, message, options);
    this.restMs = options?.restMs;
  }
}

export interface Transfer {
  readonly reply: GuardedReply;
  /** As the host says. */
  readonly bytes: number | undefined;
  /** The bytes to the end; where the connection ends early, the rest is asked for once more. */
  stream(expected: number | undefined): Readable;
}

export interface TransferOptions {
  readonly guardedFetch: GuardedFetch;
  readonly clock: Clock;
  /** Asked before every try: where the file is, and what the host wants to see. */
  readonly address: () => Promise<FileAddress>;
  /** What a status means that is no weak moment of the host; undefined where it is one. */
  readonly refusal: (status: number) => FileUnavailable | undefined;
}

export interface FileAddress {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Rejects with `FileUnavailable`, or with the signal's reason. */
export async function beginTransfer(
  { guardedFetch, clock, address, refusal }: TransferOptions,
  signal: AbortSignal,
): Promise<Transfer> {
  const policy = { tries: FILE_PAUSES_MS.length + 1, pauses: FILE_PAUSES_MS, clock, signal };
  const again = (error: unknown): boolean | number =>
    error instanceof Passing && (error.restMs ?? true);
  const fetchFrom = (from: number) => retry({ ...policy, again }, () => fetchOnce(from));

  async function fetchOnce(from: number): Promise<GuardedReply> {
    const { url, headers: own } = await address();
    const headers = { ...own, ...(from > 0 ? { range: `bytes=${from}-` } : {}) };
    const reply = await guardedFetch(url, { headers, signal }).catch((error: unknown) => {
      if (signal.aborted) throw signal.reason;
      throw new Passing('unreachable', 'the file could not be fetched', { cause: error });
    });
    const { status } = reply;
    if (status === 200 || (status === 206 && from > 0)) return reply;
    reply.body.destroy();
    const refused = refusal(status);
    if (refused) throw refused;
    const restMs = status === 429 || status === 503 ? restOf(reply) : undefined;
    throw new Passing('unreachable', `the file host answered with status ${status}`, { restMs });
  }

  const reply = await fetchFrom(0);
  const told = Number(reply.headers['content-length'] ?? Number.NaN);
  return {
    reply,
    bytes: Number.isSafeInteger(told) ? told : undefined,
    stream(expected) {
      const stream = Readable.from(whole(reply, expected, fetchFrom, signal), {
        objectMode: false,
      });
      // A reader that leaves before its first byte would leave the connection open.
      stream.once('close', () => reply.body.destroy());
      return stream;
    },
  };
}

function restOf({ headers }: GuardedReply): number | undefined {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  return seconds > 0 ? Math.min(seconds * 1_000, LONGEST_REST_MS) : undefined;
}

async function* whole(
  first: GuardedReply,
  bytes: number | undefined,
  fetchFrom: (from: number) => Promise<GuardedReply>,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  let reply = first;
  let given = 0;
  for (const attempt of ['first', 'second'] as const) {
    // A host that ignores the range begins anew.
    let skip = attempt === 'second' && reply.status === 200 ? given : 0;
    try {
      for await (const chunk of reply.body) {
        const rest: Buffer = skip > 0 ? chunk.subarray(Math.min(skip, chunk.length)) : chunk;
        skip -= chunk.length - rest.length;
        given += rest.length;
        if (rest.length > 0) yield rest;
      }
      if (bytes === undefined || given >= bytes) return;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (attempt === 'second')
        throw new FileUnavailable('cut-off', 'the transfer broke off twice', { cause: error });
    }
    if (attempt === 'first') reply = await fetchFrom(given);
  }
  throw new FileUnavailable('cut-off', 'the file ended too early, twice');
}

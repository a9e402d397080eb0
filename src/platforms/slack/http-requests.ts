/**
 * Slack's addresses on the app's port: messages are taken here, all else is handed to Bolt. Bolt would read bodies
 * itself: up to four megabytes, for as long as it takes, of as many as come; and its answer to a wrong method
 * is an exception.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HTTPReceiver } from '@slack/bolt';
import { BodyRefused, createBodyReader } from '../../net/body-reader.ts';
import type { Log } from '../../runtime/log.ts';
import { hasMethod, refuse } from '../../runtime/refuse-request.ts';
import { NOT_TAKEN } from './http-events.ts';
import { protectPage } from './install-pages.ts';
import { EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH } from './registered-names.ts';
import { createSignatureCheck } from './signature.ts';

export interface RequestOptions {
  /** Of what Slack signs its requests with; empty in Socket Mode. */
  readonly signingSecret: string;
  /** Puts a message on record, and says whether it was one; a rejection leaves it for Slack to send again. */
  readonly take: (body: unknown) => Promise<boolean>;
  /** Undefined in Socket Mode. */
  readonly eventHook: HTTPReceiver | undefined;
  /** Undefined for one workspace. */
  readonly installPages: HTTPReceiver | undefined;
  readonly listening: () => boolean;
  readonly log: Log;
}

/** Resolves with false where the path is not Slack's. */
export type HandleRequest = (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;

/** Views and their state are the largest of what Slack sends. */
const MIB = 1024 * 1024;
const BODIES = { each: MIB, inAll: 16 * MIB };

export function createRequests(options: RequestOptions): HandleRequest {
  const { eventHook, installPages, listening, take, log } = options;
  const bodies = createBodyReader(BODIES);
  const isSigned = createSignatureCheck(options.signingSecret);

  function pass(receiver: HTTPReceiver, req: IncomingMessage, res: ServerResponse): void {
    if (listening()) receiver.requestListener(req, res);
    else refuse(req, res, 503, 'The bot is starting or stopping.\n');
  }

  async function takeEvent(
    receiver: HTTPReceiver,
    req: IncomingMessage,
    res: ServerResponse,
  ): Promise<void> {
    if (!hasMethod(req, res, 'POST')) return;
    let body: Buffer;
    try {
      body = await bodies.read(req);
    } catch (error) {
      if (!(error instanceof BodyRefused)) throw error;
      log.debug('a request to Slack’s address was not taken', { reason: error.message });
      if (error.reason === 'too-large') refuse(req, res, 413, 'This is too large.\n');
      if (error.reason === 'crowded') refuse(req, res, 503, 'Please send this again.\n');
      return;
    }
    if (listening() && (await isTaken(req, res, body))) return;
    // Where Bolt looks for a body that has been read.
    Object.assign(req, { rawBody: body });
    pass(receiver, req, res);
  }

  /**
   * Nearly all that comes is a message, which asks for no more than to be acknowledged once it is on record. What is not signed
   * as it should be, and what is no message, is left to Bolt and answered there.
   */
  async function isTaken(
    req: IncomingMessage,
    res: ServerResponse,
    body: Buffer,
  ): Promise<boolean> {
    if (!isSigned(req.headers, body)) return false;
    const event = jsonOf(body);
    try {
      if (!(await take(event))) return false;
    } catch (error) {
      log.error(NOT_TAKEN, { error });
      res.writeHead(500).end();
      return true;
    }
    res.writeHead(200).end();
    return true;
  }

  return async (req, res) => {
    const path = (req.url ?? '/').split('?')[0];
    if (path === EVENTS_PATH && eventHook) await takeEvent(eventHook, req, res);
    else if ((path === INSTALL_PATH || path === REDIRECT_PATH) && installPages) {
      if (!hasMethod(req, res, 'GET')) return true;
      protectPage(res);
      pass(installPages, req, res);
    } else return false;
    return true;
  };
}

/** Undefined: a form, as presses and commands are. */
function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

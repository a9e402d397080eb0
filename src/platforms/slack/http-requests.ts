/**
 * Slack's addresses on the app's port, up to the point where a signature is looked at. Bolt would read bodies
 * itself: up to four megabytes, for as long as it takes, of as many as come; and its answer to a wrong method
 * is an exception.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HTTPReceiver } from '@slack/bolt';
import { BodyRefused, createBodyReader } from '../../net/body-reader.ts';
import type { Log } from '../../runtime/log.ts';
import { hasMethod, refuse } from '../../runtime/refuse-request.ts';
import { EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH } from './registered-names.ts';

export interface RequestOptions {
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
  const { eventHook, installPages, listening, log } = options;
  const bodies = createBodyReader(BODIES);

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
    try {
      // Where Bolt looks for a body that has been read.
      Object.assign(req, { rawBody: await bodies.read(req) });
    } catch (error) {
      if (!(error instanceof BodyRefused)) throw error;
      log.debug('a request to Slack’s address was not taken', { reason: error.message });
      if (error.reason === 'too-large') refuse(req, res, 413, 'This is too large.\n');
      if (error.reason === 'crowded') refuse(req, res, 503, 'Please send this again.\n');
      return;
    }
    pass(receiver, req, res);
  }

  return async (req, res) => {
    const path = (req.url ?? '/').split('?')[0];
    if (path === EVENTS_PATH && eventHook) await takeEvent(eventHook, req, res);
    else if ((path === INSTALL_PATH || path === REDIRECT_PATH) && installPages) {
      if (hasMethod(req, res, 'GET')) pass(installPages, req, res);
    } else return false;
    return true;
  };
}

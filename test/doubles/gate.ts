/** Before a double's door: whoever stands there hears of each request, and may keep it out or its answer in. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export type Gate = (
  request: IncomingMessage,
  response: ServerResponse,
  handle: () => Promise<void>,
) => Promise<void>;

export const openGate: Gate = (_request, _response, handle) => handle();

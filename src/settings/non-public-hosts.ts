/** Besides https to public hosts, only what the operator's own settings open, each for those files alone. */
import type { Openings } from '../net/guarded-fetch.ts';
import { isLoopbackHost } from '../net/ip-ranges.ts';

/** The backend names addresses of its results; a local one serves them from further ports. */
export function outputOpenings(backendUrl: string): Openings {
  const { origin, hostname } = new URL(backendUrl);
  return { allowOrigins: [origin], allowLoopback: isLoopbackHost(hostname) };
}

/**
 * Links come from anybody in a chat: the API's origins are closed to them. Loopback is open where the backend itself is
 * there, which is so on a developer's machine.
 */
export function linkOpenings(backendUrl: string): Openings {
  return { allowOrigins: [], allowLoopback: isLoopbackHost(new URL(backendUrl).hostname) };
}

/** Attachments' addresses come from chats: of what is not public, only the platform's own API serves them. */
export function attachmentOpenings(platform: { readonly apiUrl: string | undefined }): Openings {
  const { apiUrl } = platform;
  return { allowOrigins: apiUrl ? [new URL(apiUrl).origin] : [], allowLoopback: false };
}

/** Besides https to public hosts, only what the operator's own settings open, each for those files alone. */
import type { Openings } from '../net/guarded-fetch.ts';
import { isLoopbackHost } from '../net/ip-ranges.ts';

/** The backend names addresses of its results; a local one serves them from further ports. */
export function outputOpenings(backendUrl: string): Openings {
  const { origin, hostname } = new URL(backendUrl);
  return { allowOrigins: [origin], allowLoopback: isLoopbackHost(hostname) };
}

/** Attachments' addresses come from chats: of what is not public, only the platform's own API serves them. */
export function attachmentOpenings(platform: { readonly apiUrl: string | undefined }): Openings {
  const { apiUrl } = platform;
  return { allowOrigins: apiUrl ? [new URL(apiUrl).origin] : [], allowLoopback: false };
}

/**
 * Is a request Slack’s own? Bolt asks this, too, of all that it is given, by three hashes with keys made anew; a message
 * that has been vouched for here never comes so far. See "Verifying requests from Slack" in Slack's documentation.
 */
import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Older requests are somebody's recording. */
const MOST_AGE_S = 5 * 60;

/** False also where the secret is empty: then nothing is vouched for. */
export function createSignatureCheck(
  secret: string,
  now: () => number = Date.now,
): (headers: IncomingHttpHeaders, body: Buffer) => boolean {
  if (secret === '') return () => false;
  const key = createSecretKey(Buffer.from(secret));
  return (headers, body) => {
    const { 'x-slack-signature': signature, 'x-slack-request-timestamp': at } = headers;
    if (typeof signature !== 'string' || typeof at !== 'string' || !/^\d{1,12}$/.test(at))
      return false;
    if (Math.abs(now() / 1000 - Number(at)) > MOST_AGE_S) return false;
    const made = createHmac('sha256', key).update(`v0:${at}:`).update(body).digest('hex');
    const [ours, theirs] = [Buffer.from(`v0=${made}`), Buffer.from(signature)];
    return ours.length === theirs.length && timingSafeEqual(ours, theirs);
  };
}

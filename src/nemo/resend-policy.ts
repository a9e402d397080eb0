/**
 * When may a message to the agent be sent again? A run costs credits and cannot be resumed or recalled, so
 * it is sent again only where it certainly never began, and each cure is tried once.
 */
import { AccessExpired, RateLimited, SessionLost, Unreachable } from './errors.ts';

export type Resend = 'never' | 'now' | 'wait' | 'new-token' | 'new-session';

export function resendAfter(failure: unknown): Resend {
  // No connection came about (name, TCP, TLS), so not one byte of the message has left.
  if (failure instanceof Unreachable && failure.neverSent) return 'now';
  // Definite rejections before the run: the message was read and turned away, for a curable cause.
  if (failure instanceof AccessExpired) return 'new-token';
  if (failure instanceof SessionLost) return 'new-session';
  if (failure instanceof RateLimited) return 'wait';
  // Definite, but sending the same again changes nothing: credits, plan, a malformed request.
  // Or uncertain (RunUncertain: no answer, or a gateway's 502 to 504; StreamLost: at least one byte of
  // the stream was there): the agent may be at work, and the state will tell.
  return 'never';
}

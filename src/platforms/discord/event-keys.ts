/**
 * The de-duplication key of each kind of event: what the gateway tells a second time, or is read again after an
 * outage, has the same one, and is taken once. Turns on record carry them, so that their forms stay as they are.
 */

export const messageKey = (messageId: string): string => `discord:m:${messageId}`;

/** One question, and one video, for each person and message. */
export const reactionKey = (messageId: string, person: string, what: 'asked' | 'made'): string =>
  `discord:r:${what}:${messageId}:${person}`;

/** Commands, presses and forms. */
export const interactionKey = (interactionId: string): string => `discord:i:${interactionId}`;

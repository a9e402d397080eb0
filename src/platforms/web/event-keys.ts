/** The de-duplication keys: what the page sends a second time has the same one, and is taken once. */

export const messageKey = (messageId: string): string => `web:${messageId}`;

/** `id` is made by the page for each press. */
export const pressKey = (id: string): string => `web-press:${id}`;

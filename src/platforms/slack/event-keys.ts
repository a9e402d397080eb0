/**
 * The de-duplication key of each kind of event: what Slack sends a second time has the same one, and is taken once.
 * Turns on record carry them, so that their forms stay as they are.
 */

export const messageKey = (workspace: string, channel: string, ts: string): string =>
  `slack:${workspace}:${channel}:${ts}`;

/** `id` is that of the click; a thread is named for presses that happen in one. */
export const pressKey = (where: {
  readonly workspace: string;
  readonly channel: string;
  readonly thread: string | undefined;
  readonly person: string;
  readonly id: string;
}): string =>
  `slack:press:${where.workspace}:${where.channel}:${where.thread ?? ''}:${where.person}:${where.id}`;

/** Of a press on an example, which belongs to no thread yet and begins one. */
export const examplePressKey = (where: {
  readonly workspace: string;
  readonly channel: string;
  readonly person: string;
  readonly id: string;
}): string => `slack:press:${where.workspace}:${where.channel}:${where.person}:${where.id}`;

export const commandKey = (triggerId: string): string => `slack:command:${triggerId}`;

export const formKey = (viewId: string): string => `slack:form:${viewId}`;

/** One question, and one video, for each person and message: `made` tells the press from the reaction. */
export const reactionKey = (where: {
  readonly workspace: string;
  readonly channel: string;
  readonly ts: string;
  readonly person: string;
  readonly what: 'asked' | 'made';
}): string =>
  `slack:reaction:${where.what}:${where.workspace}:${where.channel}:${where.ts}:${where.person}`;

export const shortcutKey = (where: {
  readonly workspace: string;
  readonly channel: string;
  readonly ts: string;
  readonly actionTs: string;
}): string => `slack:shortcut:${where.workspace}:${where.channel}:${where.ts}:${where.actionTs}`;

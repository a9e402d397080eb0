/**
 * Ids that are texts of a kind each: the id of one kind does not fit where another is meant. All rooms share them, because
 * the record names threads, sessions and renders without knowing a chat or the backend. One is made where it is
 * minted, or by a schema where it comes from outside; everything between hands it on.
 */
import { z } from 'zod';

/** Names a thread everywhere (see `threadKey` of the chat port). */
export const threadKeySchema = z.string().brand<'ThreadKey'>();
export type ThreadKey = z.infer<typeof threadKeySchema>;
export const toThreadKey = (text: string): ThreadKey => text as ThreadKey;

/** A platform's own id of a message. */
export const messageIdSchema = z.string().brand<'MessageId'>();
export type MessageId = z.infer<typeof messageIdSchema>;
export const toMessageId = (text: string): MessageId => text as MessageId;

/** The record's id of a turn. */
export const turnIdSchema = z.string().brand<'TurnId'>();
export type TurnId = z.infer<typeof turnIdSchema>;
export const toTurnId = (text: string): TurnId => text as TurnId;

/** The backend's id of a session. */
export const sessionIdSchema = z.string().brand<'SessionId'>();
export type SessionId = z.infer<typeof sessionIdSchema>;
export const toSessionId = (text: string): SessionId => text as SessionId;

/** Of an export job: ours, or the one that the backend answered with. */
export const renderIdSchema = z.string().brand<'RenderId'>();
export type RenderId = z.infer<typeof renderIdSchema>;
export const toRenderId = (text: string): RenderId => text as RenderId;

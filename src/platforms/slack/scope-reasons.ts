/** What each scope is asked for, in the words that the doctor gives with one that is missing; README.md has the same. */
import type { BOT_SCOPES, OPTIONAL_SCOPES } from './scopes.ts';

type Scope = (typeof BOT_SCOPES | typeof OPTIONAL_SCOPES)[number];

const REASONS: Readonly<Record<Scope, string>> = {
  'app_mentions:read': 'to hear that somebody mentions the bot',
  'assistant:write':
    'for the line "is working", the Stop button and the suggestions in its own tab',
  'channels:history': 'for what is written in its threads in channels, without a mention',
  'channels:read': 'for who is in a channel, before a project of it is shown elsewhere',
  'chat:write': 'for answers, questions and the status message',
  commands: 'for the commands and shortcuts',
  'files:read': 'for scripts, pictures and clips that people send',
  'files:write': 'for the finished video as a file in the thread',
  'groups:history': 'for what is written in its threads in private channels',
  'groups:read': 'for who is in a private channel',
  'im:history': 'for direct messages',
  'im:read': 'for whom a direct message is with',
  'mpim:history': 'for what is written in its threads in group messages',
  'mpim:read': 'for who is in a group message',
  'reactions:read': 'to hear of the reaction that asks for a video',
  'reactions:write': 'for the signs it puts on messages',
  'users:read': 'for the names and languages of people, and who is an admin',
};

const isKnown = (scope: string): scope is Scope => Object.hasOwn(REASONS, scope);

export const withReason = (scope: string): string =>
  isKnown(scope) ? `${scope} (${REASONS[scope]})` : scope;

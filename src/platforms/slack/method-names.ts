/** The methods of the Web API that are called here, so that a figure for each is one of few. */

const METHODS: ReadonlySet<string> = new Set([
  'agents.sessions.setStatus',
  'apps.connections.open',
  'assistant.threads.setStatus',
  'assistant.threads.setSuggestedPrompts',
  'auth.revoke',
  'auth.test',
  'chat.delete',
  'chat.postEphemeral',
  'chat.postMessage',
  'chat.update',
  'conversations.history',
  'conversations.info',
  'conversations.members',
  'conversations.open',
  'conversations.replies',
  'files.completeUploadExternal',
  'files.getUploadURLExternal',
  'files.info',
  'oauth.v2.access',
  'reactions.add',
  'reactions.remove',
  'users.info',
  'views.open',
  'views.publish',
]);

/** Of the address of a call; `other` is what is not in the list. */
export function methodOf(url: string | URL): string {
  const name = new URL(url).pathname.split('/').at(-1) ?? '';
  return METHODS.has(name) ? name : 'other';
}

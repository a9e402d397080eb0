/** What a call of Discord's REST API is about, without ids and tokens: a figure for each is one of few. */

/** The words of the routes that are called here. */
const WORDS: ReadonlySet<string> = new Set([
  '@me',
  '@original',
  'applications',
  'attachments',
  'bot',
  'callback',
  'channels',
  'commands',
  'gateway',
  'guilds',
  'interactions',
  'members',
  'messages',
  'reactions',
  'thread-members',
  'threads',
  'typing',
  'users',
  'webhooks',
]);
/** No route has more parts. */
const MOST_PARTS = 8;

/** `POST /channels/:id/messages`. */
export function routeNameOf(method: string, url: string): string {
  const parts = new URL(url).pathname.replace(/^(?:\/api)?\/v\d+\//, '').split('/');
  const named = parts.slice(0, MOST_PARTS).map((part) => (WORDS.has(part) ? part : ':id'));
  return `${method} /${named.join('/')}`;
}

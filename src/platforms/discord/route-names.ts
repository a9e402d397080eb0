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

const ORIGIN_AND_VERSION = /^\w+:\/\/[^/?#]*(?:(?:\/api)?\/v\d+)?\//;

/** `POST /channels/:id/messages`. Done for each call, and so without the parser of addresses. */
export function routeNameOf(method: string, url: string): string {
  const [path = ''] = url.replace(ORIGIN_AND_VERSION, '').split(/[?#]/, 1);
  const named = path.split('/', MOST_PARTS).map((part) => (WORDS.has(part) ? part : ':id'));
  return `${method} /${named.join('/')}`;
}

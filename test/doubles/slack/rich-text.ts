/** What Slack's own client sends beside a text: the same as rich text. */

const TOKEN = /<([^<>]+)>/g;
const plain = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

export function richTextOf(raw: string): object {
  const elements: object[] = [];
  let at = 0;
  for (const match of raw.matchAll(TOKEN)) {
    if (match.index > at) elements.push({ type: 'text', text: plain(raw.slice(at, match.index)) });
    elements.push(elementOf(match[1] ?? ''));
    at = match.index + match[0].length;
  }
  if (at < raw.length) elements.push({ type: 'text', text: plain(raw.slice(at)) });
  return {
    type: 'rich_text',
    block_id: 'b1',
    elements: [{ type: 'rich_text_section', elements }],
  };
}

function elementOf(token: string): object {
  const [target = '', label] = token.split('|');
  const rest = target.slice(1);
  if (target.startsWith('@')) return { type: 'user', user_id: rest };
  if (target.startsWith('#')) return { type: 'channel', channel_id: rest };
  if (target.startsWith('!subteam^')) return { type: 'usergroup', usergroup_id: rest.slice(8) };
  if (target.startsWith('!')) return { type: 'broadcast', range: rest };
  return { type: 'link', url: target, ...(label ? { text: plain(label) } : {}) };
}

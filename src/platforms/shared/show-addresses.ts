/**
 * Nobody's words may hide where a link leads. Texts of the agent, and of people whom the bot quotes, are rendered as
 * Markdown; before that each address behind words gets its host beside them: `[words (a.example)](https://…)`.
 * The text is not parsed: every platform reads Markdown in a way of its own, so that whatever might become a link
 * is treated as one. Links that the bot itself sends are bare addresses or buttons, and stay as they are. Pure.
 */

/** They turn the letters of an address round. */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/g;
/** `<https://a|words>`, as Slack writes links. */
const LABELLED = /<([a-z][a-z\d+.-]{1,20}:[^\s<>|]{1,2000})\|([^<>\n]{0,500})>/gi;
/** Where a label ends and an address begins; backslashes in front would only make the bracket a sign. */
const TARGET = /(?<!\\)(\\*)\](?=\(<?([^\s<>()\]]{1,300}))/g;
/** `[words]: address` far from the words that it stands behind. */
const DEFINITION = /\](?=:\s{0,100}<?[^\s<>]{1,300})/g;
const BARE = /(https?:\/\/)([^\s/?#<>()[\]"'`\\，。；：！？、…（）《》「」『』【】“”‘’]{1,300})/gi;

export function showAddresses(text: string): string {
  return text
    .replace(DIRECTION, '')
    .replace(BARE, (whole, scheme: string, authority: string) =>
      plainAddress(whole, scheme, authority),
    )
    .replace(LABELLED, (_, address: string, words: string) => `${words} (${address})`)
    .replace(/\]\(\s+/g, '](')
    .replace(TARGET, (whole, slashes: string, address: string, at: number, all: string) => {
      const host = hostOf(address);
      const told = host === undefined || saysAddress(all.slice(Math.max(0, at - 301), at), address);
      return told ? whole : ` (${host})${slashes}]`;
    })
    .replace(DEFINITION, '] ');
}

/** The name that the browser will look up: letters that look like others come out as `xn--…`. */
function hostOf(address: string): string | undefined {
  const isWeb = /^https?:\/\/[a-z\d.:@[\]\u0080-\uffff-]+(?:[/?#]|$)/i.test(address);
  if (isWeb && URL.canParse(address)) return new URL(address).host;
  // Anything else that a platform might follow is shown as it is: "(footnote)" is none, "a.example" may be.
  return /[.:/\\&%@]/.test(address) ? address.slice(0, 100) : undefined;
}

/** A label that is nothing but the address itself hides nothing. */
const saysAddress = (before: string, address: string): boolean => before.endsWith(`[${address}`);

/** Without the part in front of an @ that looks like a host, and with letters of other scripts spelt out. */
function plainAddress(whole: string, scheme: string, authority: string): string {
  if (/^[a-z\d.:-]+$/i.test(authority)) return whole;
  const address = scheme + authority;
  return URL.canParse(address) ? scheme + new URL(address).host : whole;
}

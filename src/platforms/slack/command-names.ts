/**
 * What the slash commands are called. Names are shared by all apps of a workspace, and the later app takes
 * a name over, so they can be renamed as a set; a name of Slack's own makes it refuse the whole manifest.
 */

/** As typed, with their slash. */
export interface CommandNames {
  /** Takes every word. */
  readonly any: string;
  readonly credits: string;
  readonly video: string;
}

/** https://docs.slack.dev/reference/app-manifest, the slash included. */
const LONGEST_NAME = 32;

/**
 * Slack publishes no list. The last line is reported as refused (openclaw/openclaw#29032); the others are
 * its built-in commands (NousResearch/hermes-agent#18456 and its help pages).
 */
const RESERVED: readonly string[] = [
  ...['away', 'collapse', 'dnd', 'expand', 'feed', 'invite', 'join', 'leave', 'me', 'msg', 'mute'],
  ...['open', 'pro', 'remind', 'search', 'shortcuts', 'shrug', 'status', 'topic', 'who', 'archive'],
  ...['call', 'dm', 'kick', 'remove', 'rename'],
  ...['commands', 'debug', 'help', 'kill', 'send'],
];

export const commandNames = (prefix: string | undefined): CommandNames =>
  prefix
    ? { any: `/${prefix}`, credits: `/${prefix}-credits`, video: `/${prefix}-video` }
    : { any: '/nemo', credits: '/credits', video: '/video' };

/** Why Slack would refuse the commands of this name; undefined when it would not. */
export function problemWithPrefix(prefix: string): string | undefined {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(prefix)) {
    return 'must be of small letters, digits and single hyphens, without the slash, like acme';
  }
  const names = Object.values<string>({ ...commandNames(prefix) });
  const excess = Math.max(...names.map((name) => name.length)) - LONGEST_NAME;
  if (excess > 0) {
    return `must have ${prefix.length - excess} characters at most, so that Slack takes /${prefix}-credits`;
  }
  const taken = names.find((name) => RESERVED.includes(name.slice(1)));
  return taken ? `must be another name: ${taken} belongs to Slack itself` : undefined;
}

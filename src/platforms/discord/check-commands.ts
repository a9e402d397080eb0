/** Are the commands at Discord those of this version? */
import { z } from 'zod';
import { type Finding, weak, well } from '../../runtime/finding.ts';
import { commandsBody } from './commands.ts';
import { plainCall } from './plain-call.ts';
import type { DiscordSettings } from './settings.ts';

type Part = Readonly<Record<string, unknown>>;
const part = z.record(z.string(), z.unknown());
const parts = z.array(part);

export async function checkCommands(
  applicationId: string,
  settings: DiscordSettings,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { guildId } = settings;
  const path =
    `/applications/${applicationId}${guildId ? `/guilds/${guildId}` : ''}/commands` as const;
  const body = commandsBody(guildId ? 'guild' : 'global');
  const theirs = new Map(
    parts
      .parse(await plainCall('GET', `${path}?with_localizations=true`, { settings, signal }))
      .map((each) => [keyOf(each), each]),
  );
  const ours = new Map(parts.parse(body).map((each) => [keyOf(each), each]));
  const names = (keys: readonly string[]): string => keys.map((key) => key.slice(2)).join(', ');
  const missing = [...ours.keys()].filter((key) => !theirs.has(key));
  const surplus = [...theirs.keys()].filter((key) => !ours.has(key));
  const changed = [...ours].flatMap(([key, command]) => {
    const there = theirs.get(key);
    return there && !holds(command, there) ? [key] : [];
  });
  const where = guildId ? `in the server ${guildId}` : 'everywhere';
  const problems = [
    ...(missing.length > 0 ? [`missing: ${names(missing)}`] : []),
    ...(changed.length > 0 ? [`of another version: ${names(changed)}`] : []),
    ...(surplus.length > 0 ? [`not ours: ${names(surplus)}`] : []),
  ];
  if (problems.length === 0)
    return [well(`Discord commands are registered ${where}: ${names([...ours.keys()])}`)];
  return [
    weak(
      `Discord commands are not registered as this version wants them (${problems.join('; ')})`,
      'the first start of this version registers them',
      {
        async fix(signal) {
          await plainCall('PUT', path, { settings, signal, body });
          return `the commands are registered ${where}`;
        },
      },
    ),
  ];
}

/** Names are told apart by the kind of command; without one it is a slash command. */
const keyOf = ({ name, type }: Part): string => `${type ?? 1} ${name}`;

/** All that we send is there; what Discord adds, and leaves out because it is the default, does not count. */
function holds(wanted: unknown, found: unknown): boolean {
  if (isAbsent(wanted)) return isAbsent(found);
  if (Array.isArray(wanted)) {
    if (!Array.isArray(found) || found.length !== wanted.length) return false;
    // Numbers are sets (where a command can be used); options and choices have their order.
    if (wanted.every((each) => typeof each === 'number'))
      return wanted.every((each) => found.includes(each));
    return wanted.every((each, index) => holds(each, found[index]));
  }
  const ours = part.safeParse(wanted);
  if (!ours.success) return wanted === found;
  const theirs = part.safeParse(found);
  return (
    theirs.success &&
    Object.entries(ours.data).every(([name, each]) => holds(each, theirs.data[name]))
  );
}

const isAbsent = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  (Array.isArray(value) && value.length === 0);

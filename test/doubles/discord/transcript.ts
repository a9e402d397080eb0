/** A place as a story: who said what, edits folded to their last state, ids and times made equal. */
import type { DiscordDouble } from './discord-double.ts';
import { type DoubleMessage, isThread } from './world.ts';

export function transcript(
  discord: DiscordDouble,
  title: string,
  ...places: readonly [name: string, channel: string][]
): string {
  const parts = places.map(([name, channel]) => {
    const messages = [...discord.world.messages.values()].filter(
      (m) => m.channel === channel && !m.deleted,
    );
    const thread = discord.world.channels.get(channel);
    const title = thread && isThread(thread) ? `${name}: “${stable(thread.name)}”` : name;
    return `## ${title}\n\n${messages.map((message) => line(discord, message)).join('\n\n')}`;
  });
  return `# ${title}\n\n${parts.join('\n\n')}\n`;
}

function line(discord: DiscordDouble, message: DoubleMessage): string {
  const rows = message.components.map((row) =>
    row.components.map(({ label }) => `[${label}]`).join(' '),
  );
  const files = message.files.map(
    // How large a picture is depends on who draws it.
    ({ filename, bytes, alt }) =>
      filename === 'timeline.png'
        ? `📎 ${filename}: “${stable(alt ?? '')}”`
        : `📎 ${stable(filename)} (${bytes.length} bytes)`,
  );
  const marks = [...message.reactions].join(' ');
  const head = `**${message.author.global_name}**${message.versions.length > 1 ? ' (edited)' : ''}${marks ? ` ${marks}` : ''}`;
  const body = [readable(discord, message.content), ...files, ...rows]
    .filter((it) => it !== '')
    .join('\n');
  return `${head}\n${body.replace(/^/gm, '> ')}`;
}

function readable(discord: DiscordDouble, text: string): string {
  const named = text
    .replace(/<@!?(\d+)>/g, (_, id) => `@${discord.world.users.get(id)?.global_name ?? '?'}`)
    .replace(/<#(\d+)>/g, (_, id) => `#${discord.world.channels.get(id)?.name ?? '?'}`);
  return stable(named);
}

/** Elapsed times, ports, days and ids differ from run to run. */
const stable = (text: string): string =>
  text
    .replace(/127\.0\.0\.1:\d+/g, 'files.example')
    .replace(/render_\d+_[0-9a-f]+/g, 'render_1')
    .replace(/[A-Z][a-z]{2} \d{1,2}, \d\d:\d\d/g, 'Jan 31, 12:00')
    .replace(/channels\/\d+\/\d+\/\d+/g, 'channels/1/2/3')
    .replace(/\d{4}-\d{2}-\d{2}/g, '2026-01-01')
    .replace(/用时 .*$/gm, '用时 N 秒')
    .replace(/\b\d+ (?:min )?(?:\d+ )?(?:s|min|h)\b/g, (time) =>
      /[a-z]/.test(time) ? 'N s' : time,
    );

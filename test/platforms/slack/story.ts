/** A thread as a story: who said what, who saw it, which buttons were there. */
import type { SlackDouble } from '../../doubles/slack/slack-double.ts';
import type { SeenMessage } from '../../doubles/slack/world.ts';

/** Addresses, times and lengths differ from run to run; of the status only first and last words are the same. */
export function storyOf(slack: SlackDouble, title: string, thread: string): string {
  const names = new Map([...slack.users.values()].map(({ id, name }) => [id, name]));
  const seen = [
    ...slack.thread(thread),
    ...slack.ephemerals.filter((m) => m.thread_ts === thread),
    ...slack.messages.filter(
      (m) => m.channel.startsWith('D') && m.thread_ts === undefined && m.bot,
    ),
  ].sort((a, b) => Number(a.ts) - Number(b.ts));
  const paragraphs = [...new Set(seen)].map((message) => paragraph(message));
  return `# ${title}\n\n${paragraphs.join('\n\n')}\n`;

  function paragraph(message: SeenMessage): string {
    const who = message.bot ? 'nemo' : (names.get(message.user) ?? message.user);
    const where = message.privateTo
      ? `, to ${names.get(message.privateTo)} alone`
      : message.channel.startsWith('D')
        ? ', in direct messages'
        : '';
    const marks = [...message.reactions].map((name) => ` :${name}:`).join('');
    const lines = [`**${who}**${where}${marks}`, ...quoted(bodyOf(message))];
    const [first] = message.versions;
    if (message.bot && first !== undefined && first !== message.text)
      lines.push(`> _(at first: ${tame(first)})_`);
    for (const file of message.files)
      lines.push(
        // How large a picture is depends on who draws it.
        file.name === 'timeline.png'
          ? `> 📎 ${file.name}: “${file.alt}”`
          : `> 📎 ${tame(file.name)} (${file.bytes.length} bytes)`,
      );
    const buttons = message.blocks
      .flatMap((block) => block.elements ?? [])
      .flatMap((e) =>
        [e.text, e.positive_button?.text, e.negative_button?.text].flatMap((it) =>
          it ? [`[${it.text}]`] : [],
        ),
      );
    if (buttons.length > 0) lines.push(`> ${buttons.join(' ')}`);
    return lines.join('\n');
  }

  /** What is shown: blocks where there are any, else the text. */
  function bodyOf({ text, blocks }: SeenMessage): string {
    const shown = blocks.flatMap(({ text: inner }) => {
      if (typeof inner === 'string') return [inner];
      return inner && typeof inner === 'object' && 'text' in inner ? [String(inner.text)] : [];
    });
    return tame(shown.length > 0 ? shown.join(' ') : text);
  }

  function tame(text: string): string {
    return (
      text
        .replace(/<@(\w+)>/g, (_, id: string) => `@${names.get(id) ?? 'nemo'}`)
        .replace(/https?:\/\/\S+/g, '(link)')
        .replace(/[A-Z][a-z]{2} \d{1,2}, \d\d:\d\d/g, '(time)')
        .replace(/\b\d{4}-\d{2}-\d{2}\b/g, '(date)')
        // Told only when the state was looked at late enough to hold it.
        .replace(/raw video is ready \(\d+ s\)/, 'raw video is ready')
        .replace(/Done in [\d\w ]+/g, 'Done in (time)')
        .replace(/用时 [\d 小时分秒钟]+/g, '用时（时间）')
        .replace(/原始视频已生成（\d+ 秒）/, '原始视频已生成')
        .replace(/ · \d+ \w+( \d+ \w+)?/g, ' · (time)')
    );
  }
}

const quoted = (text: string): string[] => text.split('\n').map((line) => `> ${line}`.trimEnd());

/** A thread as a story to be read: who said what, to whom, with which buttons; edits folded, ids and times left out. */
import { alice, bob, type Deed, type Room, type Said } from '../../doubles/room.ts';

export function tell(title: string, room: Room, thread = 't1'): string {
  const here = (said: Said) => said.thread.endsWith(`:${thread}`);
  const lines: string[] = [];
  const deeds = room.deeds.filter((deed) => deed.thread === thread);
  for (const [index, said] of room.said.entries()) {
    while (deeds[0] && deeds[0].after <= index) lines.push(...toldDeed(deeds.shift()));
    // Notices that were taken away again depend on the machine's pace.
    if (here(said) && !said.deleted) lines.push(toldMessage(said));
  }
  lines.push(...deeds.flatMap((deed) => toldDeed(deed)));
  return `# ${title}\n\n${lines.map(timeless).join('\n\n')}\n`;
}

function toldDeed(deed: Deed | undefined): string[] {
  if (!deed) return [];
  const name = deed.by.name ?? deed.by.id;
  if (deed.pressed) {
    const answers = (deed.answers ?? []).map((text) => `**bot** (to ${name} alone): ${text}`);
    return [`**${name}** presses *${deed.pressed}*`, ...answers];
  }
  const files = deed.files?.length ? ` 📎 ${deed.files.join(', ')}` : '';
  const quoted = deed.quoted ? `\n> ${deed.quoted}` : '';
  return [`**${name}:** ${deed.text || '*(mentions the bot)*'}${files}${quoted}`];
}

function toldMessage(said: Said): string {
  const { message, versions, file, privateTo } = said;
  const whom = privateTo ? ` (to ${nameOf(privateTo)} alone)` : '';
  const mention = message.mention?.length ? '@you ' : '';
  const buttons = message.buttons?.length
    ? `\n\n${message.buttons.map((button) => `[ ${button.label} ]`).join(' ')}`
    : '';
  const attached = file ? ` 📎 ${file.name}` : '';
  // What lies between the first and the last text of a status depends on the machine's pace.
  return `**bot**${whom}: ${mention}${foldedText(versions)}${attached}${buttons}`;
}

const nameOf = (id: string): string => [alice, bob].find((person) => person.id === id)?.name ?? id;

const foldedText = (versions: readonly string[]): string => {
  const [first = ''] = versions;
  const last = versions.at(-1) ?? first;
  return first === last ? last : `${first} → ${last}`;
};

const timeless = (text: string): string =>
  text
    .replace(/https?:\/\/127\.0\.0\.1:\d+/g, 'https://files.example')
    .replace(/render_\d+_[0-9a-f]+(?:-2)?/g, 'render_1')
    .replace(/[A-Z][a-z]{2} \d{1,2}, \d\d:\d\d/g, 'Jan 31, 12:00')
    .replace(/\d{1,2}月\d{1,2}日 \d\d:\d\d/g, '1月31日 12:00')
    .replace(/room\.test\/c\/t1\/m\d+/g, 'room.test/c/t1/m1')
    .replace(/video-\d{4}-\d\d-\d\d/g, 'video-2026-01-31')
    .replace(/(Done in|·) (?:\d+ min )?\d+ (?:s|min)/g, '$1 some time')
    .replace(/(用时|·) (?:\d+ 分 )?\d+ (?:秒|分钟)/g, '$1 一些时间')
    .replace(/(Listo en) (?:\d+ min )?\d+ (?:s|min)/g, '$1 un rato');

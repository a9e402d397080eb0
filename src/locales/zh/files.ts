/** What becomes of the files and scripts that people send. */

import { nameInText } from '../../conversation/language/shown-name.ts';
import type { FilesWords } from '../en/files.ts';
import { type UnreadNames, unreadParts } from '../unread-parts.ts';
import { bytes, number } from './numbers.ts';

export const files: FilesWords = {
  refusedKind: (name, kinds, better) =>
    `**${nameInText(name)}** 不能用：不支持这种文件。${better ? `请另存为 ${better.replace(', ', ' 或 ')} 再发。` : ''}可以用：${kinds}。`,
  refusedContent: (name, kinds) =>
    `**${nameInText(name)}** 不能用：内容与文件名不符。可以用：${kinds}。`,
  refusedSize: (name, limit) =>
    `**${nameInText(name)}** 不能用：超过了 ${bytes(limit)}。请压缩或剪短。`,
  refusedByBackend: (name, limit) =>
    `**${nameInText(name)}** 不能用：对 NemoVideo 来说太大了（最多 ${bytes(limit)}）。请压缩或剪短。`,
  refusedEmpty: (name) => `**${nameInText(name)}** 不能用：文件是空的（0 字节）。`,
  refusedGone: (name) => `**${nameInText(name)}** 不能用：文件已经不在了，请重新发送。`,
  refusedExternal: (name, service) =>
    service
      ? `**${nameInText(name)}** 不能用：它存放在 ${nameInText(service)}，我打不开。请在那里下载，再把文件发到这里。`
      : `**${nameInText(name)}** 不能用：文件不在这个聊天里，请直接发送文件。`,
  refusedHidden: (name) => `**${nameInText(name)}** 不能用：它因工作区的限制而被隐藏。`,
  refusedPermission: (name) =>
    `**${nameInText(name)}** 不能用：我没有权限读取这里的文件，管理员可以修改。`,
  refusedCutOff: (name) => `**${nameInText(name)}** 不能用：传输中断了，请重新发送。`,
  refusedUpload: (name) => `**${nameInText(name)}** 不能用：NemoVideo 没有接收，请稍后再试。`,
  scriptCut: (limit) => `内容很长：我读取了前 ${number(limit)} 个字符。`,
  scriptTooLong: (name, length, limit) =>
    `${name ? `**${nameInText(name)}** ` : '脚本'}太长：共 ${number(length)} 个字符，一个视频最多用 ${number(limit)} 个。用前面部分，还是把全文缩短为最关键的句子？也可以发一个短一些的版本。`,
  scriptFits: (fit, used, length) =>
    fit === 'gist'
      ? `✂️ 已缩短：从 ${number(length)} 个字符中选用最关键的 ${number(used)} 个。`
      : `✂️ 我用前 ${number(used)} 个字符（共 ${number(length)} 个），其余部分可以做成下一个视频。`,
  fileRead: (name, words) => `📄 已读取 **${nameInText(name)}**：${number(words)} 字。`,
  fileGot: (name, kind, as) =>
    `📎 已收到 **${nameInText(name)}**（${{ video: '视频', image: '图片', audio: '音频' }[kind]}）${name === as ? '' : `，称为 **${nameInText(as)}**`}。`,
  voiceUsed: (use, name) =>
    use === 'music'
      ? `🎵 **${nameInText(name)}** 用作音乐。`
      : `🎙️ **${nameInText(name)}** 里说的话当作${use === 'script' ? '脚本' : '你的留言'}。如果是音乐，请告诉我。`,
  refusedVoice: (name) => `**${nameInText(name)}** 不能用：录音已损坏，请重新录制。`,
  refusedLongVoice: (name, minutes) =>
    `**${nameInText(name)}** 不能用：录音太长（最多 ${minutes} 分钟）。请发送短一些的，或直接写下文字。`,
  refusedSilent: (name) => `**${nameInText(name)}** 不能用：里面没有声音，请重新录制。`,
  fileSame: (name, other) =>
    name === other
      ? `📎 **${nameInText(name)}** 已经有了。`
      : `📎 **${nameInText(name)}** 与已有的 **${nameInText(other)}** 相同。`,
  refusedWordless: (name) => `**${nameInText(name)}** 不能用：里面没有文字。`,
  refusedScanned: (name) =>
    `**${nameInText(name)}** 不能用：里面是页面的图片，没有文字。请直接发送文字。`,
  refusedEncrypted: (name) =>
    `**${nameInText(name)}** 不能用：文件有密码保护。请发送没有密码的版本。`,
  refusedDamaged: (name) => `**${nameInText(name)}** 不能用：文件已损坏。请重新保存后再发送。`,
  refusedLongDocument: (name) =>
    `**${nameInText(name)}** 不能用：文档太大，读不了。请发送短一些的，或直接粘贴文字。`,
  refusedSlow: (name) => `**${nameInText(name)}** 不能用：读取时间太长。请直接粘贴文字。`,
  refusedUnreachable: (name) => `**${nameInText(name)}** 不能用：刚才没能取到文件，请重新发送。`,
  unread: (parts) =>
    `这条消息我没能全部读到，略过了：${unreadParts(parts, UNREAD)}。如果需要，请以文字或文件的形式发送。`,
};

const UNREAD: UnreadNames = {
  canvas: '画布',
  list: '列表',
  poll: '投票',
  'app-card': '应用的卡片',
  other: '一个我不认识的部分',
};

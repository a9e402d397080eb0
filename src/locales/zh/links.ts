import { nameInText } from '../../conversation/language/shown-name.ts';
import type { LinksWords } from '../en/links.ts';
import { number } from './numbers.ts';

const because = (host: string, why: string, what: string) =>
  `**${nameInText(host)}** 的链接用不了：${why}。${what}。`;

export const links: LinksWords = {
  linkRead: (title, host, words) =>
    `📄 已读取 *${nameInText(title)}*（${nameInText(host)}）：${number(words)} 字。`,
  linksMost: (most) => `一条消息里我只看前 ${number(most)} 个链接。`,
  linkedMessageHidden:
    '那条消息的链接用不了：我读不到它，或者无法确认你能看到它。请把文字复制到这里。',
  linkProblem: {
    private: (host) => because(host, '它指向的不是公开的地址', '请直接发送文字或文件'),
    robots: (host) => because(host, '该网站不允许程序读取这个页面', '请把文字粘贴到这里'),
    login: (host) =>
      because(host, '登录后才能打开', '请设为知道链接的人都能查看，或把文字粘贴到这里'),
    paid: (host) => because(host, '文章只对订阅者开放', '请粘贴你可以使用的文字'),
    gone: (host) => because(host, '这个地址上没有内容', '请检查一下链接'),
    slow: (host) => because(host, '太久没有响应', '请稍后再试，或把文字粘贴到这里'),
    large: (host) => because(host, '内容太大，读不了', '请粘贴视频要讲的那一部分'),
    wordless: (host) => because(host, '那里没有找到文章', '请把文字粘贴到这里'),
    unreachable: (host) => because(host, '网站没有正常响应', '请稍后再试，或把文字粘贴到这里'),
  },
  linkClosed: {
    film: (service) =>
      `我不能从 **${nameInText(service)}** 获取视频。请直接发送视频文件，或发送视频要讲的文字。`,
    music: (service) =>
      `我不能从 **${nameInText(service)}** 获取音乐。请发送你可以使用的音乐文件，或说出风格：有曲库可选。`,
    post: (service) =>
      `我读不了 **${nameInText(service)}** 上的帖子。请把文字粘贴到这里，图片请作为文件发送。`,
    store: (service) =>
      `我打不开 **${nameInText(service)}** 里的文件。请先下载，再把文件发到这里。`,
  },
};

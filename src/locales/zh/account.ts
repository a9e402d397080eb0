import { nameInText } from '../../conversation/language/shown-name.ts';
import type { AccountWords, CreditsUsed } from '../en/account.ts';
import { bytes, creditsIn, number } from './numbers.ts';

const atLeast = ({ credits, complete }: NonNullable<CreditsUsed['month']>): string =>
  complete ? ` ${creditsIn(credits)}` : `至少 ${creditsIn(credits)}`;

export const account: AccountWords = {
  credits: (c) =>
    `积分：可用 ${number(c.available)}，冻结 ${number(c.frozen)}，总计 ${number(c.total)}。`,
  creditsUsed: ({ thread, month }) =>
    `已用：${[thread && `这个会话${atLeast(thread)}`, month && `本月${atLeast(month)}`]
      .filter(Boolean)
      .join('，')}。`,
  creditsLow: (left) => `⚠️ 只剩 ${number(left)} 积分，而一个视频大约需要 100 积分。我会照常继续。`,
  creditsFrozen: '冻结的积分是为进行中的工作预留的。',
  creditsOutOperator: '积分已用完。请在账户中充值。',
  creditsOutAnonymous: '免费积分已用完。请注册后继续。',
  creditsLink: (url, keeps) =>
    keeps ? `注册后可以继续这个项目：${url}` : `注册后继续：${url}\n当前项目无法带过去。`,
  registerAsk: '大家的项目都在机器人的账户里，只有机器人的管理员可以注册，请联系管理员。',
  linkIsPrivate: '链接在只有你能看到的消息里。',
  topUpLink: (url) => `在账户中充值：${url}`,
  creditsWhenOut: '用完后，请在账户中充值。',
  notHerePlace: '这个频道没有启用我，管理员可以开启。',
  notForYou: '你不在可以使用我的人员名单里，管理员可以添加。',
  quotaTooSmall: (wanted, left, zone) =>
    `这是 ${wanted} 个视频，而你今天还剩 ${left} 次请求。请少发几个文件，或明天再来：次数在零点（${zone}）重新计算。`,
  quotaUsed: (n, zone) => `你今天的 ${n} 次请求已用完，请明天再来：次数在零点（${zone}）重新计算。`,
  exportsUsed: (n, zone) =>
    `你今天的 ${n} 次导出已用完，请明天再来：次数在零点（${zone}）重新计算。`,
  adminsOnly: '只有管理员可以更改。',
  profileNow: (name, kinds, limit, all) =>
    `这个频道使用的技能配置是 **${name}**：${kinds} 等，每个文件不超过 ${bytes(limit)}。可选：${all}。`,
  profileChosen: (name) => `这个频道现在使用技能配置 **${name}**。`,
  profileUnknown: (given, all) => `没有名为“${nameInText(given)}”的技能配置。可选：${all}。`,
};

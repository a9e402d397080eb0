import type { AccountTexts } from '../en/accounts.ts';
import { creditsIn } from './numbers.ts';

export const accounts: AccountTexts = {
  pays: (whose) =>
    ({
      operator: '这里由机器人自己的 NemoVideo 账户付费。',
      workspace: '这里由这个工作区的 NemoVideo 账户付费。',
      person: '你在这里开始的项目由你自己的 NemoVideo 账户付费。',
    })[whose],
  paysHere: (whose, isYours) =>
    whose === 'person'
      ? isYours
        ? '这个项目由你自己的 NemoVideo 账户付费。'
        : '这个项目由发起人的 NemoVideo 账户付费。'
      : whose === 'workspace'
        ? '这个项目由这个工作区的 NemoVideo 账户付费。'
        : '这个项目由机器人自己的 NemoVideo 账户付费。',
  connected: (whose, token) =>
    whose === 'person' ? `你已连接：${token}` : `这个工作区已连接：${token}`,
  howTo:
    '你可以用 API 令牌连接自己的账户；管理员可以为整个工作区连接一个账户。项目一直使用开始时的账户。',
  noKey: '这个机器人还不能连接账户：运营者需要先设置 `ENCRYPTION_KEY`，才能安全保存令牌。',
  noToken: '这看起来不像 API 令牌。请重新复制，不要带空格。',
  refused: 'NemoVideo 不接受这个令牌，所以没有保存。请检查后再试。',
  untested: 'NemoVideo 现在没有回应，令牌无法验证，也没有保存。请稍后再试。',
  full: '这里连接账户的人太多了。管理员可以为整个工作区连接一个账户。',
  done: (whose, last, available) =>
    `✅ 已连接：…${last}，可用 ${creditsIn(available)}。从现在起，${whose === 'person' ? '你在这里开始的' : '这个工作区的'}新项目由它付费。`,
  left: (whose) =>
    `✅ 已断开，令牌已删除。用${whose === 'person' ? '你的' : '这个工作区的'}账户开始的项目会停下来，直到重新连接。`,
  none: (whose) => (whose === 'person' ? '你在这里没有连接账户。' : '这个工作区没有连接账户。'),
  adminsOnly: '只有管理员可以连接或断开整个工作区的账户。',
  disconnected: (whose) =>
    `这个项目是用${whose === 'person' ? '个人自己的账户' : '这个工作区的账户'}开始的，而它已经断开，所以什么都没有做：不会由别的账户代付。请重新连接同一个账户，或者写 \`新建\`，用现在的账户重新开始。`,
  notYours:
    '这个项目使用的是别人自己的 NemoVideo 账户，只有本人可以在这里制作。请在新的会话中开始，或者请对方来做。',
  expired: 'NemoVideo 不再接受已连接账户的令牌。请由连接它的人重新连接；不会由别的账户代付。',
};

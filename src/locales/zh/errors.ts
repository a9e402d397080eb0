import type { ErrorsWords } from '../en/errors.ts';

export const errors: ErrorsWords = {
  accessExpired: '机器人的 NemoVideo 访问权限已过期，需要管理员更新。',
  notAnswering: 'NemoVideo 现在没有响应，请过几分钟再试。',
  backendAway: 'NemoVideo 现在没有响应。不会丢任何东西，等它恢复后我会自动继续。',
  rateLimited: 'NemoVideo 现在正忙，请稍后再试。',
  requestRefused: 'NemoVideo 拒绝了这个请求。',
  unexpected: '我这边出了点问题。消息没有丢，点“重试”即可。',
  trialUnavailable: '现在无法获得 NemoVideo 的试用权限，请稍后再试。',
  cannotWrite: '我现在暂时无法保存任何内容，所以你的消息要等一等。恢复后我会自动继续处理。',
  cannotWriteNow: '我现在暂时无法保存任何内容，所以这一步没有执行。请过几分钟再试。',
  queueFull: (n) =>
    `这个会话里已经有 ${n} 条消息在排队，所以没有收下你的这一条。请等其中一些完成后再发一次。`,
  editorFailed: '现在拿不到编辑器链接，请稍后再试。',
  cannotTell: '现在无法确认这个项目是否对你开放，请稍后再试。',
};

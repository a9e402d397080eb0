import type { HelpWords } from '../en/help.ts';
import { bytes } from './numbers.ts';

export const help: HelpWords = {
  tryExample: (n) => `试试例子 ${n}`,
  help: ({ title, greeting, examples, tip, kinds, limit, notes }) =>
    [
      greeting,
      '',
      '**可以这样说**',
      ...examples.map((e) => `- ${e}`),
      '',
      '**在这个会话里**：直接写要改什么，或者 `导出`、`版本`、`字幕`、`状态`、`积分`、`停止`、`新建`、`帮助`。以 `//` 开头的消息我不会理会。',
      '**先看方案**：在请求里加上“先给方案”，先看看会做成什么样，不花积分。',
      `**文件**：${kinds}，每个不超过 ${bytes(limit)}。`,
      '**多个文件**：用编号写出每个文件的要求，或以“每个：”开头，每个文件就会单独做成一个视频。',
      `**提示**：${tip}`,
      `**技能配置**：${title}`,
      ...notes,
    ].join('\n'),
};

import type { SetupWords } from '../en/setup.ts';

export const setup: SetupWords = {
  firstMessage: (mention) =>
    `大家好！我能把脚本、文档、图片和片段做成完整的视频，就在这里的讨论串中完成。试试看：${mention} 做一个关于茶的十秒视频`,
};

import type { RenderWords } from '../en/render.ts';
import { bytes, joined, seconds } from './numbers.ts';

export const render: RenderWords = {
  exportNothing: '还没有可以导出的内容，请先生成视频。',
  lastWords: (text) => `NemoVideo 最后说：“${text}”`,
  videoReady: (url, details) => `✅ 视频已就绪！${details}${url ? `\n${url}` : ''}`,
  videoAgain: (url, details) => `✅ 这个视频做好之后没有改动，再给您链接。${details}\n${url}`,
  details: (width, height, length) =>
    joined([
      width && height ? `${width}×${height}` : undefined,
      length ? `${seconds(length)} 秒` : undefined,
    ]),
  fileTooLarge: (size, limit) =>
    `文件${size ? `（${bytes(size)}）` : ''}超过了这里 ${bytes(limit)} 的上限，所以给出链接。`,
  smallerCopy: '这是可以在这里直接播放的小一号视频；完整的在上面的链接里。',
  fileTooLargeHere: '文件超过了这里允许的大小，所以给出链接。',
  fileNotAllowed: '这里不能发文件，所以给出链接。',
  fileStorageFull: '这里的文件空间已满，所以给出链接。',
  fileNoRoom: '现在没有空间转存这个文件，所以给出链接。',
  fileFailed: '文件没能发到这里，所以给出链接。',
  fileThreadGone: '那个会话我已经够不到了，所以给出链接。',
  outputBroken: '没能取回视频发到这里，链接也许仍然可用。抱歉。',
  outputGone: '视频已完成，但取不到文件。请说“导出”重新渲染。',
  exportFailed: '导出失败，请稍后再试。',
  exportFailedUnreadable:
    '导出失败。项目的时间线格式我读不了，无法判断里面是否已经有视频。请再说一次要做的视频，或稍后再导出。',
  exportSlow: '导出比平时慢。我会继续查看，好了就发到这里；说“导出”可以马上查看。',
  exportLate: '导出比平时慢，这个视频好了我会发出来。',
  exportAbandoned: '半小时内没有完成导出。请说“导出”再试一次。',
  planBlocked: '当前套餐不包含导出。请注册或升级套餐以解锁导出。',
  planLink: (url) => `在这里注册或升级套餐：${url}`,
};

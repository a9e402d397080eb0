import { nameInText } from '../../conversation/language/shown-name.ts';
import type { CaptionsWords } from '../en/captions.ts';

export const captions: CaptionsWords = {
  button: '字幕',
  fromTrack: (n) => `这是视频的字幕，共 ${n} 行，时间与时间线一致。`,
  fromScript: (name, n) => `这是按视频镜头时间对齐的 ${nameInText(name)}，共 ${n} 行。`,
  none: '时间线上还没有字幕。请先让我添加，之后可以作为文件给您。',
  notInStep: (name) =>
    `时间线上没有字幕，我也无法判断 ${nameInText(name)} 的哪一行属于哪个镜头。请先让我添加字幕，之后可以作为文件给您。`,
  scriptGone: (name) =>
    `时间线上没有字幕，${nameInText(name)} 也读不到了。请重新发送，或让我添加字幕。`,
  notTaken: '这里不能发文件，所以无法给您字幕。',
  add: '添加字幕',
  addWords: '添加字幕',
  comes: '字幕会发在项目的对话里。',
};

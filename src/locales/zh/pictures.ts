import type { PicturesWords } from '../en/pictures.ts';
import { seconds } from './numbers.ts';

export const pictures: PicturesWords = {
  chart: {
    untitled: '时间线',
    empty: '时间线上还没有内容',
    seconds: (length) => `${seconds(length)} 秒`,
    new: '上一版之后新增',
    changed: '上一版之后有变化',
    moreTracks: (n) => `另有 ${n} 条轨道`,
    about: {
      scene: (n) => `第 ${n} 个镜头：`,
      music: (name) => `音乐“${name}”：`,
      title: (name) => `标题“${name}”：`,
      track: (name) => `轨道“${name}”：`,
    },
  },
  alt: {
    video: (about, length) =>
      [about ? `视频“${about}”` : '视频', length ? `长 ${seconds(length)} 秒` : '']
        .filter(Boolean)
        .join('，'),
    timeline: (inWords) => `时间线的图。${inWords}`,
    answer: '完整回答的文本',
    captions: (about, kind) =>
      about ? `视频“${about}”的字幕，${kind} 格式` : `视频的字幕，${kind} 格式`,
  },
};

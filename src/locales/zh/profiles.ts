import type { ProfileName, ProfileTexts } from '../../conversation/skill-profile.ts';

export const profiles: Readonly<Record<ProfileName, ProfileTexts>> = {
  'ai-to-video-free': {
    title: '免费 AI 视频',
    greeting: '发来文字或图片，我就开始制作视频。也可以直接说说你的想法。',
    examples: ['把我的文字或图片变成视频', '导出 1080p MP4', '把这段文字做成短视频'],
    connecting: '正在连接…',
    tip: '脚本在 100 词以内时，生成更快，画面也更集中。',
  },
  'colab-text-to-video': {
    title: 'Colab 文字转视频',
    greeting: '把文字提示发给我，视频由我来做。也可以直接描述你想要的效果。',
    examples: [
      '把三句话的产品介绍做成 1080p MP4',
      '把这段文字做成 30 秒带画面和背景音乐的视频',
      '为创作者、营销人员和学生把文案变成视频',
    ],
    connecting: '正在连接…',
    tip: '提示越短越清楚，视频越准确连贯。',
  },
  'text-to-video-high-quality': {
    title: '高质量文字转视频',
    greeting: '随时可以开始。把文字提示发到这里，或者描述你想做的视频。',
    examples: [
      '把 100 字的产品介绍做成 1080p MP4',
      '把这个脚本做成 30 秒带画面和背景音乐的视频',
      '为营销人员、创作者和教师把脚本做成精美视频',
    ],
    connecting: '正在准备…',
    tip: '提示越短越具体，画面越准确一致。',
  },
};

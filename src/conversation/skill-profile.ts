/**
 * Skill profiles: the three published skills that this bot can act as. A profile decides the
 * attribution sent with every backend call and how the bot introduces itself.
 */
export const PROFILE_NAMES = [
  'text-to-video-high-quality',
  'colab-text-to-video',
  'ai-to-video-free',
] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

export interface Profile {
  readonly name: ProfileName;
  /** Largest file taken, in megabytes. */
  readonly maxUploadMb: number;
  /** File kinds in the order in which the skill advertises them. */
  readonly kinds: readonly string[];
  readonly texts: { readonly en: ProfileTexts; readonly zh: ProfileTexts };
}

export interface ProfileTexts {
  readonly title: string;
  readonly greeting: string;
  readonly examples: readonly [string, string, string];
  /** Said while the first connection of a thread is made. */
  readonly connecting: string;
  readonly tip: string;
}

export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  'ai-to-video-free': {
    name: 'ai-to-video-free',
    maxUploadMb: 200,
    kinds: ['TXT', 'JPG', 'PNG', 'MP4'],
    texts: {
      en: {
        title: 'AI to Video Free',
        greeting:
          "Share your text or images and I'll get started on AI video creation. Or just tell me what you're thinking.",
        examples: ['convert my text or images', 'export 1080p MP4', 'turn this text into a short'],
        connecting: 'Connecting…',
        tip: 'Scripts under 100 words generate faster and give more focused videos.',
      },
      zh: {
        title: '免费 AI 视频',
        greeting: '发来文字或图片，我就开始制作视频。也可以直接说说你的想法。',
        examples: ['把我的文字或图片变成视频', '导出 1080p MP4', '把这段文字做成短视频'],
        connecting: '正在连接…',
        tip: '脚本在 100 词以内时，生成更快，画面也更集中。',
      },
    },
  },
  'colab-text-to-video': {
    name: 'colab-text-to-video',
    maxUploadMb: 500,
    kinds: ['TXT', 'DOCX', 'PDF'],
    texts: {
      en: {
        title: 'Colab Text to Video',
        greeting:
          "Send me your text prompts and I'll handle the AI video creation. Or just describe what you're after.",
        examples: [
          'convert a 3-sentence product description into a 1080p MP4',
          'turn this text into a 30-second video with visuals and background music',
          'generating videos from written scripts or descriptions for content creators, marketers, students',
        ],
        connecting: 'Connecting…',
        tip: 'Shorter, clearer prompts give more accurate and coherent videos.',
      },
      zh: {
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
    },
  },
  'text-to-video-high-quality': {
    name: 'text-to-video-high-quality',
    maxUploadMb: 500,
    kinds: ['TXT', 'DOCX', 'PDF', 'SRT'],
    texts: {
      en: {
        title: 'Text to Video High Quality',
        greeting:
          'Ready when you are. Drop your text prompts here or describe what you want to make.',
        examples: [
          'generate a 100-word product description into a 1080p MP4',
          'turn this script into a 30-second video with visuals and background music',
          'generating polished videos from written scripts or prompts for marketers, content creators, educators',
        ],
        connecting: 'Setting up…',
        tip: 'Shorter, specific prompts give more accurate and consistent visuals.',
      },
      zh: {
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
    },
  },
};

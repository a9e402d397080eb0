/** How each skill profile introduces itself. */
import type { ProfileName, ProfileTexts } from '../../conversation/skill-profile.ts';

export const profiles: Readonly<Record<ProfileName, ProfileTexts>> = {
  'ai-to-video-free': {
    title: 'AI to Video Free',
    greeting:
      "Share your text or images and I'll get started on AI video creation. Or just tell me what you're thinking.",
    examples: ['convert my text or images', 'export 1080p MP4', 'turn this text into a short'],
    connecting: 'Connecting…',
    tip: 'Scripts under 100 words generate faster and give more focused videos.',
  },
  'colab-text-to-video': {
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
  'text-to-video-high-quality': {
    title: 'Text to Video High Quality',
    greeting: 'Ready when you are. Drop your text prompts here or describe what you want to make.',
    examples: [
      'generate a 100-word product description into a 1080p MP4',
      'turn this script into a 30-second video with visuals and background music',
      'generating polished videos from written scripts or prompts for marketers, content creators, educators',
    ],
    connecting: 'Setting up…',
    tip: 'Shorter, specific prompts give more accurate and consistent visuals.',
  },
};

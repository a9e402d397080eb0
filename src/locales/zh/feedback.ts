import type { FeedbackWords } from '../en/feedback.ts';

export const feedback: FeedbackWords = {
  good: '视频不错',
  bad: '视频不好',
  thanks: '谢谢，很高兴听到这个。',
  sorry: '谢谢告诉我。哪里需要改？在这里或消息串里告诉我，我就改。',
  known: '你已经告诉过我了。',
  gone: '我已经找不到这个视频了。',
};

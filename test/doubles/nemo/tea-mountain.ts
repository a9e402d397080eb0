/** The agent of a Chinese conversation: a first cut with words, then an edit without any. */
import { type Step, say, toolCall, toolResult } from './steps.ts';

const draft = (volume: number) => ({
  t: [
    { tt: 0, sg: [{ d: 10000, m: { title: '云雾中的茶山' } }] },
    { tt: 1, sg: [{ d: 10000, m: { title: '古琴', volume } }] },
  ],
  d: 10000,
  m: { title: '一杯茶', width: 1080, height: 1920 },
});

export const firstCut: readonly Step[] = [
  { heartbeat: true },
  toolCall('generate_video_with_seedance', 'g'),
  { draft: draft(0.35) },
  toolResult('generate_video_with_seedance', 'g'),
  say('茶山的短片做好了。点击导出按钮即可导出。'),
];

export const silentEdit: readonly Step[] = [
  toolCall('edit_multitrack', 'e'),
  { draft: draft(0.2) },
  toolResult('edit_multitrack', 'e'),
];

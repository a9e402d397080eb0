/** What the stand-in's agent says, in the two languages it speaks. */
import { type Draft, musicOf, type Ratio, scenesOf, titleOf } from './draft.ts';
import type { Edit } from './edit.ts';
import type { Language } from './text.ts';

interface Words {
  /** The title of a video that nobody named. */
  readonly untitled: string;
  readonly thought: string;
  plan(scenes: number, seconds: string, ratio: string): string;
  rawClip(seconds: string, scenes: number): string;
  extras(music: string, volume: number, title: string): string;
  readonly gui: readonly string[];
  readonly working: string;
  readonly needMaterial: string;
  readonly acknowledged: string;
  readonly temporaryIssue: string;
  readonly question: {
    readonly title: string;
    readonly prompt: string;
    readonly options: readonly string[];
  };
  impossible(edit: Edit, scenes: number): string;
  describe(edit: Edit, before: Draft, after: Draft): string;
}

export const WORDS: Record<Language, Words> = {
  en: {
    untitled: 'My Video',
    thought: 'The user wants a short video. I should plan the scenes before calling the tools.',
    plan: (scenes, seconds, ratio) =>
      `I'll turn this into ${scenes === 1 ? 'a single scene' : `${scenes} scenes`}, about ${seconds} seconds in ${ratio}. Generating the footage now, this may take a few minutes.`,
    rawClip: (seconds, scenes) =>
      `The raw clip is ready: ${seconds} seconds, ${scenes === 1 ? 'one scene' : `${scenes} scenes`}. Next I'll give it music and a title.`,
    extras: (music, volume, title) =>
      `I added "${music}" as background music at ${volume}% and the title "${title}" over the opening.`,
    gui: [
      'Preview it in the Timeline panel, then click the Export button to save your video.',
      'You can open the Media panel on the left and drag clips to rearrange them.',
      'Click the Export button in the top right corner to download the MP4.',
    ],
    working: 'On it.',
    needMaterial:
      'Tell me what the video should be about: paste a script, describe the scenes, or upload a few images.',
    acknowledged: 'Glad to hear it. Tell me if anything should change.',
    temporaryIssue:
      'I encountered a temporary issue while processing your request. Please try again.',
    question: {
      title: 'One question first',
      prompt: 'What should be different?',
      options: ['Make it shorter', 'Use upbeat music', 'Add subtitles'],
    },
    impossible: (edit, scenes) =>
      'scene' in edit
        ? `That does not fit: the video has ${scenes === 1 ? 'one scene' : `${scenes} scenes`}.`
        : 'There is nothing like that in the video, so I left it as it is.',
    describe: describeEnglish,
  },
  zh: {
    untitled: '我的视频',
    thought: '用户想要一个短视频，我应该先规划场景，再调用工具。',
    plan: (scenes, seconds, ratio) =>
      `我会把内容做成 ${scenes} 个场景，约 ${seconds} 秒，画幅 ${ratio}。正在生成画面，可能需要几分钟。`,
    rawClip: (seconds, scenes) =>
      `原始片段已生成：${seconds} 秒，${scenes} 个场景。接下来添加音乐和标题。`,
    extras: (music, volume, title) =>
      `我添加了背景音乐“${music}”（音量 ${volume}%），并在开头加上了标题“${title}”。`,
    gui: [
      '您可以在时间线面板预览，然后点击导出按钮即可导出视频。',
      '您也可以打开左侧的素材面板，拖拽片段调整顺序。',
      '点击右上角的导出按钮即可下载 MP4。',
    ],
    working: '好的。',
    needMaterial: '请告诉我视频的内容：粘贴脚本、描述画面，或上传几张图片。',
    acknowledged: '很高兴您喜欢。需要修改的话请告诉我。',
    temporaryIssue:
      'I encountered a temporary issue while processing your request. Please try again.',
    question: {
      title: '先确认一下',
      prompt: '您希望哪里不一样？',
      options: ['缩短一点', '换成欢快的音乐', '添加字幕'],
    },
    impossible: (edit, scenes) =>
      'scene' in edit
        ? `视频一共有 ${scenes} 个场景，无法这样修改。`
        : '视频里没有这项内容，因此保持不变。',
    describe: describeChinese,
  },
};

/** Seconds with at most one decimal. */
export function seconds(ms: number): string {
  return String(Math.round(ms / 100) / 10);
}

export function ratioOf(draft: Draft): Ratio {
  const { width, height } = draft.m;
  if (width === height) return '1:1';
  return width > height ? '16:9' : '9:16';
}

function describeEnglish(edit: Edit, before: Draft, after: Draft): string {
  const length = `${seconds(before.d)} s → ${seconds(after.d)} s`;
  switch (edit.type) {
    case 'title':
      return `The title now reads "${titleOf(after)?.m.text}" (0-${seconds(titleOf(after)?.d ?? 0)}s).`;
    case 'remove-title':
      return 'The title is gone.';
    case 'music':
      return `The background music is now "${musicOf(after)?.m.title}".`;
    case 'remove-music':
      return 'The background music is removed.';
    case 'volume':
      return `The music volume went from ${percent(before)}% to ${percent(after)}%.`;
    case 'remove-scene':
      return `Scene ${ordinal(edit.scene, before)} is removed; ${scenesOf(after).length} are left (${length}).`;
    case 'scene-text':
      return `Scene ${ordinal(edit.scene, before)} now says "${edit.text}".`;
    case 'move-scene':
      return `Scene ${ordinal(edit.scene, before)} is now scene ${ordinal(edit.to, before)}.`;
    case 'swap-scenes':
      return `Scenes ${ordinal(edit.scene, before)} and ${ordinal(edit.with, before)} changed places.`;
    case 'length':
    case 'pace':
      return `The video's length changed: ${length}.`;
    case 'ratio':
      return `The picture is now ${edit.ratio} (${after.m.width}x${after.m.height}); the scenes were regenerated for it.`;
    case 'subtitles':
      return edit.on ? 'Subtitles are on for every scene.' : 'The subtitles are removed.';
    case 'media':
      return `I placed ${edit.files.join(', ')} at the ${edit.at} of the video (${length}).`;
    case 'style':
      return `I adjusted the look: ${edit.words}.`;
  }
}

function describeChinese(edit: Edit, before: Draft, after: Draft): string {
  const length = `${seconds(before.d)} 秒 → ${seconds(after.d)} 秒`;
  switch (edit.type) {
    case 'title':
      return `标题已改为“${titleOf(after)?.m.text}”（0-${seconds(titleOf(after)?.d ?? 0)} 秒）。`;
    case 'remove-title':
      return '标题已删除。';
    case 'music':
      return `背景音乐已换成“${musicOf(after)?.m.title}”。`;
    case 'remove-music':
      return '背景音乐已去掉。';
    case 'volume':
      return `音乐音量从 ${percent(before)}% 调到 ${percent(after)}%。`;
    case 'remove-scene':
      return `已删除第 ${ordinal(edit.scene, before)} 个场景，还剩 ${scenesOf(after).length} 个（${length}）。`;
    case 'scene-text':
      return `第 ${ordinal(edit.scene, before)} 个场景的文字已改为“${edit.text}”。`;
    case 'move-scene':
      return `第 ${ordinal(edit.scene, before)} 个场景已移到第 ${ordinal(edit.to, before)} 个位置。`;
    case 'swap-scenes':
      return `第 ${ordinal(edit.scene, before)} 和第 ${ordinal(edit.with, before)} 个场景已互换。`;
    case 'length':
    case 'pace':
      return `视频时长已调整：${length}。`;
    case 'ratio':
      return `画幅已改为 ${edit.ratio}（${after.m.width}x${after.m.height}），画面已重新生成。`;
    case 'subtitles':
      return edit.on ? '已为每个场景添加字幕。' : '字幕已去掉。';
    case 'media':
      return `已把 ${edit.files.join('、')} 放到视频${edit.at === 'start' ? '开头' : '结尾'}（${length}）。`;
    case 'style':
      return `已调整画面风格：${edit.words}。`;
  }
}

function percent(draft: Draft): number {
  return Math.round((musicOf(draft)?.m.volume ?? 0) * 100);
}

function ordinal(scene: number, draft: Draft): number {
  return scene < 0 ? scenesOf(draft).length + 1 + scene : scene;
}

import { nameInText } from '../../conversation/language/shown-name.ts';
import type { FileUseShown } from '../../conversation/plan/plan.ts';
import type { PlanTexts } from '../en/plan.ts';
import { duration, number } from './numbers.ts';

const SHAPES: Readonly<Record<string, string>> = {
  portrait: '竖屏 9:16',
  landscape: '横屏 16:9',
  square: '方形 1:1',
};

const USES: Readonly<Record<FileUseShown, string>> = {
  script: '脚本',
  image: '作为画面',
  video: '作为片段',
  audio: '作为声音',
  file: '供 NemoVideo 参考',
  'spoken-script': '其中的话就是脚本',
  'spoken-message': '其中的话就是您的要求',
  music: '音乐',
  unused: '无法使用',
};

export const plan: PlanTexts = {
  heading: (kind, videos) =>
    kind === 'edit'
      ? '📋 **修改方案。**'
      : videos > 1
        ? `📋 **方案：${videos} 个视频。**`
        : '📋 **方案。**',
  notYet: '还没有开始制作。',
  why: {
    always: '这里每做一个新视频之前，我都会先给出方案。',
    credits: '所需积分可能超过现有积分，所以先问一下。',
    many: '这是好几个视频，所以先问一下。',
  },
  scenes: (n) => `**场景**（${n}）`,
  videos: (n) => `**视频**（${n}）`,
  more: (n) => `还有 ${n} 个`,
  length: (s) => `**时长：** 约 ${duration(s * 1000)}`,
  shape: (shape) => `**画面：** ${SHAPES[shape] ?? shape}`,
  music: (words) => `**音乐：** ${words === false ? '无' : nameInText(words)}`,
  title: (words) => `**标题：** ${words === false ? '无' : `“${nameInText(words)}”`}`,
  brand: (name) => `**品牌：**${nameInText(name)}`,
  file: (name, use) => `**${nameInText(name)}：** ${USES[use]}`,
  moreFiles: (n) => `还有 ${n} 个文件`,
  added: (words) => `**另外：** ${words.map((it) => `“${it}”`).join('、')}`,
  open: (what) => {
    const names = { seconds: '时长', shape: '画面', music: '音乐', title: '标题' };
    return `没有提到、由 NemoVideo 决定：${what.map((it) => names[it]).join('、')}。`;
  },
  cost: (credits, minutes) => `大约需要 ${number(credits)} 积分、${minutes} 分钟。`,
  balance: (available) => `现有 ${number(available)} 积分。`,
  approve: '需要管理员同意：这可能要用很多积分，只有管理员按下“开始制作”才算。',
  adminsOnly: (named) =>
    `这可能要用很多积分，只有管理员可以开始制作。请${named === 0 ? '管理员' : '上面提到的管理员'}按下按钮。`,
  ask: '要按这个方案制作吗？也可以直接写下要改的地方。',
  make: '开始制作',
  change: '修改方案',
  cancel: '取消',
  changeHint: '直接写下要改的地方即可，例如“30 秒”“竖屏”“去掉第 2 个场景”或“不要音乐”。',
  ended: {
    made: '✅ 已开始制作。',
    changed: '↪️ 已修改：最新的方案在下面。',
    cancelled: '✖️ 已取消。没有制作任何内容，也没有花费积分。',
    over: '✖️ 已结束：开始了新的项目。',
  },
  late: {
    made: '这个方案正在制作，或者已经做好了。',
    changed: '这个方案已经修改过，请使用下面最新的方案。',
    cancelled: '这个方案已经取消。要重新开始，请再发一次脚本。',
    over: '这个方案已经结束。要重新开始，请再发一次脚本。',
  },
  gone: '我这里已经没有这个方案了。要重新开始，请再发一次脚本。',
  nothing: '还没有可以规划的内容。请发送脚本或文件，并以“先给方案”开头。',
};

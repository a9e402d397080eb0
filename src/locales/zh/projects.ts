import { nameInText } from '../../conversation/language/shown-name.ts';
import type { ProjectsWords } from '../en/projects.ts';

export const projects: ProjectsWords = {
  batchVideos: (entries) =>
    `我会${entries.length === 1 ? '' : '依次'}制作 ${entries.length} 个视频：${entries.map((it) => `${it.number}. ${nameInText(it.name)}`).join(' · ')}`,
  batchEntry: ({ number, of, name }) => `**${number}/${of} — ${nameInText(name)}.mp4**`,
  batchAbout: ({ number, of, name }) => `**${number}/${of} — ${nameInText(name)}**`,
  batchStage: (entry, stage) => `${entry.number}/${entry.of} · ${stage}`,
  batchDone: (done) => `${done} 个视频都完成了。`,
  batchPartly: (done, of) => `${of} 个视频完成了 ${done} 个。`,
  batchLate: (names) => `还在渲染：${names.map(nameInText).join('、')}。完成后我会发出来。`,
  batchLeft: (names) => `没有完成：${names.map(nameInText).join('、')}。点击“重试”继续完成剩下的。`,
  batchGoesOn: (name) => `现在在这里写的修改，会用在最后一个视频 **${nameInText(name)}** 上。`,
  newStarted: '从这里开始一个新项目。发来脚本、描述或文件吧。',
  editorLink: (url) =>
    `在浏览器中打开这个项目：${url}\n链接只给你一个人：谁打开，谁就可以接管这个项目。`,
  noThread: '这里还没有你的项目。@我 并附上脚本就可以开始。',
  inProject: (name, link) => (link ? `项目“${name}”：${link}` : `项目“${name}”`),
  otherProjects: '如果你指的是别的项目：',
  whichProject: '你指的是哪个项目？',
  whichProjectElsewhere: '这个频道里没有符合的项目。你指的是哪个项目？',
  commandDone: (what) =>
    ({ export: '好的：正在项目所在的会话里导出。', new: '好的。', stop: '正在停止……' })[what],
};

import type { AgentPhrases, TemporaryIssue } from '../locale.ts';

const KINDS = { image: '图片', video: '视频', audio: '音频', file: '文件' } as const;

const RATIOS: Readonly<Record<string, string>> = {
  portrait: '9:16',
  landscape: '16:9',
  square: '1:1',
};

export const agent: AgentPhrases = {
  fromFile: '用这个文件制作一个视频。',
  fromFiles: '用这些文件制作一个视频。',
  fromScript: '用这个脚本制作一个视频。',
  separate: ({ number, of }) =>
    `请另做一个新视频（第 ${number} 个，共 ${of} 个），只用这条消息里的材料：`,
  forAll: (of, words) => `以下是对全部 ${of} 个视频的要求：${words}`,
  gist: '下面的脚本是从更长的原文中摘选的，请用一个短视频讲清它的内容。',
  uploaded: '已上传文件：',
  missing: (names) => `以下文件无法使用，内容缺失，请不要自行编造：${names}`,
  comma: '、',
  colon: '：',
  // A space ends the address: a full-width bracket could be read as a part of it.
  file: ({ name, kind, aliases, address }) =>
    `${name}（${[KINDS[kind], ...aliases.map((it) => `也叫 ${it}`)].join('，')}${address ? `，${address} ` : ''}）`,
  plan: {
    decided: '以下关于这个视频的决定优先于上面的内容：',
    leftOut: (scenes) =>
      `去掉${scenes.map(({ number, words }) => `第 ${number} 个场景（“${words}”）`).join('和')}。`,
    seconds: (seconds) => `视频长约 ${seconds} 秒。`,
    shape: (shape) => `画面比例：${RATIOS[shape] ?? shape}。`,
    music: (words) => (words === false ? '不要音乐。' : `音乐：${words}。`),
    title: (words) => (words === false ? '不要标题。' : `标题：“${words}”。`),
    added: (words) => words,
  },
  brand: {
    head: '除非上面另有说明，请遵循我们的品牌：',
    name: (it) => `名称：${it}。`,
    colours: (it) => `颜色：${it}。`,
    intro: (it) => `开头用这句话：“${it}”。`,
    outro: (it) => `结尾用这句话：“${it}”。`,
    voice: (it) => `配音：${it}。`,
    music: (it) => `音乐：${it}。`,
    logo: (it) => `上传的文件 ${it} 是我们的标志：请作为标志展示，不要当作场景。`,
  },
  voice: {
    script: (name) => `${name} 是一条语音消息：其中说的话就是视频的脚本。`,
    message: (name) => `${name} 是一条语音消息：其中说的话就是我对这个视频的要求。`,
    music: (name) => `${name} 是视频的音乐，不是脚本。`,
  },
};

export const temporaryIssue: TemporaryIssue = {
  issue:
    /(?:遇到|出现|发生|遇上)了?(?:一个|一些|点)?(?:临时|暂时)(?:性)?的?(?:小)?(?:问题|错误|故障)/u,
  around:
    /^(?:抱歉|很抱歉|对不起|不好意思|请|您可以|你可以)(?=[\s,.!，。！]|稍后|再|重|$)[^\n]{0,80}$/u,
};

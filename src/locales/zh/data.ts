import type { DataWords } from '../en/data.ts';

const amount = (stored: { threads: number; turns: number; renders: number }): string =>
  `${stored.threads} 个项目、${stored.turns} 个请求、${stored.renders} 次导出`;

const WHOSE = {
  thread: '这个项目',
  part: '你在这个项目里',
  mine: '你在这个聊天服务里',
  workspace: '这个工作区',
} as const;

export const data: DataWords = {
  subjects: {
    thread: ['这个', '项目'],
    mine: ['全部', '所有', '我的', '我的全部'],
    workspace: ['工作区', '服务器'],
  },
  offers: { mine: '我的全部', workspace: '整个工作区' },
  whichForget:
    '要我忘记什么？一个项目、你的全部，或（管理员）整个工作区。在你看到数量之前，什么都不会删除。',
  card: ({ what, messages, page, ...stored }) =>
    [
      `**要删除我保存的${WHOSE[what]}的数据吗？**`,
      `包括：${amount(stored)}，以及所有文字和记录。进行中的工作会停止。此操作无法撤销。`,
      what === 'part' || what === 'mine'
        ? '如果别人也在同一个项目里提过请求，他们的内容和项目会保留。'
        : undefined,
      messages ? '这里的消息和文件也会删除。' : '聊天里的消息会保留，请在聊天里自行删除。',
      `NemoVideo 自己保存的内容（会话、上传、视频）无法从这里删除：${page}`,
    ]
      .filter(Boolean)
      .join('\n'),
  confirm: {
    thread: '删除这个项目',
    part: '删除我的部分',
    mine: '删除我的全部',
    workspace: '删除工作区数据',
  },
  nothing: '我没有保存相关内容。',
  forgetting: '正在删除。需要一些时间，会自动继续。',
  forgotten: '已删除，我不再保存任何相关内容。',
  forgottenBefore: '已经删除过了。',
  cardOld: '这张卡片已经过期，请重新发起。',
  adminsForget: '只有这个工作区的管理员可以删除它的全部数据。',
  notYours: '你没有在这个项目里提过请求，所以没有属于你的内容可以删除。',
  exportCard: (stored) =>
    `我可以给你一个文件，里面是我保存的你的数据：${amount(stored)}。只有你能收到。`,
  exportButton: '给我文件',
  exported: (page) =>
    `这是我保存的你的数据：项目、请求和回答，以及花费。NemoVideo 保存的内容不在其中：${page}`,
  exportedDirectly: '文件已经直接发给你。',
  exportDescription: '保存的你的数据',
};

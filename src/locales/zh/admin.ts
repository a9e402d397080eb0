import type { Ruled } from '../../conversation/admin/rulings.ts';
import type { AdminWords, ShareShown } from '../en/admin.ts';
import { creditsIn, duration, moment, number } from './numbers.ts';

const shares = (all: readonly ShareShown[]): string =>
  all.map(({ name, credits }) => `${name} ${creditsIn(credits)}`).join('，');

const LISTS: Readonly<Record<Ruled, Readonly<Record<'allowed' | 'denied', string>>>> = {
  channel: { denied: '已禁用的频道', allowed: '另外允许的频道' },
  person: { denied: '已禁用的人员', allowed: '另外允许的人员' },
};

export const admin: AdminWords = {
  heading: (everywhere) => (everywhere ? '🛠️ **管理台**，所有工作区' : '🛠️ **管理台**'),
  standing: (paused) =>
    paused
      ? `⏸️ 自 ${moment(paused.at)} 起已${paused.everywhere ? '全部' : '在这里'}暂停。`
      : '▶️ 正在接受新请求。',
  turns: (count) =>
    count === 0 ? '**没有正在进行或等待的任务。**' : `**进行中和等待中**（${number(count)}）`,
  turn: ({ number: n, thread, person, phase, ms }) =>
    `**${n}** · ${thread} · ${person} · ${phase}，${duration(ms)}前提出`,
  moreTurns: (n) => `…… 还有 ${number(n)} 个更早的`,
  phases: {
    accepted: '刚开始',
    preparing: '准备中',
    sending: '正在请求 NemoVideo',
    streaming: '制作中',
    recovering: '正在查找结果',
    answered: '已回复',
    exporting: '导出中',
    delivered: '已完成',
    failed: '已失败',
    stopped: '已停止',
  },
  waits: '等待中',
  waitsAgain: '等待继续',
  stopping: '正在停止',
  spent: '**本月积分**（已知部分）',
  people: (all) => (all.length === 0 ? '还没有。' : `人员：${shares(all)}`),
  channels: (all) => `频道：${shares(all)}`,
  votes: (good, bad) => `**本月视频的评价**：👍 好 ${number(good)}，👎 不好 ${number(bad)}`,
  listed: (what, list, ids, more) =>
    `**${LISTS[what][list]}**：${ids.join('，')}${more > 0 ? `，还有 ${number(more)} 个` : ''}`,
  hint: '命令后可以写 `pause`、`resume`、`deny here`、`allow here`、`reset here`，或 `deny`、`allow`、`reset` 加上 `channel` 或 `person` 和编号。频道的视频制作方式：`profile`。',
  paused:
    '管理员已暂停我，暂时不接受新请求。之前提出的会继续等待。`状态`、`积分`、`停止` 和 `帮助` 仍可使用。',
  isPaused: '⏸️ 已暂停：不再开始新任务，进行中的会做完。',
  isResumed: '▶️ 已恢复：等待的任务继续进行。',
  stops: '⏹️ 正在停止，会通知提出请求的人。',
  overAlready: '它已经结束了。',
  noTurn: '这里没有这个请求。',
  unknown:
    '我不明白。可以写 `pause`、`resume`、`stop`、`allow`、`deny` 或 `reset`；不写则显示管理台。',
  operatorsOnly: '只有运行这个机器人的人可以对所有工作区这样做。',
  listFull: '名单已满，请先用 `reset` 移除一些。',
  ruled: (ruling, what, id) =>
    ruling === 'reset'
      ? `\`${id}\` 恢复为按设置处理。`
      : what === 'channel'
        ? ruling === 'allow'
          ? `现在频道 \`${id}\` 可以使用我。`
          : `频道 \`${id}\` 不再接受新请求。`
        : ruling === 'allow'
          ? `现在 \`${id}\` 可以使用我。`
          : `不再接受 \`${id}\` 的新请求。`,
  form: {
    title: '允许和禁用',
    submit: '确定',
    cancel: '取消',
    ruling: '操作',
    rulings: { allow: '允许', deny: '禁用', reset: '恢复为按设置' },
    channels: '频道',
    people: '人员',
    nothing: '请选择频道或人员。',
  },
  button: {
    rules: '允许和禁用',
    pause: '在这里暂停',
    resume: '在这里恢复',
    pauseAll: '全部暂停',
    resumeAll: '全部恢复',
    everywhere: '所有工作区',
    here: '这个工作区',
    refresh: '刷新',
    brand: '品牌',
    stop: (n) => `停止 ${n}`,
  },
};

import type { VersionsWords } from '../en/versions.ts';
import { moment } from './numbers.ts';

const SHAPE = { portrait: '竖屏', landscape: '横屏', square: '方形' };

export const versions: VersionsWords = {
  versions: {
    name: (number) => `v${number}`,
    named: (name, details) => `${name}${details}`,
    button: '版本',
    export: (name) => `导出 ${name}`,
    compare: (one, other) => `比较 v${one} 和 v${other}`,
    none: '这里还没有做好的视频。请说“导出”来做一个。',
    title: (count) => (count === 1 ? '目前有一个成片：' : `共有 ${count} 个成片，最新的在前：`),
    entry: (name, when, details) => `**${name}** · ${when}${details}`,
    when: moment,
    more: (count) => `还有更早的 ${count} 个`,
    hint: (name) =>
      `想再要一份，请说“导出 ${name}”或“${name} 720p”；“比较 v1 和 v2”会告诉您改了什么。`,
    compared: (from, to) => `从 ${from} 到 ${to} 的变化：`,
    nothingToSee: '时间线上看不出变化。',
    notComparable: '说不出改了什么：其中一个是在我开始保存视频内容之前做的。',
    onlyOne: '目前只有一个成片，没有可以比较的。',
    unknown: (name, newest) => `这里没有 ${name}，最新的是 ${newest}。说“版本”可以看到全部。`,
    notKept: (name, url) =>
      `${name} 无法再次渲染：当时的内容没有保存下来。${url ? `它的链接是：\n${url}` : ''}`,
    again: (url, details) => `✅ 再给您一次：${details}\n${url}`,
    shapeStays: (version, shape) =>
      `渲染时不能改变画幅，所以 v${version} 保持原样。要改现在的视频，请写“改成${SHAPE[shape]}”。`,
  },
};

/** Changes of a timeline in Chinese, one sentence each. */

import { nameInText } from '../../conversation/language/shown-name.ts';
import { formatSeconds } from '../../conversation/timeline/format-timeline.ts';
import type { Range, TimelineChange } from '../../conversation/timeline/timeline-diff.ts';
import type { TrackKind } from '../../nemo/timeline.ts';
import { shortList } from '../short-list.ts';

export function changesInChinese(changes: readonly TimelineChange[]): string[] {
  return shortList(changes.map(sentence), (n) => `……还有 ${n} 处改动`);
}

function sentence(change: TimelineChange): string {
  switch (change.type) {
    case 'added':
    case 'removed': {
      const more = change.others > 0 ? ` 等 ${change.others + 1} 段` : '';
      const volume = change.volume === undefined ? '' : `，音量 ${change.volume}%`;
      const verb = change.type === 'added' ? '✅ 已添加' : '🗑️ 已删除';
      return `${verb}${KIND[change.kind]}：${name(change)}${more}（${range(change)}${volume}）`;
    }
    case 'renamed':
      return `✅ ${KIND[change.kind]}已更改：${quoted(change.kind, change.before)} → ${quoted(change.kind, change.after)}（${range(change)}）`;
    case 'timing':
      return `✅ ${KIND[change.kind]}${name(change)}：${range(change.before)} → ${range(change.after)}`;
    case 'volume':
      return `✅ ${KIND[change.kind]}${name(change)}：音量 ${percent(change.before)} → ${percent(change.after)}`;
    case 'order':
      return `✅ ${KIND[change.kind]}顺序：${change.after
        .map((n) => (n === undefined ? '未命名' : nameInText(n)))
        .slice(0, 6)
        .join(' → ')}`;
    case 'canvas':
      return `✅ 画幅：${canvas(change.before)} → ${canvas(change.after)}`;
    case 'length':
      return `✅ 时长：${length(change.before)} → ${length(change.after)}`;
    case 'unreadable':
      return '✅ 时间线已更改，但我读不出改了什么。';
    case 'media-added':
      return `✅ 已添加素材：${nameInText(change.name)}`;
    case 'media-removed':
      return `🗑️ 已移除素材：${nameInText(change.name)}`;
  }
}

const KIND: Record<TrackKind, string> = {
  video: '视频',
  music: '音乐',
  title: '标题',
  other: '轨道',
};

const name = (c: { kind: TrackKind; name?: string | undefined }) => quoted(c.kind, c.name);
const quoted = (kind: TrackKind, text: string | undefined) =>
  text === undefined ? '未命名' : kind === 'title' ? `“${nameInText(text)}”` : nameInText(text);
const range = (r: Range) => `${formatSeconds(r.start)}–${formatSeconds(r.end)} 秒`;
const percent = (v: number | undefined) => (v === undefined ? '默认' : `${v}%`);
const length = (s: number | undefined) => (s === undefined ? '无' : `${formatSeconds(s)} 秒`);
const canvas = (
  c:
    | { width?: number | undefined; height?: number | undefined; ratio?: string | undefined }
    | undefined,
) => c?.ratio ?? (c?.width && c.height ? `${c.width}×${c.height}` : '默认');

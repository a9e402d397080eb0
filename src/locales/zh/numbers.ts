/** Sizes and times for Chinese texts. */
import { bytes as bytesInEnglish, seconds } from '../en/numbers.ts';

export { seconds };

/** Units are written the same in both languages; only the word for bytes is not. */
export const bytes = (n: number): string => bytesInEnglish(n).replace('bytes', '字节');

/** 「40 秒」「3 分钟」「3 分 20 秒」 */
export function duration(ms: number): string {
  const s = Math.round(ms / 1000);
  if (s < 60) return `${s} 秒`;
  const m = Math.floor(s / 60);
  return m >= 10 || s % 60 === 0 ? `${Math.round(s / 60)} 分钟` : `${m} 分 ${s % 60} 秒`;
}

export const minutes = (ms: number): string => `${Math.max(1, Math.round(ms / 60_000))} 分钟`;

export const joined = (parts: readonly (string | undefined)[]): string => {
  const list = parts.filter((p) => p !== undefined);
  return list.length > 0 ? `（${list.join('，')}）` : '';
};

export const number = (n: number): string => n.toLocaleString('zh-CN');

/** “11月27日 17:55”，按本进程的时区。 */
export const moment = (at: number): string => MOMENT.format(at);
const MOMENT = new Intl.DateTimeFormat('zh-CN', {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
export const creditsIn = (n: number): string => `${number(n)} 积分`;

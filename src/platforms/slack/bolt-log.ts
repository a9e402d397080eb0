/** The SDK's log lines in ours: its chatter is left out, what it finds remarkable is kept. */
import { LogLevel, type webApi } from '@slack/bolt';
import type { Log } from '../../runtime/log.ts';

export function boltLog(log: Log): webApi.Logger {
  const line = (parts: readonly unknown[]): string =>
    `Slack SDK: ${parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ')}`;
  return {
    debug() {},
    info: (...parts: unknown[]) => log.debug(line(parts)),
    warn: (...parts: unknown[]) => log.warn(line(parts)),
    error: (...parts: unknown[]) => log.error(line(parts)),
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  };
}

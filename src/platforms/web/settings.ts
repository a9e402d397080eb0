/** The playground's settings: is it on, and who may reach it? */
import { z } from 'zod';
import { isLoopbackHost } from '../../net/ip-ranges.ts';
import { flag, text } from '../../settings/fields.ts';
import type { CommonSettings } from '../platform-module.ts';

export interface WebSettings {
  /** Without one only this machine reaches it. */
  readonly password: string | undefined;
}

export const webFields = {
  PLAYGROUND: flag.default(false),
  PLAYGROUND_PASSWORD: text.min(8, 'must have 8 characters at least').optional(),
};
const webSchema = z.object(webFields);
type WebEnv = z.infer<typeof webSchema>;

/** Whoever reaches the playground reads everything and spends the credits. */
export function webProblems(e: WebEnv, { host }: CommonSettings): string[] {
  if (!e.PLAYGROUND || e.PLAYGROUND_PASSWORD || isLoopbackHost(host)) return [];
  return [
    `PLAYGROUND_PASSWORD: needed, because HOST=${host} lets other machines reach the playground. Set one, or HOST=127.0.0.1, or PLAYGROUND=off`,
  ];
}

export const webSettings = (e: WebEnv): WebSettings | undefined =>
  e.PLAYGROUND ? { password: e.PLAYGROUND_PASSWORD } : undefined;

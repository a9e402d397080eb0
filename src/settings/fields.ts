/**
 * The kinds of settings: what a value may be, and the words for one that is not. The settings of all are made of them,
 * and those of each platform.
 */
import { z } from 'zod';

export const text = z.string().trim();
export const list = text.transform((v) =>
  v
    .split(',')
    .map((s) => s.trim())
    .filter(Boolean),
);
/** Skin tones and the sign that asks for a coloured picture belong to the person's client. */
export const plainEmoji = (name: string): string =>
  name
    .replace(/::skin-tone-[2-6]$/, '')
    .replaceAll(/[\u{1f3fb}-\u{1f3ff}\ufe0f]/gu, '')
    .toLowerCase();
/** Emoji by their names, as some chats have them, or as signs; none when it is `off`. */
export const emojis = list.transform((names) =>
  names.some((name) => name.toLowerCase() === 'off')
    ? []
    : names.map((name) => plainEmoji(name.replaceAll(/^:|:$/g, ''))),
);
export const REACTION_DEFAULT = 'clapper,🎬';
export const number = (what: string, least = 0) =>
  text
    .refine((v) => Number.isFinite(Number(v)) && Number(v) >= least, `must be ${what}`)
    .transform(Number);
export const port = number('a port number').refine(
  (v) => Number.isInteger(v) && v < 65536,
  'must be a port number',
);
export const wait = (ms: number) => number('a number of milliseconds, 0 or more').default(ms);
export const url = text
  .refine(
    (v) => URL.canParse(v) && /^https?:$/.test(new URL(v).protocol),
    'must be an http or https address',
  )
  .transform((v) => v.replace(/\/+$/, ''));
export const httpsUrl = text.refine(
  (v) => URL.canParse(v) && new URL(v).protocol === 'https:',
  'must be an https address',
);
export const flag = text
  .toLowerCase()
  .refine(
    (v) => ['on', 'off', 'true', 'false', '1', '0', 'yes', 'no'].includes(v),
    'must be on or off',
  )
  .transform((v) => ['on', 'true', '1', 'yes'].includes(v));
export const choice = <const T extends readonly [string, ...string[]]>(options: T) =>
  z.enum(options, { error: `must be one of ${options.join(', ')}` });

/** One for each value that is malformed, with its name. */
export const sentencesOf = (error: z.ZodError): string[] =>
  error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`);

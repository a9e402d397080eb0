/** Names and descriptions of commands and their options, in the languages of Discord's clients. */
import type { DiscordWords } from '../../locales/en/discord.ts';
import { FALLBACK, LOCALES } from '../../locales/locales.ts';
import { type CommandTexts, TRANSLATIONS } from './command-translations.ts';

export type Key = keyof DiscordWords['commands'];

export const localised = (text: (words: CommandTexts) => string): Record<string, string> =>
  Object.fromEntries([
    ...LOCALES.flatMap(({ discord }) => discord.clients.map((client) => [client, text(discord)])),
    ...Object.entries(TRANSLATIONS).map(([client, texts]) => [client, text(texts)]),
  ]);

/** Ten options are of one kind, and told apart by a number. */
export const named = (key: Key, number = '') => ({
  name: FALLBACK.discord.commands[key].name + number,
  name_localizations: localised(({ commands }) => commands[key].name + number),
  description: FALLBACK.discord.commands[key].description,
  description_localizations: localised(({ commands }) => commands[key].description),
});

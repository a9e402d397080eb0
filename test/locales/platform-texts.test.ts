/** The platforms' own texts are short enough for their places. */
import { Locale as DiscordLocale } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { LOCALES, localeFor } from '../../src/locales/locales.ts';
import { TRANSLATIONS } from '../../src/platforms/discord/command-translations.ts';
import { commandsBody } from '../../src/platforms/discord/commands.ts';
import { formView } from '../../src/platforms/slack/form-view.ts';
import { strings } from './entries.ts';

/** Names of products and keys, formats, and words that are typed as they are. */
const NAMES =
  /`[^`]*`|“[^”]*”|nemo-bot|\b(?:Enter|Shift|MP4|Slack|Discord|NemoVideo|API|Message Content Intent)\b|\d+:\d+/g;

test('are Chinese in Chinese', () => {
  const { slack, discord, page } = localeFor('zh');
  const { clients: _, ...said } = discord;
  const { lang: __, ...labels } = page;
  const latin = strings({ slack, said, labels }).flatMap(
    ([, text]) =>
      text
        .replace(NAMES, '')
        .replace(/1080p/, '')
        .match(/[A-Za-z]{2,}/g) ?? [],
  );
  expect(latin).toEqual([]);
});

/** As both services document them, in characters. */
const SLACK = { modalTitle: 24, button: 75, label: 2000, option: 75 };
const DISCORD = { modalTitle: 45, label: 45, placeholder: 100, name: 32, description: 100 };

describe.each(LOCALES.map((locale) => [locale.code, locale] as const))('in %s', (_code, locale) => {
  test('Slack’s form fits into Slack', () => {
    const texts = locale.slack;
    const view = formView(locale, undefined);
    const { modalTitle, button, label, option } = SLACK;
    expect(view.title.text.length).toBeLessThanOrEqual(modalTitle);
    for (const it of [texts.create, texts.cancel])
      expect(it.length).toBeLessThanOrEqual(modalTitle);
    for (const it of [texts.newVideo, texts.home.open])
      expect(it.length).toBeLessThanOrEqual(button);
    for (const it of [texts.script, texts.files, texts.several, texts.scriptHint])
      expect(it.length).toBeLessThanOrEqual(label);
    for (const [, it] of strings([texts.each, texts.ratios, texts.lengths]))
      expect(it.length).toBeLessThanOrEqual(option);
  });

  test('Slack’s form offers every language that is spoken', () => {
    const shown = JSON.stringify(formView(locale, undefined));
    const options = [...shown.matchAll(/"text":"([^"]*)"[^{}]*\},"value":"([a-z]{2})"/g)];
    expect(options.map(([, , value]) => value)).toEqual(LOCALES.map(({ code }) => code));
    expect(new Set(options.map(([, text]) => text)).size).toBe(LOCALES.length);
  });

  test('Discord’s forms fit into Discord', () => {
    const { modal } = locale.discord;
    for (const it of [modal.changeTitle, modal.scriptTitle])
      expect(it.length).toBeLessThanOrEqual(DISCORD.modalTitle);
    for (const it of [modal.changeLabel, modal.scriptLabel, modal.files])
      expect(it.length).toBeLessThanOrEqual(DISCORD.label);
    for (const it of [modal.changeHolder, modal.scriptHolder])
      expect(it.length).toBeLessThanOrEqual(DISCORD.placeholder);
  });

  test('Discord takes the names and descriptions of commands', () => {
    const all = Object.values(locale.discord.commands);
    for (const { name, description } of all) {
      expect(name).toMatch(/^[-_'\p{L}\p{N}]{1,30}$/u);
      expect(name).toBe(name.toLowerCase());
      expect(description.length).toBeLessThanOrEqual(DISCORD.description);
    }
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(locale.discord.fromMessage.length).toBeLessThanOrEqual(DISCORD.name);
    const known: string[] = Object.values(DiscordLocale);
    for (const client of locale.discord.clients) expect(known).toContain(client);
  });
});

test('Discord’s commands have a name and a description in every language but English', () => {
  const own = LOCALES.flatMap(({ discord }) => discord.clients);
  const clients = [...own, ...Object.keys(TRANSLATIONS)];
  expect(own.length).toBeGreaterThanOrEqual(LOCALES.length - 1);
  const named = JSON.stringify(commandsBody('global'));
  const all = [...named.matchAll(/"(?:name|description)_localizations":(\{[^}]*\})/g)];
  expect(all.length).toBeGreaterThan(30);
  for (const [, translations = ''] of all)
    expect(Object.keys(JSON.parse(translations))).toEqual(clients);
});

/** The platforms' own texts: the same in both languages, and short enough for their places. */
import { describe, expect, test } from 'vitest';
import { commandsBody } from '../../src/platforms/discord/commands.ts';
import { textsFor as discordTexts } from '../../src/platforms/discord/texts.ts';
import { formView } from '../../src/platforms/slack/forms.ts';
import { textsFor as slackTexts } from '../../src/platforms/slack/texts.ts';
import { textsFor as pageTexts } from '../../src/platforms/web/page/texts.ts';

const catalogues = [
  ['Slack', slackTexts],
  ['Discord', discordTexts],
  ['the page', pageTexts],
] as const;

const paths = (value: object, prefix = ''): string[] =>
  Object.entries(value).flatMap(([key, entry]) =>
    typeof entry === 'object' && entry !== null
      ? paths(entry, `${prefix}${key}.`)
      : [`${prefix}${key}`],
  );
const strings = (value: object): string[] =>
  Object.values(value).flatMap((entry: unknown) => {
    if (typeof entry === 'string') return [entry];
    return typeof entry === 'object' && entry !== null ? strings(entry) : [];
  });

/** Names of products and keys, formats, and words that are typed as they are. */
const NAMES =
  /`[^`]*`|“[^”]*”|nemo-bot|\b(?:Enter|Shift|MP4|Slack|Discord|Message Content Intent)\b|\d+:\d+/g;

describe.each(catalogues)('the texts of %s', (_where, textsFor) => {
  test('exist in both languages under the same names', () => {
    expect(paths(textsFor('zh-CN')).sort()).toEqual(paths(textsFor('en')).sort());
    expect(textsFor('zh-CN')).not.toBe(textsFor('en'));
  });

  test('are Chinese in Chinese', () => {
    const latin = strings(textsFor('zh-CN')).flatMap(
      (text) => text.replace(NAMES, '').match(/[A-Za-z]{2,}/g) ?? [],
    );
    expect(latin).toEqual([]);
  });

  test('are English for everybody else', () => {
    expect(textsFor('fr')).toBe(textsFor('en'));
    expect(textsFor(undefined)).toBe(textsFor('en'));
  });
});

/** As both services document them, in characters. */
const SLACK = { modalTitle: 24, button: 75, label: 2000, option: 75 };
const DISCORD = { modalTitle: 45, label: 45, placeholder: 100 };

describe.each(['en', 'zh-CN'])('in %s', (language) => {
  test('Slack’s form fits into Slack', () => {
    const texts = slackTexts(language);
    const view = formView(texts, undefined);
    const { modalTitle, button, label, option } = SLACK;
    expect(view.title.text.length).toBeLessThanOrEqual(modalTitle);
    for (const it of [texts.create, texts.cancel])
      expect(it.length).toBeLessThanOrEqual(modalTitle);
    for (const it of [texts.newVideo, texts.home.open])
      expect(it.length).toBeLessThanOrEqual(button);
    for (const it of [texts.script, texts.files, texts.several, texts.scriptHint])
      expect(it.length).toBeLessThanOrEqual(label);
    const options = [
      texts.each,
      ...[texts.ratios, texts.lengths, texts.languages].flatMap(strings),
    ];
    for (const it of options) expect(it.length).toBeLessThanOrEqual(option);
  });

  test('Discord’s forms fit into Discord', () => {
    const { modal } = discordTexts(language);
    for (const it of [modal.changeTitle, modal.scriptTitle])
      expect(it.length).toBeLessThanOrEqual(DISCORD.modalTitle);
    for (const it of [modal.changeLabel, modal.scriptLabel, modal.files])
      expect(it.length).toBeLessThanOrEqual(DISCORD.label);
    for (const it of [modal.changeHolder, modal.scriptHolder])
      expect(it.length).toBeLessThanOrEqual(DISCORD.placeholder);
  });
});

test('Discord’s commands have a Chinese name and description everywhere', () => {
  const named = JSON.stringify(commandsBody('global'));
  const count = (part: string) => named.split(part).length - 1;
  expect(count('"name_localizations":{"zh-CN"')).toBe(count('"name_localizations"'));
  expect(count('"description":')).toBe(count('"description_localizations":{"zh-CN"'));
});

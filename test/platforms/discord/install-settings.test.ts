/** What Discord's directory, and its installation pages, are told of the app. */
import { PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import { discord as words } from '../../../src/locales/en/discord.ts';
import { LOCALES } from '../../../src/locales/locales.ts';
import { TRANSLATIONS } from '../../../src/platforms/discord/command-translations.ts';
import { commandsBody } from '../../../src/platforms/discord/commands.ts';
import { FILE_TYPES } from '../../../src/platforms/discord/file-types.ts';
import { changeModal, PLAIN, scriptModal } from '../../../src/platforms/discord/forms.ts';
import { installSettings } from '../../../src/platforms/discord/install-settings.ts';
import { inviteLink } from '../../../src/platforms/discord/invite-link.ts';
import { commandErrors } from '../../doubles/discord/command-rules.ts';

test('description and tags keep to Discord’s limits, and say what is made by AI and what is paid for', () => {
  const { description, tags } = installSettings();
  expect(description.length).toBeLessThanOrEqual(400);
  expect(description).toMatch(/made by AI/);
  expect(description).toMatch(/paid plan/);
  expect(tags.length).toBeLessThanOrEqual(5);
  for (const tag of tags) expect(tag.length).toBeLessThanOrEqual(20);
});

test('a server gives what the invitation asks for, a person the commands alone', () => {
  const { 0: server, 1: person } = installSettings().integration_types_config;
  const asked = new URL(inviteLink('1')).searchParams;
  expect(server?.oauth2_install_params.permissions).toBe(asked.get('permissions'));
  expect([...(server?.oauth2_install_params.scopes ?? [])].sort()).toEqual(
    asked.get('scope')?.split(' ').sort(),
  );
  expect(person?.oauth2_install_params).toEqual({
    scopes: ['applications.commands'],
    permissions: '0',
  });
});

const CLIENTS = [
  ...LOCALES.flatMap(({ discord }) => discord.clients),
  ...Object.keys(TRANSLATIONS),
];

test('the commands are such as Discord takes, in both scopes', () => {
  expect(commandErrors(commandsBody('global'))).toEqual([]);
  expect(commandErrors(commandsBody('guild'))).toEqual([]);
});

interface Described {
  readonly name: string;
  readonly name_localizations?: Readonly<Record<string, string>>;
  readonly description?: string;
  readonly description_localizations?: Readonly<Record<string, string>>;
  readonly options?: readonly Described[];
  readonly choices?: readonly {
    readonly name: string;
    readonly value: unknown;
    readonly name_localizations?: Readonly<Record<string, string>>;
  }[];
}

test('each command and option is there in the five largest languages; a choice is in all of them, or a sign that they share', () => {
  expect(new Set(['en', ...CLIENTS.map((it) => it.split('-')[0])]).size).toBeGreaterThanOrEqual(5);
  const seen: string[] = [];
  const look = (it: Described, among: readonly Described[]): void => {
    seen.push(it.name);
    expect(Object.keys(it.name_localizations ?? {}), it.name).toEqual(CLIENTS);
    if (it.description !== undefined)
      expect(Object.keys(it.description_localizations ?? {}), it.name).toEqual(CLIENTS);
    for (const client of CLIENTS) {
      const own = among.map(({ name_localizations: names }) => names?.[client]);
      expect(new Set(own).size, client).toBe(among.length);
    }
    for (const { name, value, name_localizations: names = {} } of it.choices ?? [])
      if (name !== value) expect(Object.keys(names), name).toEqual(CLIENTS);
    for (const option of it.options ?? []) look(option, it.options ?? []);
  };
  const all = commandsBody('global') as readonly Described[];
  for (const command of all) look(command, all);
  expect(seen.length).toBeGreaterThan(30);
});

test('how videos are made in a channel is offered to those who manage the server', () => {
  const settings = commandsBody('global').find(
    (it) => 'name' in it && it.name === 'video-settings',
  );
  expect(settings).toMatchObject({
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
  });
});

test('files are asked for by kind, in commands and forms', () => {
  expect(FILE_TYPES.length).toBeLessThanOrEqual(10);
  const thread = { platform: 'discord', workspace: '1', channel: '2', thread: '3' };
  const places = [
    commandsBody('global'),
    changeModal({ claimed: thread }, words),
    scriptModal(PLAIN, words),
  ];
  const expected = [10, 1, 1];
  for (const [index, place] of places.entries()) {
    const found = JSON.stringify(place).split(`"file_types":${JSON.stringify(FILE_TYPES)}`);
    expect(found.length - 1).toBe(expected[index]);
  }
});

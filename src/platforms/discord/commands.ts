/** The commands as Discord shows them, in its users' languages. Data alone; what they do is in interactions.ts. */
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  ApplicationCommandOptionType as Option,
} from 'discord.js';
import { SUBJECTS } from '../../conversation/data/asked.ts';
import { FALLBACK } from '../../locales/locales.ts';
import type { CommandName } from '../chat.ts';
import { ACCOUNT_DEEDS } from '../shared/account-deeds.ts';
import { FREE_WISHES, LONGEST_WISH } from '../shared/wishes.ts';
import { admin, brand, settings } from './admin-commands.ts';
import { FILE_TYPES } from './file-types.ts';
import { localised, named } from './named-command.ts';

const MOST_IMAGES = 10;
const RATIOS = ['16:9', '9:16', '1:1', '4:5'] as const;

const LONGEST_SCRIPT = 6_000;
const SHORTEST_S = 5;
const LONGEST_S = 300;

const project = {
  ...named('project'),
  type: Option.String,
  autocomplete: true,
};

const image = (n: number) => ({
  ...named('image', String(n)),
  type: Option.Attachment,
  file_types: FILE_TYPES,
});

const video = {
  ...named('video'),
  options: [
    {
      ...named('script'),
      type: Option.String,
      max_length: LONGEST_SCRIPT,
    },
    ...Array.from({ length: MOST_IMAGES }, (_, index) => image(index + 1)),
    {
      ...named('ratio'),
      type: Option.String,
      choices: RATIOS.map((value) => ({ name: value, value })),
    },
    {
      ...named('length'),
      type: Option.Integer,
      min_value: SHORTEST_S,
      max_value: LONGEST_S,
    },
    ...FREE_WISHES.map((wish) => ({
      ...named(wish),
      type: Option.String,
      max_length: LONGEST_WISH,
    })),
    {
      ...named('each'),
      type: Option.Boolean,
    },
    {
      ...named('plan'),
      type: Option.Boolean,
    },
    {
      ...named('private'),
      type: Option.Boolean,
    },
  ],
};

const resolution = {
  ...named('resolution'),
  type: Option.String,
  max_length: 20,
};

const plain = [
  named('credits'),
  {
    ...named('status'),
    options: [project],
  },
  {
    ...named('export'),
    options: [resolution, project],
  },
  {
    ...named('versions'),
    options: [project],
  },
  named('help'),
  {
    ...named('new'),
    options: [project],
  },
  {
    ...named('stop'),
    options: [project],
  },
  {
    ...named('forget'),
    options: [
      {
        ...named('what'),
        type: Option.String,
        choices: SUBJECTS.map((value) => ({
          name: FALLBACK.discord.subjects[value],
          name_localizations: localised(({ subjects }) => subjects[value]),
          value,
        })),
      },
      project,
    ],
  },
  named('export-data'),
];

const account = {
  ...named('account'),
  options: [
    {
      ...named('do'),
      type: Option.String,
      choices: ACCOUNT_DEEDS.map((value) => ({
        name: FALLBACK.discord.account.deeds[value],
        name_localizations: localised(({ account: says }) => says.deeds[value]),
        value,
      })),
    },
  ],
};

/** What can be used where: also by people who installed the bot for themselves. */
const everywhere = {
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
  integration_types: [
    ApplicationIntegrationType.GuildInstall,
    ApplicationIntegrationType.UserInstall,
  ],
};

/** Body of the bulk overwrite. Commands of one server alone know nothing of contexts. */
export function commandsBody(scope: 'global' | 'guild'): object[] {
  const common = scope === 'global' ? everywhere : {};
  const slash = [video, ...plain, settings, account, admin, brand].map((command) => ({
    ...command,
    ...common,
    type: ApplicationCommandType.ChatInput,
  }));
  const fromMessage = {
    name: FALLBACK.discord.fromMessage,
    name_localizations: localised(({ fromMessage }) => fromMessage),
    type: ApplicationCommandType.Message,
    ...common,
  };
  return [...slash, fromMessage];
}

/** What the conversation calls the command of that name. */
export const commandNamed = (name: string): CommandName | undefined => COMMANDS.get(name);

const COMMANDS: ReadonlyMap<string, CommandName> = new Map([
  ['credits', 'credits'],
  ['status', 'status'],
  ['export', 'export'],
  ['versions', 'versions'],
  ['help', 'help'],
  ['new', 'new'],
  ['stop', 'stop'],
  ['forget', 'forget'],
  ['export-data', 'export-data'],
  ['video-settings', 'profile'],
  ['admin', 'admin'],
  // An order at the desk.
  ['brand', 'admin'],
]);

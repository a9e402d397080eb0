/**
 * Slash commands: `/nemo <word>`, `/video`, `/credits`, whatever they are renamed to, and those that an admin adds by
 * hand, `/acme-stop` for one: the words are found in their names.
 */

import { type App, RespondError, type RespondFn, type SlashCommand } from '@slack/bolt';
import { localeFor } from '../../locales/locales.ts';
import {
  ChatError,
  type CommandName,
  type Inbox,
  type OutgoingMessage,
  type Person,
  type Place,
  type Respond,
  THREADLESS,
} from '../chat.ts';
import type { OpenAccountForm } from './account-form.ts';
import type { WebCalls } from './api-calls.ts';
import type { CommandNames } from './command-names.ts';
import type { OpenDeskForm } from './desk-forms.ts';
import { commandKey } from './event-keys.ts';
import type { OpenForm } from './forms.ts';
import type { People } from './people.ts';
import { render } from './render-message.ts';
import type { StartHere } from './start-video.ts';

export interface CommandDeps {
  readonly inbox: Inbox;
  readonly people: People;
  readonly calls: WebCalls;
  readonly startHere: StartHere;
  readonly openForm: OpenForm;
  readonly openDeskForm: OpenDeskForm;
  readonly openAccountForm: OpenAccountForm;
  readonly names: CommandNames;
}

/** Buttons that are about no project of the thread they stand in. */
const AT_LARGE: ReadonlySet<string> = new Set(['prompt', 'desk', ...THREADLESS]);

const WORDS: Readonly<Record<string, CommandName | 'video' | 'account'>> = {
  account: 'account',
  账户: 'account',
  cuenta: 'account',
  credits: 'credits',
  积分: 'credits',
  video: 'video',
  视频: 'video',
  status: 'status',
  状态: 'status',
  export: 'export',
  导出: 'export',
  versions: 'versions',
  版本: 'versions',
  help: 'help',
  帮助: 'help',
  幫助: 'help',
  new: 'new',
  新建: 'new',
  stop: 'stop',
  停止: 'stop',
  profile: 'profile',
  'video-settings': 'profile',
  配置: 'profile',
  forget: 'forget',
  忘记: 'forget',
  'export-data': 'export-data',
  导出数据: 'export-data',
  admin: 'admin',
  管理: 'admin',
};

export function listenToCommands(app: App, deps: CommandDeps): void {
  app.command(/^\/./, async ({ ack, command, respond, context }) => {
    await ack();
    const workspace = context.teamId ?? command.team_id;
    const { inbox, people, openForm, names } = deps;
    const { word, argument } = wordOf(command, names);
    const name = nameOf(word);
    // A form has to be opened within three seconds of the command, name or no name.
    if (name === 'video' && !argument) {
      return openForm(workspace, command.user_id, command.trigger_id, command.channel_id);
    }
    if (name === 'account')
      return deps.openAccountForm(
        workspace,
        command.user_id,
        command.trigger_id,
        command.channel_id,
      );
    const person = await people.person(workspace, command.user_id);
    const answer = answerBy(deps, respond, workspace, command.channel_id, person);
    if (name === 'video') {
      const key = commandKey(command.trigger_id);
      const channel = command.channel_id;
      const order = { key, workspace, channel, person, text: argument, attachments: [] };
      return deps.startHere(order, answer);
    }
    const place: Place = { platform: 'slack', workspace, channel: command.channel_id };
    if (name === 'admin' && (await deps.openDeskForm(place, person, argument, command.trigger_id)))
      return;
    if (!name) return answer({ text: localeFor(person.locale).slack.noSuchWord(word, names) });
    await inbox.command({
      key: commandKey(command.trigger_id),
      name,
      ...(argument ? { argument } : {}),
      person,
      platform: 'slack',
      workspace,
      channel: command.channel_id,
      ...(name === 'help' ? { notes: [localeFor(person.locale).slack.commands(names)] } : {}),
      respond: answer,
    });
  });
}

const nameOf = (word: string): CommandName | 'video' | 'account' | undefined => {
  const known = word.toLowerCase();
  return Object.hasOwn(WORDS, known) ? WORDS[known] : undefined;
};

/**
 * The word is the command's name, or the end of it; else the first of what is typed. Nothing typed is a call
 * for help, and so is the word after any other: nobody wants a video of "help".
 */
function wordOf(
  { command, text }: SlashCommand,
  names: CommandNames,
): { word: string; argument: string } {
  const typed = text.trim();
  const named = command === names.any ? undefined : wordInName(command.slice(1));
  const [first = ''] = typed.split(/\s/, 1);
  const word = named ?? (first || 'help');
  const argument = named ? typed : typed.slice(first.length).trim();
  return nameOf(argument.replace(/[.!?。！？]$/, '')) === 'help'
    ? { word: 'help', argument: '' }
    : { word, argument };
}

/** `stop`, `acme-stop`, `nemostop`. */
function wordInName(name: string): string | undefined {
  const parts = name.split('-');
  const ends = parts.map((_part, index) => parts.slice(index).join('-'));
  return [...ends, name.replace(/^nemo/, '')].find((end) => nameOf(end) !== undefined);
}

/**
 * By the command's own address, which works where the bot is no member; when that has expired, by an
 * ephemeral message, or directly. Where the answer is about no project, only buttons that need none are kept: links,
 * examples, which begin one, and those that name theirs.
 */
function answerBy(
  { calls }: CommandDeps,
  respond: RespondFn,
  workspace: string,
  channel: string,
  person: Person,
): Respond {
  return async (message, about) => {
    const buttons = message.buttons?.filter(
      ({ does }) => about || 'url' in does || does.about || AT_LARGE.has(does.action),
    );
    const lasting = { ...message, buttons };
    const outside: Place = { platform: 'slack', workspace, channel };
    for (const { text, blocks } of render(lasting satisfies OutgoingMessage, about ?? outside)) {
      try {
        await respond({ response_type: 'ephemeral', replace_original: false, text, blocks });
      } catch (error) {
        if (!(error instanceof RespondError) && !(error instanceof TypeError)) throw error;
        await calls(workspace, (client, token) =>
          client.chat.postEphemeral({ token, channel, user: person.id, text, blocks }),
        ).catch((refused: unknown) => {
          if (!(refused instanceof ChatError) || refused.reason === 'unreachable') throw refused;
          return calls(workspace, (client, token) =>
            client.chat.postMessage({ token, channel: person.id, text, blocks }),
          );
        });
      }
    }
  };
}

/** Slash commands: about the thread they were given in, the project they name, or the newest of their channel. */
import {
  type Button,
  ChatError,
  type Command,
  type Inbox,
  type OutgoingMessage,
  type ThreadRef,
  threadKey,
} from '../platforms/chat.ts';
import { within } from '../runtime/deadline.ts';
import { isAdmin } from './access.ts';
import { payingAt, payingIn } from './accounts/payer.ts';
import { answerDesk } from './admin/run-order.ts';
import { profileNamed } from './channel-profiles.ts';
import { commandExportData } from './data/export-data.ts';
import { commandForget } from './data/forget.ts';
import { helpAnswer } from './help-answer.ts';
import { creditsAnswer, paysText, statusAnswer } from './immediate-commands.ts';
import {
  type Append,
  answering,
  enqueue,
  exportAs,
  type InteractionContext,
  saying,
  stop,
} from './interaction.ts';
import { NAMELESS, nameInText, shownName } from './language/shown-name.ts';
import { type RecentThread, sameThread } from './recent-threads.ts';
import { PROFILE_NAMES } from './skill-profile.ts';
import { respondShown } from './timeline/show-timeline.ts';
import { type Deps, platformOf } from './turn-context.ts';
import type { Whose } from './verify-thread-claim.ts';
import { versionsAnswer } from './versions/list-versions.ts';
import { type Choice, type ProjectCommand, whichProject } from './which-project.ts';

/** In characters: a label that shows a project's first words. */
const LONGEST_LABEL = 40;
/** Real milliseconds that a project's address is waited for. */
const GLANCE_MS = 2_000;

type CommandGiven = InteractionContext<Command>;

export function createCommands(
  anywhere: Deps,
  whose: Whose,
  append: Append,
): Pick<Inbox, 'command'> {
  async function aboutProject(asked: CommandGiven, name: ProjectCommand): Promise<void> {
    const { event, words, signal, respond, deps } = asked;
    if (event.claim ?? event.thread) {
      const thread = await whose.of(event, signal);
      if (!thread) return respond({ text: words.noThread });
      if (event.thread && sameThread(event.thread, thread)) return act(asked, name, thread);
      const known = await deps.ledger.thread(threadKey(thread));
      return act(
        await naming(asked, name, { thread, name: known?.name ?? NAMELESS }, []),
        name,
        thread,
      );
    }
    const which = await whichProject(deps, whose, name, event, signal);
    switch (which.type) {
      case 'none':
        return respond({ text: words.noThread });
      case 'unclear': {
        const text = which.here ? words.whichProject : words.whichProjectElsewhere;
        return respond({ text, buttons: choices(which.choices, name, event.argument) });
      }
      case 'one': {
        const { project, others } = which;
        return act(await naming(asked, name, project, others), name, project.thread);
      }
    }
  }

  async function act(asked: CommandGiven, name: ProjectCommand, thread: ThreadRef): Promise<void> {
    const { words, signal, event, respond } = asked;
    const deps = await payingIn(asked.deps, thread, event.person, 'look');
    if (name === 'versions') return respond(await versionsAnswer(deps, thread, words), thread);
    if (name === 'status')
      return respondShown(deps, thread, respond, await statusAnswer(deps, thread, words, signal));
    if (name === 'stop') return stop(asked, thread);
    const wanted =
      name === 'export' ? exportAs(event.argument) : ({ task: { type: name }, weight: 0 } as const);
    if (await enqueue(asked, append, thread, saying(name), wanted))
      await respond({ text: words.commandDone(name) }, thread);
  }

  return {
    command: (command) =>
      answering(anywhere, command, async (asked) => {
        const { deps, words, signal, respond } = asked;
        const { name, person, notes } = command;
        switch (name) {
          case 'credits':
            return respond(
              await creditsAnswer(
                command.thread
                  ? await payingIn(deps, command.thread, person, 'look')
                  : await payingAt(deps, command, person),
                words,
                signal,
                person,
                command,
                command.thread,
              ),
            );
          case 'help':
            return respond(helpAnswer(deps, words, await withPayer(asked, notes)));
          case 'profile':
            return respond({ text: await profileText(asked) });
          case 'forget':
            return commandForget(asked, whose);
          case 'export-data':
            return commandExportData(asked);
          case 'admin':
            return answerDesk(asked, command.argument);
          default:
            return aboutProject(asked, name);
        }
      }),
  };
}

async function withPayer(
  { deps, words, event }: CommandGiven,
  notes: readonly string[] = [],
): Promise<readonly string[]> {
  const { person } = event;
  const pays = paysText(await payingAt(deps, event, person), words, person);
  return pays === undefined ? notes : [...notes, pays];
}

/** Its answers say which project they are about, and offer the others. */
async function naming(
  asked: CommandGiven,
  name: ProjectCommand,
  project: Pick<RecentThread, 'thread' | 'name'>,
  others: readonly Choice[],
): Promise<CommandGiven> {
  const { deps, words, event, respond } = asked;
  const link = await linkTo(deps, project.thread);
  const first = words.inProject(nameInText(project.name), link);
  const named = (message: OutgoingMessage): OutgoingMessage => ({
    ...message,
    text: [first, message.text, others.length > 0 ? words.otherProjects : undefined]
      .filter(Boolean)
      .join('\n'),
    buttons: [...(message.buttons ?? []), ...choices(others, name, event.argument)],
  });
  return { ...asked, respond: (message, ...more) => respond(named(message), ...more) };
}

/** Undefined where it is not there at once: it only adorns. */
const linkTo = (deps: Deps, thread: ThreadRef): Promise<string | undefined> =>
  within(
    GLANCE_MS,
    undefined,
    () =>
      platformOf(deps, thread)
        .linkTo(thread)
        .catch((error: unknown) => {
          if (!(error instanceof ChatError)) throw error;
          deps.log.debug('the address of a thread could not be had', { error });
          return undefined;
        }),
    deps.timers,
  );

const choices = (
  list: readonly Choice[],
  action: ProjectCommand,
  form: string | undefined,
): Button[] =>
  list.map(({ thread, name, turn }) => ({
    label: shownName(name, LONGEST_LABEL) || NAMELESS,
    does: { action, value: action === 'export' ? form : turn, about: thread },
  }));

/** Shows the channel's skill profile, or changes it for an admin. */
async function profileText({ deps, words, event }: CommandGiven): Promise<string> {
  const titles = PROFILE_NAMES.join(', ');
  if (!event.argument?.trim()) {
    const { name, kinds } = deps.profile;
    return words.profileNow(name, kinds.join(', '), deps.uploadLimit, titles);
  }
  if (!isAdmin(deps, event.person)) return words.adminsOnly;
  const name = profileNamed(event.argument);
  if (!name) return words.profileUnknown(event.argument.trim().slice(0, 60), titles);
  await deps.profiles.choose(event, name);
  return words.profileChosen(name);
}

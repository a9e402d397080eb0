/**
 * Answers to one interaction. Discord waits three seconds for a first sign and keeps the rest of the
 * talk open for fifteen minutes; results of long work never depend on it.
 */

import { buffer } from 'node:stream/consumers';
import { InteractionResponseType, MessageFlags } from 'discord.js';
import type { FileSource, OutgoingMessage, ThreadRef } from '../chat.ts';
import { showAddresses } from '../shared/show-addresses.ts';
import type { Api } from './api-calls.ts';
import type { Values } from './button-values.ts';
import { Code, codeOf } from './errors.ts';
import type { InteractionPayload } from './payloads.ts';
import { formOf } from './posting.ts';
import { render } from './render-message.ts';

export interface InteractionReply {
  /** False when another process, or the same event before, has it; or when Discord waits no longer. */
  acknowledge(how: Acknowledgement): Promise<boolean>;
  /** Visible to that person alone; `thread` is what its buttons are about. Called after `acknowledge`. */
  respond(
    message: OutgoingMessage,
    thread: ThreadRef | undefined,
    file?: FileSource,
  ): Promise<void>;
}

export type Acknowledgement =
  /** A private answer follows. */
  | { readonly type: 'later' }
  /** Nothing is to be seen for a press but what it brings about. */
  | { readonly type: 'quiet' }
  | { readonly type: 'modal'; readonly modal: object }
  | { readonly type: 'choices'; readonly choices: readonly { name: string; value: string }[] }
  /** A message for everybody in the place. */
  | { readonly type: 'echo'; readonly text: string };

export interface AnswerDeps {
  readonly api: Api;
  readonly values: Values;
  /** For when the talk is over: tells the person directly. */
  readonly otherwise: (message: OutgoingMessage, thread: ThreadRef | undefined) => Promise<void>;
}

/** Refusals that may be the file's, and not the answer's. */
const ABOUT_FILES: ReadonlySet<number | undefined> = new Set([
  Code.entityTooLarge,
  Code.invalidForm,
  Code.missingPermissions,
]);

export function answerTo(interaction: InteractionPayload, deps: AnswerDeps): InteractionReply {
  const { id, token, application_id: application } = interaction;
  let placeholder = false;

  async function acknowledge(how: Acknowledgement): Promise<boolean> {
    let perhapsDone = false;
    try {
      await deps.api('POST', `/interactions/${id}/${token}/callback`, {
        body: callback(how),
        kind: 'reply',
        onLost: () => {
          perhapsDone = true;
        },
      });
    } catch (error) {
      const code = codeOf(error);
      if (code === Code.unknownInteraction) return false;
      if (code !== Code.alreadyAcknowledged) throw error;
      if (!perhapsDone) return false;
    }
    placeholder = how.type === 'later';
    return true;
  }

  async function respond(
    message: OutgoingMessage,
    thread: ThreadRef | undefined,
    file?: FileSource,
  ): Promise<void> {
    const { parts, values } = render(message, thread);
    await deps.values.keep(values);
    try {
      for (const [at, body] of parts.entries()) {
        const answer = { ...body, flags: MessageFlags.Ephemeral };
        await (file && at === parts.length - 1 ? withOrWithout(answer, file) : followUp(answer));
      }
    } catch (error) {
      if (codeOf(error) === undefined) throw error;
      await deps.otherwise(message, thread);
    }
  }

  /** Where the file is what was wrong, the words go alone. */
  async function withOrWithout(body: object, file: FileSource): Promise<void> {
    try {
      await followUp(body, file);
    } catch (error) {
      if (!ABOUT_FILES.has(codeOf(error))) throw error;
      await followUp(body);
    }
  }

  /** The first answer takes the place of "… is thinking". */
  async function followUp(body: object, file?: FileSource): Promise<void> {
    const content = file ? await withFile(body, file) : { body };
    const base = `/webhooks/${application}/${token}` as const;
    if (!placeholder) return void (await deps.api('POST', base, content));
    await deps.api('PATCH', `${base}/messages/@original`, content);
    placeholder = false;
  }

  return { acknowledge, respond };
}

/** A small one, which a repeated try needs whole. */
async function withFile(body: object, source: FileSource) {
  const bytes = await buffer(await source.open());
  const { name, description, mime } = source;
  const open = () => new File([new Uint8Array(bytes)], name, { type: mime });
  return { form: () => formOf(body, { name, description, open }), kind: 'upload' } as const;
}

function callback(how: Acknowledgement): object {
  switch (how.type) {
    case 'later':
      return {
        type: InteractionResponseType.DeferredChannelMessageWithSource,
        data: { flags: MessageFlags.Ephemeral },
      };
    case 'quiet':
      return { type: InteractionResponseType.DeferredMessageUpdate };
    case 'modal':
      return { type: InteractionResponseType.Modal, data: how.modal };
    case 'choices':
      return {
        type: InteractionResponseType.ApplicationCommandAutocompleteResult,
        data: { choices: how.choices },
      };
    case 'echo':
      return {
        type: InteractionResponseType.ChannelMessageWithSource,
        data: { content: showAddresses(how.text), allowed_mentions: { parse: [] } },
      };
  }
}

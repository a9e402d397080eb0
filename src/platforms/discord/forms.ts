/** The two forms: what to change, and a script that is too long for a command's option. */
import { ComponentType, TextInputStyle } from 'discord.js';
import type { DiscordWords } from '../../locales/en/discord.ts';
import type { Attachment, Material, ThreadClaim } from '../chat.ts';
import { customId } from './custom-ids.ts';
import { attachmentOf } from './message-text.ts';
import type { InteractionPayload } from './payloads.ts';

const LONGEST_INPUT = 4_000;
const MOST_FILES = 10;

export function changeModal({ claimed: thread }: ThreadClaim, { modal }: DiscordWords): object {
  return {
    custom_id: customId({ action: 'send-change', thread }),
    title: modal.changeTitle,
    components: [textField(modal.changeLabel, modal.changeHolder, true), fileField(modal.files)],
  };
}

export function scriptModal(wishes: Wishes, { modal }: DiscordWords): object {
  return {
    custom_id: customId({ action: 'send-script', thread: undefined, more: packWishes(wishes) }),
    title: modal.scriptTitle,
    components: [textField(modal.scriptLabel, modal.scriptHolder, false), fileField(modal.files)],
  };
}

/** What goes with a script; survives the form inside its id. */
export interface Wishes {
  readonly isPrivate: boolean;
  /** One video for every file. */
  readonly each: boolean;
  readonly ratio?: string | undefined;
  readonly seconds?: number | undefined;
}

export const PLAIN: Wishes = { isPrivate: false, each: false };

const packWishes = ({ isPrivate, each, ratio = '', seconds }: Wishes): string =>
  [`${isPrivate ? 'p' : 'o'}${each ? 'e' : ''}`, ratio.replace(':', '-'), seconds ?? ''].join('.');

export function unpackWishes(more = ''): Wishes {
  const [scope = '', ratio, seconds] = more.split('.');
  return {
    isPrivate: scope.includes('p'),
    each: scope.includes('e'),
    ...(ratio ? { ratio: ratio.replace('-', ':') } : {}),
    ...(seconds ? { seconds: Number(seconds) } : {}),
  };
}

const textField = (label: string, placeholder: string, required: boolean): object => ({
  type: ComponentType.Label,
  label,
  component: {
    type: ComponentType.TextInput,
    custom_id: 'text',
    style: TextInputStyle.Paragraph,
    max_length: LONGEST_INPUT,
    placeholder,
    required,
  },
});

const fileField = (label: string): object => ({
  type: ComponentType.Label,
  label,
  component: {
    type: ComponentType.FileUpload,
    custom_id: 'files',
    min_values: 0,
    max_values: MOST_FILES,
    required: false,
  },
});

/** What was filled in. */
export function filledIn({ data }: InteractionPayload): Material {
  const fields = (data?.components ?? []).flatMap(({ component }) =>
    component ? [component] : [],
  );
  const text = fields.find((field) => field.custom_id === 'text')?.value ?? '';
  const chosen = fields.find((field) => field.custom_id === 'files')?.values ?? [];
  const files = data?.resolved?.attachments ?? {};
  const attachments = chosen.flatMap((id): Attachment[] => {
    const file = files[id];
    return file ? [attachmentOf(file)] : [];
  });
  return { text: text.trim(), attachments };
}

/** The two forms: what to change, and a script that is too long for a command's option. */
import { ComponentType, TextInputStyle } from 'discord.js';
import type { DiscordWords } from '../../locales/en/discord.ts';
import type { Attachment, Material, ThreadClaim } from '../chat.ts';
import { customId } from './custom-ids.ts';
import { attachmentOf } from './message-text.ts';
import type { InteractionPayload } from './payloads.ts';

const LONGEST_INPUT = 4_000;
const MOST_FILES = 10;

/** `plan`: where it is a plan that is to change, the key of the turn that shows it. */
export function changeModal(
  { claimed: thread }: ThreadClaim,
  { modal }: DiscordWords,
  plan?: string,
): object {
  const id =
    plan === undefined
      ? customId({ action: 'send-change', thread })
      : customId({ action: 'send-plan-change', thread, more: plan });
  return {
    custom_id: id,
    title: modal.changeTitle,
    components: [textField(modal.changeLabel, modal.changeHolder, true), fileField(modal.files)],
  };
}

export function scriptModal(wishes: Wishes, { modal }: DiscordWords): object {
  return {
    custom_id: customId({ action: 'send-script', thread: undefined, more: packWishes(wishes) }),
    title: modal.scriptTitle,
    components: [
      textField(modal.scriptLabel, modal.scriptHolder, false),
      fileField(modal.files),
      checkbox('plan', modal.planFirst, wishes.planFirst),
    ],
  };
}

/** What goes with a script; survives the form inside its id. */
export interface Wishes {
  readonly isPrivate: boolean;
  /** One video for every file. */
  readonly each: boolean;
  /** A plan is shown before anything is made. */
  readonly planFirst: boolean;
  readonly ratio?: string | undefined;
  readonly seconds?: number | undefined;
}

export const PLAIN: Wishes = { isPrivate: false, each: false, planFirst: false };

const packWishes = ({ isPrivate, each, planFirst, ratio = '', seconds }: Wishes): string =>
  [
    `${isPrivate ? 'p' : 'o'}${each ? 'e' : ''}${planFirst ? 'f' : ''}`,
    ratio.replace(':', '-'),
    seconds ?? '',
  ].join('.');

export function unpackWishes(more = ''): Wishes {
  const [scope = '', ratio, seconds] = more.split('.');
  return {
    isPrivate: scope.includes('p'),
    each: scope.includes('e'),
    planFirst: scope.includes('f'),
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

const checkbox = (id: string, label: string, isOn: boolean): object => ({
  type: ComponentType.Label,
  label,
  component: { type: ComponentType.Checkbox, custom_id: id, default: isOn },
});

/** Undefined where the form has no such box: it is of an earlier version. */
export const isTicked = ({ data }: InteractionPayload, id: string): boolean | undefined => {
  const box = (data?.components ?? []).find(({ component }) => component?.custom_id === id);
  return typeof box?.component?.value === 'boolean' ? box.component.value : undefined;
};

/** What was filled in. */
export function filledIn({ data }: InteractionPayload): Material {
  const fields = (data?.components ?? []).flatMap(({ component }) =>
    component ? [component] : [],
  );
  const typed = fields.find((field) => field.custom_id === 'text')?.value;
  const text = typeof typed === 'string' ? typed : '';
  const chosen = fields.find((field) => field.custom_id === 'files')?.values ?? [];
  const files = data?.resolved?.attachments ?? {};
  const attachments = chosen.flatMap((id): Attachment[] => {
    const file = files[id];
    return file ? [attachmentOf(file)] : [];
  });
  return { text: text.trim(), attachments };
}

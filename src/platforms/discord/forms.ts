/** The two forms: what to change, and a script that is too long for a command's option. */
import { ComponentType, TextInputStyle } from 'discord.js';
import { z } from 'zod';
import type { DiscordWords } from '../../locales/en/discord.ts';
import type { Attachment, Material, ThreadClaim } from '../chat.ts';
import { FREE_WISHES, type FreeWish } from '../shared/wishes.ts';
import type { Values } from './button-values.ts';
import { customId, valueKey } from './custom-ids.ts';
import { FILE_TYPES } from './file-types.ts';
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
  readonly free?: Readonly<Partial<Record<FreeWish, string>>> | undefined;
}

export const PLAIN: Wishes = { isPrivate: false, each: false, planFirst: false };

const freeWishes = z.partialRecord(z.enum(FREE_WISHES), z.string());

/** What is in free words is too long for an id: it is kept under the key that stands there. */
const packWishes = ({ isPrivate, each, planFirst, ratio = '', seconds, free }: Wishes): string =>
  [
    `${isPrivate ? 'p' : 'o'}${each ? 'e' : ''}${planFirst ? 'f' : ''}`,
    ratio.replace(':', '-'),
    seconds ?? '',
    ...(free ? [valueKey(JSON.stringify(free))] : []),
  ].join('.');

/** Kept before the form is shown. */
export function valuesOf({ free }: Wishes): ReadonlyMap<string, string> {
  const text = JSON.stringify(free ?? {});
  return new Map(free ? [[valueKey(text), text]] : []);
}

/** With the wishes in free words, as far as they are still known. */
export async function keptWishes(
  more: string | undefined,
  values: Pick<Values, 'of'>,
): Promise<Wishes> {
  const [, , , key] = (more ?? '').split('.');
  const kept = key ? await values.of(key) : undefined;
  const free = kept === undefined ? undefined : freeWishes.safeParse(jsonOf(kept)).data;
  return { ...unpackWishes(more), ...(free ? { free } : {}) };
}

/** Whoever makes up an id may name the key of another text. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

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
    file_types: FILE_TYPES,
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

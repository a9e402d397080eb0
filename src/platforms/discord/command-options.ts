/** What was chosen with a command. Pure. */
import { BRAND_FIELDS, type Command } from '../chat.ts';
import { FREE_WISHES, wishIn } from '../shared/wishes.ts';
import type { Wishes } from './forms.ts';
import { attachmentOf } from './message-text.ts';
import type { InteractionPayload } from './payloads.ts';

/** The value of one of a command's options. */
export const optionOf = ({ data }: InteractionPayload, name: string) =>
  data?.options?.find((option) => option.name === name)?.value;

/** What an admin filled in about the brand of the channel; undefined for any other command. */
export function brandOf(interaction: InteractionPayload): Command['brand'] {
  const { data } = interaction;
  if (data?.name !== 'brand') return undefined;
  const fields = Object.fromEntries(
    BRAND_FIELDS.flatMap((field) => {
      const written = optionOf(interaction, field);
      return written === undefined ? [] : [[field, String(written)]];
    }),
  );
  const file = data.resolved?.attachments?.[String(optionOf(interaction, 'logo') ?? '')];
  if (Object.keys(fields).length === 0 && !file) return undefined;
  return { fields, ...(file ? { logo: attachmentOf(file) } : {}) };
}

/** What an admin chose, as it would be written: one order about a channel or a person, or about the brand. */
export function deskOrderOf(interaction: InteractionPayload): string {
  if (interaction.data?.name === 'brand') {
    const what = optionOf(interaction, 'remove');
    return what === undefined ? 'brand' : `brand remove${what === 'logo' ? ' logo' : ''}`;
  }
  const order = String(optionOf(interaction, 'order') ?? '');
  const channel = optionOf(interaction, 'channel');
  const person = optionOf(interaction, 'person');
  if (person !== undefined) return `${order} person ${person}`;
  return channel === undefined ? order : `${order} channel ${channel}`;
}

/** What goes with a script. */
export function wishesOf(interaction: InteractionPayload): Wishes {
  const ratio = optionOf(interaction, 'ratio');
  const seconds = optionOf(interaction, 'length');
  const free = Object.fromEntries(
    FREE_WISHES.flatMap((name) => {
      const wish = wishIn(String(optionOf(interaction, name) ?? ''));
      return wish === undefined ? [] : [[name, wish]];
    }),
  );
  return {
    isPrivate: optionOf(interaction, 'private') === true,
    each: optionOf(interaction, 'each') === true,
    planFirst: optionOf(interaction, 'plan') === true,
    ...(ratio === undefined ? {} : { ratio: String(ratio) }),
    ...(seconds === undefined ? {} : { seconds: Number(seconds) }),
    ...(Object.keys(free).length === 0 ? {} : { free }),
  };
}

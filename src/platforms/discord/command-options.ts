/** What was chosen with a command. Pure. */
import { FREE_WISHES, wishIn } from '../shared/wishes.ts';
import type { Wishes } from './forms.ts';
import type { InteractionPayload } from './payloads.ts';

/** The value of one of a command's options. */
export const optionOf = ({ data }: InteractionPayload, name: string) =>
  data?.options?.find((option) => option.name === name)?.value;

/** What an admin chose, as it would be written: one order about a channel or a person. */
export function orderOf(interaction: InteractionPayload): string {
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

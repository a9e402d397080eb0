/** What was chosen with a command. Pure. */
import type { Wishes } from './forms.ts';
import type { InteractionPayload } from './payloads.ts';

/** The value of one of a command's options. */
export const optionOf = ({ data }: InteractionPayload, name: string) =>
  data?.options?.find((option) => option.name === name)?.value;

/** What goes with a script. */
export function wishesOf(interaction: InteractionPayload): Wishes {
  const ratio = optionOf(interaction, 'ratio');
  const seconds = optionOf(interaction, 'length');
  return {
    isPrivate: optionOf(interaction, 'private') === true,
    each: optionOf(interaction, 'each') === true,
    planFirst: optionOf(interaction, 'plan') === true,
    ...(ratio === undefined ? {} : { ratio: String(ratio) }),
    ...(seconds === undefined ? {} : { seconds: Number(seconds) }),
  };
}

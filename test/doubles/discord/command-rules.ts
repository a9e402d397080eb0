/**
 * What Discord takes as the commands of an app: https://docs.discord.com/developers/interactions/application-commands, and
 * the filter of files of 2026-08-05. Anything else is refused, and with it the whole overwrite.
 */
import { z } from 'zod';

/** https://docs.discord.com/developers/reference#locales */
const LOCALES = (
  'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja ' +
  'zh-TW ko'
).split(' ');

const locale = z.enum(LOCALES);
const slashName = z
  .string()
  .regex(/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u)
  .refine((name) => name === name.toLowerCase(), 'has capitals');
const shown = (most: number) => z.string().min(1).max(most);
const inLanguages = (text: z.ZodString) => z.partialRecord(locale, text).optional();

const choice = z.strictObject({
  name: shown(100),
  name_localizations: inLanguages(shown(100)),
  value: z.union([z.string().max(100), z.number()]),
});

const described = {
  name: slashName,
  name_localizations: inLanguages(slashName),
  description: shown(100),
  description_localizations: inLanguages(shown(100)),
};

const option = z
  .strictObject({
    ...described,
    type: z.number().int().min(1).max(11),
    required: z.boolean().optional(),
    choices: z.array(choice).max(25).optional(),
    min_value: z.number().optional(),
    max_value: z.number().optional(),
    min_length: z.number().min(0).max(6_000).optional(),
    max_length: z.number().min(1).max(6_000).optional(),
    autocomplete: z.boolean().optional(),
    file_types: z
      .array(z.string().regex(/^(?:image|video|audio|\.[a-z0-9]{1,10})$/))
      .min(1)
      .max(10)
      .optional(),
  })
  .refine(({ type, file_types }) => file_types === undefined || type === 11, 'is no attachment');

const common = {
  contexts: z.array(z.number().min(0).max(2)).optional(),
  integration_types: z.array(z.number().min(0).max(1)).optional(),
  default_member_permissions: z.string().regex(/^\d+$/).nullish(),
};

const commands = z.array(
  z.discriminatedUnion('type', [
    z.strictObject({
      ...described,
      ...common,
      type: z.literal(1),
      options: z.array(option).max(25).optional(),
    }),
    z.strictObject({
      name: shown(32),
      name_localizations: inLanguages(shown(32)),
      ...common,
      type: z.literal(3),
    }),
  ]),
);

/** Each breach in words; none: Discord takes them. */
export function commandErrors(body: unknown): string[] {
  const { error, data = [] } = commands.safeParse(body);
  const twice = (list: readonly string[]) => list.filter((it, at) => list.indexOf(it) !== at);
  const names = [
    ...twice(data.map(({ type, name }) => `${type} ${name}`)),
    ...data.flatMap((it) => ('options' in it ? twice((it.options ?? []).map((o) => o.name)) : [])),
  ];
  return [
    ...(error?.issues ?? []).map(
      ({ path, message }) => `${path.map(String).join('.')}: ${message}`,
    ),
    ...names.map((name) => `${name} occurs twice`),
  ];
}

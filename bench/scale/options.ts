/** What `node bench/scale.ts` may be told, and what it does by itself. */
import { parseArgs } from 'node:util';
import { z } from 'zod';

export const PARTS = ['talk', 'idle', 'finished', 'steps'] as const;
export type Part = (typeof PARTS)[number];

const count = z.coerce.number().int().min(1);

const shape = z.object({
  only: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(PARTS))),
  replicas: count,
  workspaces: count,
  threads: count,
  conversations: count,
  'at-once': count,
  places: count,
  idle: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.coerce.number<string>().int().min(1))),
  finished: count,
  claims: count,
  fsync: z.enum(['on', 'off']),
  minutes: count,
});
export type Options = z.infer<typeof shape>;

const DEFAULTS: z.input<typeof shape> = {
  only: PARTS.join(),
  replicas: '3',
  workspaces: '300',
  threads: '2000',
  conversations: '10000',
  'at-once': '48',
  places: '200',
  idle: '8,50,200',
  finished: '1000000',
  claims: '1000',
  fsync: 'on',
  minutes: '60',
};

export function readOptions(argv: readonly string[]): Options {
  const options = Object.fromEntries(
    Object.entries(DEFAULTS).map(([name, value]) => [
      name,
      { type: 'string' as const, default: String(value) },
    ]),
  );
  const { values } = parseArgs({ args: [...argv], options });
  return shape.parse(values);
}

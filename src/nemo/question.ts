/** The agent's own question to the person, out of a tool call's arguments. */
import { z } from 'zod';
import type { Question } from './agent-event.ts';

const option = z.union([
  z.string(),
  z.object({ label: z.string() }).transform(({ label }) => label),
  z.object({ text: z.string() }).transform(({ text }) => text),
]);

const one = z
  .object({
    prompt: z.string().optional().catch(undefined),
    question: z.string().optional().catch(undefined),
    options: z.array(option).catch([]),
  })
  .transform(({ prompt, question, options }) => ({ prompt: prompt ?? question ?? '', options }));

const shape = z.object({
  title: z.string().optional().catch(undefined),
  questions: z.array(one).min(1),
});

/** Undefined: another tool, or nothing that can be asked. */
export function readQuestion(tool: string, args: unknown): Question | undefined {
  if (tool !== 'ask_question') return undefined;
  const several = shape.safeParse(args);
  if (several.success) return several.data;
  const single = one.safeParse(args);
  return single.success && single.data.prompt !== '' ? { questions: [single.data] } : undefined;
}

/** A plan in words for the agent, and what each file is for as people read it. Pure. */
import { localeFor } from '../../locales/locales.ts';
import type { Attachment } from '../../platforms/chat.ts';
import type { FileResult } from '../material/file-result.ts';
import { leftOut, type Plan, type PlannedFile } from './plan.ts';

/** Only what stands in none of the person's own messages; empty where that is nothing. */
export function decisionsOf(plan: Plan, language: string): string {
  const says = localeFor(language).agent.plan;
  const { seconds, shape, music, title } = plan.wishes;
  const out = plan.several ? [] : leftOut(plan);
  const scenes = out.map((number) => ({ number, words: plan.parts[number - 1]?.text ?? '' }));
  const decided = (wish: Plan['decided'][number]) => plan.decided.includes(wish);
  const lines = [
    scenes.length > 0 ? says.leftOut(scenes) : undefined,
    decided('seconds') && seconds !== undefined ? says.seconds(seconds) : undefined,
    decided('shape') && shape !== undefined ? says.shape(shape) : undefined,
    decided('music') && music !== undefined ? says.music(music) : undefined,
    decided('title') && title !== undefined ? says.title(title) : undefined,
    ...plan.added.map(says.added),
  ].filter((line) => line !== undefined);
  return lines.length === 0 ? '' : [says.decided, ...lines].join('\n');
}

const SPOKEN = { script: 'spoken-script', message: 'spoken-message', music: 'music' } as const;

export function plannedFile({ name }: Attachment, result: FileResult | undefined): PlannedFile {
  const { uploaded, script, said } = result ?? {};
  if (script) return { name, use: 'script' };
  if (said !== undefined) return { name, use: 'spoken-script' };
  if (uploaded?.voice) return { name, use: SPOKEN[uploaded.voice] };
  return { name, use: uploaded?.kind ?? 'unused' };
}

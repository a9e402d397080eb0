/** In which language the bot speaks: as the person writes, else as the thread has been so far. */

import type { Job } from '../job.ts';
import type { Project } from '../project.ts';
import type { WordsLanguage } from '../words/words.ts';
import { intentOf } from './intent.ts';
import { languageOf, replyLanguage } from './language.ts';

export function languageOfJob(job: Job, project: Project | undefined): WordsLanguage {
  return languageOfText(
    job.message.text,
    job.message.quoted?.text,
    job.message.author.locale,
    project,
  );
}

/** Commands are words of either language and tell nothing when they are Latin ("export" in a Chinese thread). */
function languageOfText(
  text: string,
  quoted: string | undefined,
  locale: string | undefined,
  project: Project | undefined,
): WordsLanguage {
  if (/\p{Script=Han}/u.test(text)) return replyLanguage(languageOf(text));
  const tells = text.trim() !== '' && intentOf(text).type === 'request';
  if (project && !tells) return replyLanguage(project.language);
  if (tells) return replyLanguage(languageOf(text, project?.language));
  if (quoted) return replyLanguage(languageOf(quoted));
  return replyLanguage(locale ?? 'en');
}

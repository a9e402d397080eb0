/** In which language the bot speaks: as the person writes, else as the thread has been so far. */
import type { Locale } from '../../locales/locale.ts';
import { FALLBACK, localeFor } from '../../locales/locales.ts';
import type { Job } from '../job.ts';
import type { Project } from '../project.ts';
import { intentOf, localeOfCommand } from './intent.ts';
import { languageOf } from './language.ts';

export function localeOfJob(job: Job, project: Project | undefined): Locale {
  const { quoted, author } = job.message;
  const text = wordsOf(job.message);
  if (/\p{Script=Han}/u.test(text)) return localeFor(languageOf(text));
  const command = localeOfCommand(text);
  if (command && command !== FALLBACK) return command;
  // English commands tell nothing: "export" is written in a Chinese thread, too.
  const tells = text.trim() !== '' && intentOf(text).type === 'request';
  if (project && !tells) return localeFor(project.language);
  if (tells) return localeFor(languageOf(text, project?.language));
  if (quoted) return localeFor(languageOf(quoted.text));
  return localeFor(author.locale);
}

/** What was spoken tells as much as what was typed, where the platform wrote it down. */
const wordsOf = ({ text, attachments }: Job['message']): string =>
  [text, ...attachments.flatMap(({ voice }) => voice?.transcript ?? [])]
    .filter((words) => words.trim() !== '')
    .join('\n');

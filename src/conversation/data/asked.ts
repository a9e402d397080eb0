/** What somebody asks to be forgotten: the words of a command, and what a button says when it comes back. */
import { LOCALES } from '../../locales/locales.ts';

/** A project, all of a person's, all of a workspace. */
export const SUBJECTS = ['thread', 'mine', 'workspace'] as const;
export type Subject = (typeof SUBJECTS)[number];

/**
 * `at`: when its card was shown, epoch milliseconds; without it the card is what is asked for. `mark` tells the card from
 * others of that moment.
 */
export interface AskedToForget {
  readonly subject: Subject;
  readonly at?: number | undefined;
  readonly mark?: string | undefined;
}

/** Undefined: the words name nothing that there is. Without words it is the project. */
export function subjectIn(words: string | undefined): Subject | undefined {
  const said = words?.trim().toLowerCase() ?? '';
  if (said === '') return 'thread';
  return SUBJECTS.find(
    (subject) =>
      subject === said || LOCALES.some(({ words }) => words.data.subjects[subject].includes(said)),
  );
}

export const writeAsked = ({ subject, at, mark = '' }: AskedToForget): string =>
  at === undefined ? subject : `${subject} ${at.toString(36)}.${mark}`;

/** A client may have made it up: it says what is asked, and nothing of who may. What cannot be read asks for a card. */
export function readAsked(value: string | undefined): AskedToForget {
  const [, named = '', at, mark] =
    /^(\w{1,20})(?: ([0-9a-z]{1,11})\.([0-9a-f]{8}))?$/.exec(value ?? '') ?? [];
  const subject = SUBJECTS.find((known) => known === named);
  if (!subject) return { subject: 'thread' };
  return at === undefined ? { subject } : { subject, at: Number.parseInt(at, 36), mark };
}

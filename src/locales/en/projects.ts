/** Projects: new, old, several at once. */

import type { BatchEntry } from '../../conversation/job.ts';
import { nameInText } from '../../conversation/language/shown-name.ts';

export const projects = {
  batchVideos: (entries: readonly BatchEntry[]) =>
    `I'll make ${entries.length === 1 ? 'one video' : `${entries.length} videos, one after the other`}: ${entries.map((it) => `${it.number}. ${nameInText(it.name)}`).join(' · ')}`,
  batchEntry: (entry: BatchEntry) =>
    `**${entry.number} of ${entry.of} — ${nameInText(entry.name)}.mp4**`,
  batchAbout: (entry: BatchEntry) =>
    `**${entry.number} of ${entry.of} — ${nameInText(entry.name)}**`,
  batchStage: (entry: BatchEntry, stage: string) => `${entry.number} of ${entry.of} · ${stage}`,
  batchDone: (done: number) => `All ${done} videos are done.`,
  batchPartly: (done: number, of: number) =>
    `${done} of ${of} videos ${done === 1 ? 'is' : 'are'} done.`,
  batchLate: (names: readonly string[]) =>
    `Still being rendered: ${names.map(nameInText).join(', ')}. I post it when it is ready.`,
  batchLeft: (names: readonly string[]) =>
    `Not made: ${names.map(nameInText).join(', ')}. Press *Try again* to make what is left.`,
  batchGoesOn: (name: string) =>
    `What you write here now changes the last one, **${nameInText(name)}**.`,
  newStarted: 'A fresh project starts here. Send me a script, a description or files.',
  editorLink: (url: string) =>
    `Open this project in the browser: ${url}\nThe link is for you alone: whoever opens it can take the project over.`,
  noThread: 'I know of no project of yours here. Mention me with a script to begin.',
  inProject: (name: string, link: string | undefined) =>
    link ? `Project “${name}”: ${link}` : `Project “${name}”`,
  otherProjects: 'If you meant another project:',
  whichProject: 'Which project do you mean?',
  whichProjectElsewhere: 'None of them is in this channel. Which project do you mean?',
  commandDone: (what: 'export' | 'new' | 'stop') =>
    ({
      export: 'On it: the export runs in your project’s thread.',
      new: 'On it.',
      stop: 'Stopping…',
    })[what],
};

export type ProjectsWords = typeof projects;

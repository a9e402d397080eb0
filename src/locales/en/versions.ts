/** Finished videos as versions: listed, compared, exported once more. */
import type { Shape } from '../../conversation/video-shape.ts';
import { moment } from './numbers.ts';

const SHAPE: Record<Shape, string> = {
  portrait: 'portrait',
  landscape: 'landscape',
  square: 'square',
};

export const versions = {
  versions: {
    name: (number: number) => `v${number}`,
    named: (name: string, details: string) => `${name} ${details}`.trim(),
    button: 'Versions',
    export: (name: string) => `Export ${name}`,
    compare: (one: number, other: number) => `Compare v${one} and v${other}`,
    none: 'There is no finished video in this thread yet. Say `export` to make one.',
    title: (count: number) =>
      count === 1 ? 'One finished video so far:' : `${count} finished videos, the newest first:`,
    entry: (name: string, when: string, details: string) =>
      `**${name}** · ${when} ${details}`.trim(),
    when: moment,
    more: (count: number) => `+${count} earlier`,
    hint: (name: string) =>
      `To get one once more, say \`export ${name}\` or \`${name} 720p\`; \`compare v1 and v2\` says what changed.`,
    compared: (from: string, to: string) => `What changed from ${from} to ${to}:`,
    nothingToSee: 'Nothing that can be seen on the timeline.',
    notComparable:
      'What changed cannot be told: one of the two is from before I kept what videos are made of.',
    onlyOne: 'There is only one finished video so far, so there is nothing to compare it with.',
    unknown: (name: string, newest: string) =>
      `There is no ${name} in this thread. The newest is ${newest}; say \`versions\` to see them all.`,
    notKept: (name: string, url: string | undefined) =>
      `${name} cannot be rendered once more: what it was made of was not kept.${url ? ` This was its link:\n${url}` : ''}`,
    again: (url: string, details: string) => `✅ Here it is again: ${details}\n${url}`,
    shapeStays: (version: number, shape: Shape) =>
      `A render cannot change the shape, so v${version} stays as it was. To change the present cut, write “make it ${SHAPE[shape]}”.`,
  },
};

export type VersionsWords = typeof versions;

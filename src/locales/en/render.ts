/** Exports, and the files that come of them. */
import { bytes, joined, seconds } from './numbers.ts';

export const render = {
  exportNothing: 'Nothing to export yet: generate something first.',
  lastWords: (text: string) => `NemoVideo said last: “${text}”`,
  videoReady: (url: string | undefined, details: string) =>
    `✅ Video ready!${details ? ` ${details}` : ''}${url ? `\n${url}` : ''}`,
  videoAgain: (url: string, details: string) =>
    `✅ Nothing has changed since this video was made, so here it is again.${details ? ` ${details}` : ''}\n${url}`,
  details: (width: number | undefined, height: number | undefined, length: number | undefined) =>
    joined([
      width && height ? `${width}×${height}` : undefined,
      length ? `${seconds(length)} s` : undefined,
    ]),
  fileTooLarge: (size: number | undefined, limit: number) =>
    size
      ? `The file (${bytes(size)}) is over the ${bytes(limit)} limit here, so here is the link instead.`
      : `The file is over the ${bytes(limit)} limit here, so here is the link instead.`,
  smallerCopy: 'A smaller copy to play here; the full one is behind the link.',
  fileTooLargeHere: 'The file is larger than this place allows, so here is the link instead.',
  fileNotAllowed: 'Files cannot be posted here, so here is the link instead.',
  fileStorageFull: 'The file storage here is full, so here is the link instead.',
  fileNoRoom: 'There is no room here just now to pass the file on, so here is the link instead.',
  fileFailed: 'The file could not be posted here, so here is the link instead.',
  fileThreadGone: 'The thread is out of my reach, so here is the link instead.',
  outputBroken:
    'The video could not be fetched to post it here. The link may still work; sorry for the trouble.',
  outputGone:
    'The video is finished, but its file could not be fetched. Say `export` to render it again.',
  exportFailed: 'Export failed, please try again later.',
  exportFailedUnreadable:
    'Export failed. The project’s timeline is in a form that I cannot read, so I cannot tell whether there is a video in it yet. Ask for the video once more, or try the export again later.',
  exportSlow:
    'The export is taking longer than usual. I keep looking and post the video when it is ready; `export` looks at once.',
  exportLate: 'The export is taking longer than usual. I post this video when it is ready.',
  exportAbandoned: 'The export did not finish within half an hour. Say `export` to try again.',
  planBlocked:
    'Export is not included in the present plan. Register or upgrade your plan to unlock export.',
  planLink: (url: string) => `Register or upgrade your plan here: ${url}`,
};

export type RenderWords = typeof render;

/** The thread in which charts become PNGs. It knows nothing of the bot and may be ended at any moment. */
import { parentPort } from 'node:worker_threads';
import { Resvg } from '@resvg/resvg-js';
import { draw } from './draw.ts';
import type { DrawingJob, DrawingReply } from './drawing-job.ts';
import { type FindFonts, openFonts } from './fonts.ts';
import { markup, type Shape } from './shape.ts';

/** Twice the size at which it is shown; smaller where that is too much to send. */
const SCALES = [2, 1.5, 1];

const opened = new Map<string, FindFonts>();

// The job comes from our own side, with the type it was sent with; only answers are checked.
parentPort?.on('message', (job: DrawingJob) => {
  const reply = replyTo(job);
  parentPort?.postMessage(reply);
});

function replyTo(job: DrawingJob): DrawingReply {
  try {
    return drawn(job);
  } catch (error) {
    return { none: 'failed', why: String(error) };
  }
}

function drawn({ chart, fontFolders, mostBytes }: DrawingJob): DrawingReply {
  const key = JSON.stringify(fontFolders);
  const find = opened.get(key) ?? openFonts(fontFolders);
  opened.set(key, find);
  const picture = draw(chart);
  const fonts = find(wordsIn(picture));
  if (!fonts) return { none: 'no-font', why: 'no font here has all of its signs' };
  const svg = markup(picture);
  for (const value of SCALES) {
    const png = new Resvg(svg, {
      font: {
        fontFiles: [...fonts.files],
        loadSystemFonts: false,
        defaultFontFamily: fonts.family,
        sansSerifFamily: fonts.family,
      },
      fitTo: { mode: 'zoom', value },
    })
      .render()
      .asPng();
    if (png.length <= mostBytes) return { png: new Uint8Array(png) };
  }
  return { none: 'too-large', why: `over ${mostBytes} bytes in any size` };
}

const wordsIn = (shape: Shape): string =>
  shape.tag === 'title'
    ? ''
    : shape.children.map((it) => (typeof it === 'string' ? it : wordsIn(it))).join('');

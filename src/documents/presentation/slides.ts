/** How the slides of a presentation are written: one heading each, then its words in order, then what is said with it. */
import { createOutline } from '../markup/outline.ts';

export interface Slide {
  readonly title: string;
  readonly blocks: readonly SlideBlock[];
  readonly notes: readonly string[];
}

export type SlideBlock =
  /** `level` of an item counts from 0; undefined: a paragraph. */
  | { readonly text: string; readonly level?: number | undefined }
  | { readonly rows: readonly (readonly string[])[] };

/** A talk of a day has a hundred or two. */
export const MOST_SLIDES = 1000;

export function textOfSlides(slides: readonly Slide[]): string {
  return slides
    .map((slide, at) => {
      const heading = `# ${oneLine(slide.title) || at + 1}`;
      const notes = slide.notes.map((note) => `> ${oneLine(note)}`).join('\n');
      return [heading, listed(slide.blocks), notes].filter((part) => part !== '').join('\n\n');
    })
    .join('\n\n');
}

function listed(blocks: readonly SlideBlock[]): string {
  const outline = createOutline();
  let depth = 0;
  const reach = (wanted: number) => {
    for (; depth < wanted; depth += 1) outline.open('ul');
    for (; depth > wanted; depth -= 1) outline.close('ul');
  };
  for (const block of blocks) {
    if ('rows' in block) {
      reach(0);
      writeRows(block.rows);
    } else if (block.level === undefined) {
      reach(0);
      outline.open('p');
      outline.words(block.text);
      outline.close('p');
    } else {
      reach(Math.min(block.level, MOST_LEVELS) + 1);
      outline.open('li');
      outline.words(block.text);
      outline.close('li');
    }
  }
  reach(0);
  return outline.text();

  function writeRows(rows: readonly (readonly string[])[]): void {
    outline.open('table');
    for (const row of rows) {
      outline.open('tr');
      for (const cell of row) {
        outline.open('td');
        outline.words(cell);
        outline.close('td');
      }
      outline.close('tr');
    }
    outline.close('table');
  }
}

/** PowerPoint has nine. */
const MOST_LEVELS = 8;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

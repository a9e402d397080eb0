/** What an empty conversation shows: a greeting and something to begin with. */
import type { PageConfig } from '../wire.ts';
import { el, part } from './dom.ts';
import { markdownView } from './markdown-view.ts';
import { texts } from './texts.ts';

export function drawWelcome(config: PageConfig, propose: (text: string) => void): void {
  const { greeting, examples, tip } = config.texts;
  const chips = examples.map((example) =>
    el(
      'li',
      {},
      el('button', { attrs: { type: 'button' }, on: { click: () => propose(example) } }, example),
    ),
  );
  const notes = el(
    'details',
    {},
    el('summary', {}, texts.moreToTry),
    el('ul', {}, ...config.helpNotes.map((note) => el('li', {}, ...markdownView(note)))),
  );
  part('welcome', HTMLElement).replaceChildren(
    el('img', { attrs: { src: '/page/icon.svg', alt: '', width: 56, height: 56 } }),
    el('h2', {}, texts.welcome),
    el('p', { class: 'greeting' }, greeting),
    el('p', { class: 'label' }, texts.tryThis),
    el('ul', { class: 'examples' }, ...chips),
    el('p', { class: 'tip' }, el('strong', {}, texts.tip), ` ${tip}`),
    ...(config.helpNotes.length > 0 ? [notes] : []),
  );
}

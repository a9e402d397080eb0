/** Wishes for a new video beside its script, each in a field of its own; they are sent as sentences behind the words. */
import { el, part } from './dom.ts';
import { texts } from './texts.ts';

export interface Wishes {
  /** Only a new video is begun with them. */
  offer(isNew: boolean): void;
  /** The words with what is wished, and the fields empty again. */
  take(text: string): string;
}

/** In characters: a wish is no second script. */
const LONGEST = 200;

const NAMES = ['ratio', 'length', 'language', 'voice', 'music', 'style'] as const;

type Field = HTMLSelectElement | HTMLInputElement;

export function createWishes(): Wishes {
  const button = part('wish', HTMLButtonElement);
  const panel = part('wishes', HTMLFieldSetElement);
  const { labels, ratios, lengths, hints } = texts.wishes;
  const fields = {
    ratio: chosen(ratios),
    length: chosen(lengths),
    language: written(hints.language),
    voice: written(hints.voice),
    music: written(hints.music),
    style: written(hints.style),
  } satisfies Record<(typeof NAMES)[number], Field>;
  const rows = NAMES.map((name) => el('label', {}, el('span', {}, labels[name]), fields[name]));
  panel.append(el('legend', { class: 'unseen' }, texts.wish), ...rows);

  function show(isOpen: boolean): void {
    panel.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
  }

  button.addEventListener('click', () => show(panel.hidden === true));
  return {
    offer(isNew) {
      button.hidden = !isNew;
      if (!isNew) show(false);
    },
    take(text) {
      if (button.hidden) return text;
      const said = NAMES.flatMap((name) => {
        const wish = fields[name].value
          .replace(/\s+/g, ' ')
          .trim()
          .replace(/[.。]$/u, '');
        fields[name].value = '';
        return wish === '' ? [] : [texts.wishes.said[name](wish)];
      });
      show(false);
      return [text, said.join('\n')].filter((it) => it.trim() !== '').join('\n\n');
    },
  };
}

/** The first is none. */
const chosen = (options: Readonly<Record<string, string>>): HTMLSelectElement =>
  el(
    'select',
    {},
    el('option', { attrs: { value: '' } }, texts.wishes.any),
    ...Object.entries(options).map(([value, name]) => el('option', { attrs: { value } }, name)),
  );

const written = (placeholder: string): HTMLInputElement =>
  el('input', { attrs: { type: 'text', maxlength: LONGEST, placeholder } });

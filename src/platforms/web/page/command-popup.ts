/** The list of commands over the message box, in the manner of a combobox (WAI-ARIA APG). */
import { completions, type SlashName } from './commands.ts';
import { el, part } from './dom.ts';
import { texts } from './texts.ts';

export interface CommandPopup {
  /** True when the key was meant for the list. */
  takesKey(event: KeyboardEvent): boolean;
}

export function createCommandPopup(
  box: HTMLTextAreaElement,
  onChosen: (name: SlashName) => void,
): CommandPopup {
  const list = part('commands', HTMLElement);
  let offered: readonly SlashName[] = [];
  let marked = 0;

  function offer(names: readonly SlashName[]): void {
    offered = names;
    marked = 0;
    draw();
  }

  function draw(): void {
    const isOpen = offered.length > 0;
    list.hidden = !isOpen;
    if (isOpen) box.setAttribute('aria-activedescendant', `command-${offered[marked]}`);
    else box.removeAttribute('aria-activedescendant');
    list.replaceChildren(
      ...offered.map((name, index) =>
        el(
          'div',
          {
            attrs: {
              id: `command-${name}`,
              role: 'option',
              'aria-selected': String(index === marked),
            },
            // Before the box loses the focus.
            on: {
              pointerdown: (event) => {
                event.preventDefault();
                choose(name);
              },
            },
          },
          el('code', {}, `/${name}`),
          el('span', {}, texts.command[name]),
        ),
      ),
    );
  }

  function choose(name: SlashName | undefined): void {
    offer([]);
    if (name) onChosen(name);
  }

  box.addEventListener('input', () => offer(completions(box.value)));
  box.addEventListener('blur', () => offer([]));

  return {
    takesKey({ key, shiftKey }) {
      if (offered.length === 0) return false;
      if (key === 'Escape') offer([]);
      else if (key === 'ArrowDown' || key === 'ArrowUp') {
        const step = key === 'ArrowDown' ? 1 : -1;
        marked = (marked + step + offered.length) % offered.length;
        draw();
      } else if ((key === 'Enter' || key === 'Tab') && !shiftKey) choose(offered[marked]);
      else return false;
      return true;
    },
  };
}

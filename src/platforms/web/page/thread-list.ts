/** The list of videos at the side; on a phone it is a drawer. */
import type { WireThread } from '../wire.ts';
import { el, part } from './dom.ts';
import { shortDate, texts } from './texts.ts';

export interface ThreadList {
  show(thread: WireThread): void;
  select(id: string | undefined): void;
  title(id: string): string | undefined;
}

export function createThreadList(): ThreadList {
  const drawer = part('drawer', HTMLElement);
  const list = part('threads', HTMLElement);
  const open = part('open-drawer', HTMLButtonElement);
  const close = part('close-drawer', HTMLButtonElement);
  const backdrop = part('backdrop', HTMLElement);
  const empty = part('no-threads', HTMLElement);
  const narrow = matchMedia('(max-width: 760px)');
  const threads = new Map<string, WireThread>();
  let selected: string | undefined;

  function setOpen(isOpen: boolean): void {
    drawer.classList.toggle('open', isOpen);
    backdrop.hidden = !isOpen;
    // Out of sight is out of reach, for the keyboard and for screen readers too.
    drawer.inert = narrow.matches && !isOpen;
    open.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) close.focus();
  }
  open.addEventListener('click', () => setOpen(true));
  for (const way of [close, backdrop]) {
    way.addEventListener('click', () => {
      setOpen(false);
      open.focus();
    });
  }
  drawer.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !narrow.matches) return;
    setOpen(false);
    open.focus();
  });
  drawer.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('a')) setOpen(false);
  });
  narrow.addEventListener('change', () => setOpen(false));
  setOpen(false);

  function draw(): void {
    const newestFirst = [...threads.values()].sort((a, b) => b.activeAt - a.activeAt);
    list.replaceChildren(
      ...newestFirst.map((thread) =>
        el(
          'li',
          {},
          el(
            'a',
            {
              attrs: {
                href: `#${thread.id}`,
                'aria-current': thread.id === selected ? 'page' : undefined,
                title: shortDate(thread.activeAt),
              },
            },
            el('span', { class: 'title' }, thread.title || texts.newVideo),
          ),
        ),
      ),
    );
    empty.hidden = threads.size > 0;
  }
  draw();

  return {
    show(thread) {
      const known = threads.get(thread.id);
      if (known && known.seq >= thread.seq) return;
      threads.set(thread.id, thread);
      draw();
    },
    select(id) {
      selected = id;
      draw();
    },
    title: (id) => threads.get(id)?.title,
  };
}

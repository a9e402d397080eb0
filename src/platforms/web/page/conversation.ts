/** The open conversation: its messages in order, kept up to date, and scrolled as one would expect. */
import type { WireMessage } from '../wire.ts';
import { createMessageView, type MessageActions, type MessageView } from './message-view.ts';

export interface Conversation {
  /** Adds the message, or brings it up to date; older versions are ignored. */
  show(message: WireMessage): void;
  fail(id: string, sentence: string): void;
  clear(): void;
  isEmpty(): boolean;
  oldest(): number | undefined;
  /** Of a message that is on the page. */
  elementOf(id: string): HTMLElement | undefined;
}

/** So close to the end, in pixels, the person is reading the newest messages. */
const NEAR = 120;

export function createConversation(
  place: {
    readonly list: HTMLElement;
    readonly scroller: HTMLElement;
    readonly toNewest: HTMLElement;
  },
  actions: MessageActions,
): Conversation {
  const { list, scroller } = place;
  const views = new Map<string, MessageView>();
  let follows = true;

  const toNewest = () => {
    follows = true;
    scroller.scrollTop = scroller.scrollHeight;
  };
  const atEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;

  let height = 0;
  scroller.addEventListener('scroll', () => {
    // Only the person's own scrolling counts: growing content moves the end away as well.
    if (scroller.scrollHeight === height) follows = atEnd();
    height = scroller.scrollHeight;
    place.toNewest.hidden = follows || atEnd();
  });
  place.toNewest.addEventListener('click', toNewest);
  // Pictures and videos grow when they are loaded; the composer grows with what is typed.
  const watcher = new ResizeObserver(() => {
    height = scroller.scrollHeight;
    if (follows) toNewest();
    place.toNewest.hidden = follows || atEnd();
  });
  watcher.observe(list);
  watcher.observe(scroller);

  function show(message: WireMessage): void {
    const known = views.get(message.id);
    if (message.deleted) {
      known?.element.remove();
      views.delete(message.id);
    } else if (!known) {
      const view = createMessageView(message, actions);
      views.set(message.id, view);
      insert(view);
      if (message.author === 'you') follows = true;
    } else if (message.seq >= known.message.seq) {
      const moved = message.position !== known.message.position;
      known.update(message);
      if (moved) insert(known);
    }
    if (follows) toNewest();
  }

  function insert(view: MessageView): void {
    const { position } = view.message;
    let after = list.lastElementChild;
    while (after && after !== view.element && positionOf(after) > position)
      after = after.previousElementSibling;
    if (after === view.element) return;
    if (after) after.after(view.element);
    else list.prepend(view.element);
  }

  const positionOf = (element: Element): number =>
    views.get(element.getAttribute('data-id') ?? '')?.message.position ?? 0;

  return {
    show,
    fail: (id, sentence) => {
      const view = views.get(id);
      if (view) view.update(view.message, sentence);
    },
    clear: () => {
      views.clear();
      list.replaceChildren();
      toNewest();
    },
    elementOf: (id) => views.get(id)?.element,
    isEmpty: () => views.size === 0,
    oldest: () => {
      const first = list.firstElementChild;
      return first ? positionOf(first) : undefined;
    },
  };
}

/**
 * One message on the page. It is updated part by part: a status that changes every few seconds must
 * not take the keyboard focus from its button, and a video must not stop playing.
 */
import type { Button } from '../../chat.ts';
import type { WireMessage } from '../wire.ts';
import { type Child, el, icon } from './dom.ts';
import { drawingView } from './drawing-view.ts';
import { markdownView } from './markdown-view.ts';
import { fileView } from './message-files.ts';
import { texts, timeOfDay } from './texts.ts';

export interface MessageActions {
  press(message: WireMessage, button: number, pressed: Button): void;
  sendAgain(message: WireMessage): void;
  /** Puts words into the composer. */
  propose(words: string): void;
}

export interface MessageView {
  readonly element: HTMLElement;
  readonly message: WireMessage;
  update(message: WireMessage, failure?: string): void;
}

const REACTIONS = {
  seen: { sign: '👀', label: texts.seen },
  queued: { sign: '🕓', label: texts.queued },
  thanks: { sign: '❤️', label: texts.thanks },
  noted: { sign: '👍', label: texts.noted },
} as const;

export function createMessageView(first: WireMessage, actions: MessageActions): MessageView {
  let message = first;
  let failure: string | undefined;
  const element = el('article', { attrs: { 'data-id': first.id } });
  const body = el('div', { class: 'body' });

  const parts = [
    part(element, 'head', (m) => JSON.stringify([m.private, m.kind]), head),
    part(body, 'text', (m) => JSON.stringify([m.text, m.mentionsYou, m.status]), words),
    part(
      body,
      'files',
      (m) => m.files.map((file) => file.id).join(),
      (m) => m.files.map(fileView),
    ),
    part(
      body,
      'drawn',
      (m) => JSON.stringify(m.drawing ?? null),
      (m) => (m.drawing ? [drawingView(m.drawing, actions.propose)] : []),
    ),
    part(body, 'buttons', (m) => JSON.stringify(m.buttons), buttons),
    part(element, 'foot', (m) => JSON.stringify([m.reactions, m.waiting, failure]), foot),
  ];
  element.lastElementChild?.before(body);

  function update(next: WireMessage, nextFailure?: string): void {
    message = next;
    failure = nextFailure;
    element.className = looksOf(message);
    // A status that is edited every few seconds would talk over everything else.
    if (message.status === 'busy') element.setAttribute('aria-live', 'off');
    else element.removeAttribute('aria-live');
    for (const refresh of parts) refresh();
  }

  /** A part of the message that is drawn anew only when what it shows has changed. */
  function part(
    parent: HTMLElement,
    name: string,
    shows: (m: WireMessage) => string,
    draw: (m: WireMessage) => Child[],
  ) {
    let shown: string | undefined;
    const box = el('div', { class: name });
    parent.append(box);
    return () => {
      const wanted = shows(message);
      if (wanted === shown) return;
      shown = wanted;
      const children = draw(message).filter((child) => child !== undefined && child !== false);
      box.replaceChildren(...children);
      box.hidden = children.length === 0;
    };
  }

  function buttons({ buttons: list }: WireMessage): Child[] {
    return list.map((button, index) =>
      'url' in button.does
        ? el(
            'a',
            {
              class: styleOf(button),
              attrs: {
                href: webAddress(button.does.url),
                target: '_blank',
                rel: 'noopener noreferrer',
              },
            },
            button.label,
            icon('external'),
          )
        : el(
            'button',
            {
              class: styleOf(button),
              attrs: { type: 'button' },
              on: { click: () => actions.press(message, index, button) },
            },
            button.label,
          ),
    );
  }

  function foot({ reactions, waiting }: WireMessage): Child[] {
    const signs = reactions.map((reaction) => {
      const { sign, label } = REACTIONS[reaction];
      return el(
        'span',
        { class: 'reaction', attrs: { role: 'img', 'aria-label': label, title: label } },
        sign,
      );
    });
    if (failure !== undefined) {
      const again = el(
        'button',
        {
          class: 'again',
          attrs: { type: 'button' },
          on: { click: () => actions.sendAgain(message) },
        },
        icon('retry'),
        texts.tryAgain,
      );
      return [
        ...signs,
        el('span', { class: 'failure' }, `${texts.notSent} ${failure}`.trim()),
        again,
      ];
    }
    return waiting ? [...signs, el('span', { class: 'sending' }, texts.sending)] : signs;
  }

  update(first);
  return {
    element,
    get message() {
      return message;
    },
    update,
  };
}

/** "⏳ Still working..." is said to bridge the time and steps back behind the rest. */
const isNotice = (message: WireMessage) =>
  message.author === 'bot' &&
  message.status === undefined &&
  message.files.length === 0 &&
  /^⏳/u.test(message.text);

function looksOf(message: WireMessage): string {
  const looks = ['message', message.author, message.kind];
  if (message.status) looks.push('status', message.status);
  if (message.private) looks.push('private');
  if (message.card) looks.push(message.card, message.buttons.length > 0 ? 'open' : 'over');
  if (isNotice(message)) looks.push('notice');
  return looks.join(' ');
}

function head(message: WireMessage): Child[] {
  const who = message.author === 'bot' ? texts.bot : texts.you;
  const time = el(
    'time',
    { attrs: { datetime: new Date(message.at).toISOString() } },
    timeOfDay(message.at),
  );
  const mark =
    message.private && message.author === 'bot'
      ? el('span', { class: 'only-you' }, icon('eye'), texts.onlyYou)
      : undefined;
  return [el('span', { class: 'who' }, who), time, mark];
}

function words(message: WireMessage): Child[] {
  if (message.text.trim() === '' && !message.mentionsYou) return [];
  // What the person wrote is shown as written; only the bot speaks Markdown.
  if (message.author === 'you') return [el('p', { class: 'as-written' }, message.text)];
  const blocks = markdownView(message.blocks);
  if (message.status === 'busy')
    blocks.unshift(el('span', { class: 'spinner', attrs: { 'aria-hidden': 'true' } }));
  if (message.mentionsYou) {
    const chip = el('span', { class: 'mention' }, `@${texts.you}`);
    const [opening] = blocks;
    if (opening?.tagName === 'P') opening.prepend(chip, ' ');
    else blocks.unshift(el('p', {}, chip));
  }
  return blocks;
}

const styleOf = (button: Button): string => `button ${button.style ?? 'plain'}`;

/** Anything but a web address leads nowhere. */
const webAddress = (url: string): string | undefined =>
  /^https?:\/\//i.test(url) ? url : undefined;

/** The port's messages as Discord's. Pure. */

import { ButtonStyle, ComponentType } from 'discord.js';
import type { Button, OutgoingMessage, ThreadRef } from '../chat.ts';
import { showAddresses } from '../shared/show-addresses.ts';
import { splitText } from '../shared/split-text.ts';
import { customId, valueKey } from './custom-ids.ts';

/** Body of a create or edit call. */
export interface Body {
  readonly content: string;
  readonly components: readonly Row[];
  readonly allowed_mentions: {
    readonly parse: readonly never[];
    readonly users: readonly string[];
  };
}

interface Row {
  readonly type: ComponentType.ActionRow;
  readonly components: readonly RenderedButton[];
}

interface RenderedButton {
  readonly type: ComponentType.Button;
  readonly style: ButtonStyle;
  readonly label: string;
  readonly url?: string;
  readonly custom_id?: string;
}

export interface Rendered {
  /** Never empty; the last one carries the buttons. */
  readonly parts: readonly [Body, ...Body[]];
  /** Texts that the buttons stand for, by the key in their ids. */
  readonly values: ReadonlyMap<string, string>;
}

export const LONGEST_TEXT = 2_000;
const LONGEST_LABEL = 80;
const BUTTONS_PER_ROW = 5;
const MOST_BUTTONS = 25;

/** `thread` is what the buttons are about; `mark` is hidden in them, so that the message can be found again. */
export function render(
  message: OutgoingMessage,
  thread: ThreadRef | undefined,
  mark = '',
): Rendered {
  const people = message.mention ?? [];
  const buttons = (message.buttons ?? []).slice(0, MOST_BUTTONS).map(keyed);
  const texts = splitText(withMentions(showAddresses(message.text), people), LONGEST_TEXT);
  const [first = '\u200b', ...rest] = texts;
  const body = (content: string, index: number): Body => ({
    content,
    components: index === Math.max(0, texts.length - 1) ? rows(buttons, thread, mark) : [],
    // Nobody is ever notified but those named here, whatever a text contains.
    allowed_mentions: { parse: [], users: index === 0 ? people : [] },
  });
  return {
    parts: [body(first, 0), ...rest.map((content, index) => body(content, index + 1))],
    values: new Map(buttons.flatMap(({ value }) => (value ? [value] : []))),
  };
}

/** With a button that offers a video of the message `about` to one person. */
export function withMakeButton(
  message: OutgoingMessage,
  label: string,
  about: ThreadRef,
  person: string,
): Body {
  const id = customId({ action: 'make', thread: about, more: person });
  const button = {
    type: ComponentType.Button,
    style: STYLES.primary,
    label,
    custom_id: id,
  } as const;
  const row = { type: ComponentType.ActionRow, components: [button] } as const;
  return { ...render(message, undefined).parts[0], components: [row] };
}

/** A line of its own where the text begins with something that only works at a line's start. */
function withMentions(text: string, people: readonly string[]): string {
  if (people.length === 0) return text;
  const gap = /^\s*(?:[#>`~|•-]|[*+] |\d+[.)])/.test(text) ? '\n' : ' ';
  return `${people.map((id) => `<@${id}>`).join(' ')}${gap}${text}`;
}

interface KeyedButton {
  readonly button: Button;
  /** The text that it stands for, behind its key. */
  readonly value: readonly [key: string, text: string] | undefined;
}

function keyed(button: Button): KeyedButton {
  const { does } = button;
  const text = 'action' in does ? does.value : undefined;
  return { button, value: text === undefined ? undefined : [valueKey(text), text] };
}

function rows(buttons: readonly KeyedButton[], thread: ThreadRef | undefined, mark: string): Row[] {
  const rendered = buttons.map((button, index) => renderButton(button, thread, `${mark}.${index}`));
  return Array.from({ length: Math.ceil(rendered.length / BUTTONS_PER_ROW) }, (_, row) => ({
    type: ComponentType.ActionRow,
    components: rendered.slice(row * BUTTONS_PER_ROW, (row + 1) * BUTTONS_PER_ROW),
  }));
}

function renderButton(
  { button: { label, style, does }, value }: KeyedButton,
  thread: ThreadRef | undefined,
  mark: string,
): RenderedButton {
  const common = {
    type: ComponentType.Button,
    label: label.slice(0, LONGEST_LABEL).toWellFormed(),
  } as const;
  if ('url' in does) return { ...common, style: ButtonStyle.Link, url: does.url };
  const what = { action: does.action, thread: does.about ?? thread, more: value?.[0] };
  return { ...common, style: STYLES[style ?? 'plain'], custom_id: customId(what, mark) };
}

const STYLES = {
  primary: ButtonStyle.Primary,
  danger: ButtonStyle.Danger,
  plain: ButtonStyle.Secondary,
} as const;

/**
 * Messages as Slack takes them. Pure. Prose goes into `markdown` blocks, so that Slack itself renders
 * the agent's Markdown; `text` always says the same, for notifications and screen readers.
 */

import type { types } from '@slack/bolt';
import { unescapeMarkup } from '../../markdown/escape.ts';
import {
  BUTTON_ACTIONS,
  type Button,
  type ButtonAction,
  type FeedbackAsked,
  type OutgoingMessage,
  type Place,
} from '../chat.ts';
import { showAddresses } from '../shared/show-addresses.ts';
import { splitText } from '../shared/split-text.ts';

export interface Rendered {
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

/**
 * Under 4,000, the most that an edit takes as `text`, and far under 12,000 for the markdown blocks of
 * one message. Counted as escaped, so that a text full of "<" still fits.
 */
const PART_LENGTH = 3500;
/** The most that a section holds; for places that know no markdown block. */
const SECTION_LENGTH = 3000;
const MOST_BUTTONS = 25;
const LABEL_LENGTH = 75;
const VALUE_LENGTH = 2000;

const escapedLength = (text: string): number => escapeText(text).length;

/** Where something is said: in a thread, or in a channel outside of all threads. */
export type Spot = Place & { readonly thread?: string | undefined };

/** One message or more, in order; people are mentioned in the first, buttons are under the last. */
export function render(message: OutgoingMessage, ref: Spot): Rendered[] {
  const parts = splitText(showAddresses(message.text), PART_LENGTH, escapedLength);
  const texts = parts.length > 0 ? parts : ['…'];
  return texts.map((text, index) =>
    renderPart(
      text,
      index === 0 ? message.mention : undefined,
      index === texts.length - 1 ? message : {},
      ref,
    ),
  );
}

function renderPart(
  text: string,
  mention: readonly string[] | undefined,
  { buttons, feedback }: Pick<OutgoingMessage, 'buttons' | 'feedback'>,
  ref: Spot,
): Rendered {
  const people = mention?.map((id) => `<@${id}>`).join(' ');
  return {
    text: people ? `${people} ${plainText(text)}` : plainText(text),
    blocks: [
      // What a markdown block makes of <@U…> is not documented; a section is sure to notify.
      ...(people ? [{ type: 'section', text: { type: 'mrkdwn', text: people } } as const] : []),
      { type: 'markdown', text: defuse(text) },
      ...buttonRows(buttons ?? [], ref),
      ...(feedback ? [feedbackRow(feedback, ref)] : []),
    ],
  };
}

const plainText = (text: string): string => escapeText(unescapeMarkup(text));

/** For clients and places that refuse markdown blocks. */
export function renderPlain({ text, blocks }: Rendered): Rendered {
  return {
    text,
    blocks: [
      ...splitText(text, SECTION_LENGTH).map(
        (part): types.SectionBlock => ({ type: 'section', text: { type: 'mrkdwn', text: part } }),
      ),
      ...blocks.filter((block) => block.type === 'actions'),
    ],
  };
}

export const escapeText = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'));

/**
 * Markdown from the backend must not call anybody: an invisible joiner keeps `<!channel>`, `<@U…>` and
 * `<#C…>` from being read as Slack's own signs, in prose as in code.
 */
export const defuse = (text: string): string => text.replace(/<(?=[!@#])/g, '<\u2060');

/** A row's id says which thread it belongs to: a click on an ephemeral message does not. */
function buttonRows(buttons: readonly Button[], ref: Spot): types.ActionsBlock[] {
  const rows = Map.groupBy(buttons.slice(0, MOST_BUTTONS), ({ does }) =>
    rowId(('action' in does ? does.about : undefined) ?? ref),
  );
  return [...rows].map(([block_id, row]) => ({
    type: 'actions',
    block_id,
    elements: row.map((button, index) => renderButton(button, index)),
  }));
}

function renderButton({ label, style, does }: Button, index: number): types.Button {
  const common = {
    type: 'button',
    text: { type: 'plain_text', text: label.slice(0, LABEL_LENGTH), emoji: true },
    ...(style ? { style } : {}),
  } as const;
  return 'url' in does
    ? { ...common, action_id: `${PREFIX}link:${index}`, url: does.url }
    : {
        ...common,
        action_id: `${PREFIX}${does.action}:${index}`,
        ...(does.value ? { value: does.value.slice(0, VALUE_LENGTH) } : {}),
      };
}

/** Of the same thread as the buttons, under an id of its own: no two rows of a message may have one. */
const feedbackRow = ({ good, bad }: FeedbackAsked, ref: Spot): types.ContextActionsBlock => ({
  type: 'context_actions',
  block_id: `${rowId(ref)}:feedback`,
  elements: [
    {
      type: 'feedback_buttons',
      action_id: `${PREFIX}feedback:0`,
      positive_button: thumb(good),
      negative_button: thumb(bad),
    },
  ],
});

const thumb = ({ label, value }: FeedbackAsked['good']) => ({
  text: { type: 'plain_text', text: label.slice(0, LABEL_LENGTH) } as const,
  value,
});

const PREFIX = 'nemo:';
/** Every button of ours. */
export const ANY_BUTTON = /^nemo:/;

/** Undefined for a link, which asks nothing of us. */
export function actionOf(actionId: string): ButtonAction | undefined {
  const [, name] = actionId.split(':');
  return BUTTON_ACTIONS.find((action) => action === name);
}

const rowId = ({ workspace, channel, thread = '' }: Spot): string =>
  `${PREFIX}${workspace}:${channel}:${thread}`;

/**
 * What a row of buttons belongs to: a thread, or its channel alone, where it stands under the answer to a command.
 * Undefined when the id is not of our making.
 */
export function threadOfRow(blockId: string): Spot | undefined {
  const [prefix, workspace, channel, thread] = blockId.split(':');
  if (`${prefix}:` !== PREFIX || !workspace || !channel || thread === undefined) return undefined;
  return { platform: 'slack', workspace, channel, thread: thread || undefined };
}

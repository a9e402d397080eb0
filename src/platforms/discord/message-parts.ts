/**
 * The words of a message that stand outside its text: an app's cards (embeds, text components) and polls. In reading
 * order, without what is a button's or a footer's. Pure.
 */
import { z } from 'zod';
import type { Embed, MessageBody, Poll, PollMedia } from './payloads.ts';

/** As many as Discord allows. */
const MOST_EMBEDS = 10;
const MOST_FIELDS = 25;
const MOST_ANSWERS = 10;

/** `byApp`: undefined where nobody says who wrote it, as in a forward. */
export function partsOf(body: MessageBody, byApp: boolean | undefined): string[] {
  return [
    ...textsIn(body.components ?? []),
    ...body.embeds
      .slice(0, MOST_EMBEDS)
      .filter((embed) => isOwn(embed, body.content, byApp))
      .map(wordsOfEmbed),
    ...(body.poll ? [wordsOfPoll(body.poll)] : []),
  ].filter((text) => text.trim() !== '');
}

/**
 * Clients add an embed for each link that they find in a text: a stranger's page, and not what the person wrote. Some
 * of these are of the same type as an app's own, which only apps can make; in their messages all of that type are.
 */
function isOwn({ type, url }: Embed, content: string, byApp: boolean | undefined): boolean {
  if (type != null && type !== 'rich') return false;
  return byApp === true || !url || !/https?:\/\//i.test(content);
}

function wordsOfEmbed({ author, title, description, fields, url }: Embed): string {
  const lines = [
    author?.name,
    title,
    description,
    ...fields.slice(0, MOST_FIELDS).map(({ name, value }) => `${name}: ${value}`),
    url,
  ];
  return lines.filter((line) => line?.trim()).join('\n');
}

function wordsOfPoll({ question, answers }: Poll): string {
  const options = answers
    .slice(0, MOST_ANSWERS)
    .map(({ poll_media: media }) => `- ${wordsOfMedia(media)}`);
  return [wordsOfMedia(question), ...options].join('\n');
}

/** An emoji of a server's own has an id, and its name is a word of ours to write as they are written in texts. */
function wordsOfMedia({ text, emoji }: PollMedia): string {
  const sign = emoji?.name && (emoji.id ? `:${emoji.name}:` : emoji.name);
  return [sign, text].filter(Boolean).join(' ');
}

const nodeShape = z.object({
  type: z.number(),
  content: z.string().optional(),
  components: z.array(z.unknown()).optional(),
});

const TEXT_DISPLAY = 10;
/** Sections and containers hold texts; a row holds buttons and menus. */
const HOLDERS: ReadonlySet<number> = new Set([9, 17]);
/** Discord allows three. */
const DEEPEST = 5;

/** The texts of a message that is made of components (`IS_COMPONENTS_V2`): it has no `content`. */
function textsIn(components: readonly unknown[], depth = 0): string[] {
  if (depth > DEEPEST) return [];
  return components.slice(0, MOST_COMPONENTS).flatMap((component) => {
    const { data: node } = nodeShape.safeParse(component);
    if (node?.type === TEXT_DISPLAY) return [node.content ?? ''];
    return node && HOLDERS.has(node.type) ? textsIn(node.components ?? [], depth + 1) : [];
  });
}

/** Discord allows forty in all. */
const MOST_COMPONENTS = 40;

/**
 * The channel's brand in the first request of a thread: in words behind the person's own, and its logo as a file of the
 * session. Whether it joins is decided once for a turn, or stands in the plan that is made.
 */
import { Readable } from 'node:stream';
import { LOCALES, localeFor } from '../../locales/locales.ts';
import type { Attachment } from '../../platforms/chat.ts';
import type { SessionId } from '../../runtime/ids.ts';
import { cleanText, normalised } from '../language/intent.ts';
import { mediaUse } from '../material/classify-file.ts';
import { takeFile } from '../material/take-file.ts';
import type { TurnContext } from '../turn-context.ts';
import type { Brand } from './brand-kit.ts';

/** "Without the brand": it stays out of this request. */
export const refusesBrand = (text: string): boolean => {
  const words = normalised(cleanText(text.slice(0, LOOKED_AT)));
  return LOCALES.some(({ wishes }) => wishes.noBrand.test(words));
};
const LOOKED_AT = 20_000;

/** Undefined: there is none, or it does not join. */
export async function brandFor(turn: TurnContext, text: string): Promise<Brand | undefined> {
  const { notes, deps, job } = turn;
  if (notes.brand === false || (notes.brand === undefined && !isFirst(turn))) return undefined;
  const kit = await deps.brands.of(job.message.thread);
  if (!kit || notes.brand) return kit;
  const plan = notes.makes?.plan ?? notes.changes?.plan;
  const joins = plan ? plan.brand !== undefined : !refusesBrand(text);
  await turn.note({ brand: joins });
  return joins ? kit : undefined;
}

/** Nothing has come of the thread yet. */
const isFirst = ({ project }: TurnContext): boolean =>
  project?.lastWords === undefined && project?.changedAt === undefined && !project?.videos;

/** As the plan calls it. */
export const brandName = ({ name, colours = [], ...rest }: Brand): string =>
  name ?? colours[0] ?? rest.voice ?? rest.music ?? rest.intro ?? rest.outro ?? '';

/** For the agent. `logo`: how the session calls it. */
export function brandWords(brand: Brand, logo: string | undefined, language: string): string {
  const says = localeFor(language).agent.brand;
  const { name, colours, intro, outro, voice, music } = brand;
  const lines = [
    name && says.name(name),
    colours && says.colours(colours.join(', ')),
    intro && says.intro(intro),
    outro && says.outro(outro),
    voice && says.voice(voice),
    music && says.music(music),
    logo && says.logo(logo),
  ].filter(Boolean);
  return [says.head, ...lines].join('\n');
}

/** The words about a logo, and its name, are never longer. */
const LONGEST_LOGO = 400;

/** How much of the room of a message it takes, at most. */
export const brandLength = (brand: Brand | undefined, language: string): number =>
  brand ? brandWords(brand, undefined, language).length + LONGEST_LOGO : 0;

/** Brings the logo into the session, once. What cannot be brought is left out: the words stand without it. */
export async function joinedBrand(
  turn: TurnContext,
  brand: Brand,
  { sessionId, language }: { readonly sessionId: SessionId; readonly language: string },
): Promise<string> {
  return brandWords(brand, await logoName(turn, brand, sessionId), language);
}

async function logoName(
  turn: TurnContext,
  { logo }: Brand,
  sessionId: SessionId,
): Promise<string | undefined> {
  if (!logo) return undefined;
  const bytes = await turn.deps.brands.logo(turn.job.message.thread, logo.id);
  if (!bytes) return undefined;
  const use = mediaUse(logo.ending);
  const file: Attachment = {
    id: `brand-logo ${logo.id}`,
    name: `brand-logo.${logo.ending}`,
    bytes: bytes.length,
    mime: use.media.mime,
    locator: {},
  };
  const open = async () => ({ stream: Readable.from([bytes]), bytes: bytes.length });
  const taken = await takeFile(turn, file, { ...use, into: sessionId }, open);
  if (!('uploaded' in taken) || !taken.uploaded) {
    turn.deps.log.warn('a logo could not be brought into the session', { turn: turn.turn.id });
    return undefined;
  }
  const { name, inSession, url } = taken.uploaded;
  return inSession === false && url ? `${name} (${url})` : name;
}

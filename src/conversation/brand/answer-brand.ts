/** Shows a channel's brand to its admins, and changes it as they have filled in or written. */
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Words } from '../../locales/locale.ts';
import {
  type Attachment,
  BRAND_FIELDS,
  type BrandFields,
  type ButtonPress,
  type Command,
  FileUnavailable,
} from '../../platforms/chat.ts';
import type { InteractionContext } from '../interaction.ts';
import { nameInText } from '../language/shown-name.ts';
import { mediaUse } from '../material/classify-file.ts';
import { mediaEndingSeenIn } from '../material/media-signature.ts';
import { type Deps, platformOf } from '../turn-context.ts';
import { type Brand, changedBrand, type Logo, MOST_LOGO_BYTES } from './brand-kit.ts';

export interface BrandOrder {
  readonly type: 'brand';
  /** `logo`: the logo alone. */
  readonly remove?: 'all' | 'logo' | undefined;
  readonly fields?: BrandFields | undefined;
}

/** `name: Tea House; colours: #112233`. Undefined: it is no order about a brand. */
export function brandOrderIn(text: string): BrandOrder | undefined {
  const [, rest] = /^brand(?:\s+([\s\S]*))?$/i.exec(text.trim().slice(0, LONGEST_ORDER)) ?? [];
  if (rest === undefined) return /^brand$/i.test(text.trim()) ? { type: 'brand' } : undefined;
  if (/^remove$/i.test(rest)) return { type: 'brand', remove: 'all' };
  if (/^remove\s+logo$/i.test(rest)) return { type: 'brand', remove: 'logo' };
  const fields: Record<string, string> = {};
  for (const part of rest.split(/[;\n；]/)) {
    const [, name = '', value = ''] = /^\s*(\w+)\s*[:：=]([\s\S]*)$/.exec(part) ?? [];
    const called = name.toLowerCase() === 'colors' ? 'colours' : name.toLowerCase();
    const field = BRAND_FIELDS.find((it) => it === called);
    if (!field && part.trim() !== '') return undefined;
    if (field) fields[field] = value.trim();
  }
  return { type: 'brand', fields };
}

const LONGEST_ORDER = 2_000;

/** Whoever asks is an admin. */
export async function answerBrand(
  { deps, words, event, signal, respond }: InteractionContext<ButtonPress | Command>,
  { remove, fields }: BrandOrder,
): Promise<void> {
  const says = words.brand;
  const { person, channel } = event;
  const given = 'brand' in event ? event.brand : undefined;
  const wanted = given?.fields ?? fields;
  const logo = given?.logo ? await readLogo(deps, event, given.logo, signal) : undefined;
  if (logo === 'refused') return respond({ text: says.logoRefused(MOST_LOGO_BYTES) });
  const isChange = remove !== undefined || wanted !== undefined || logo !== undefined;
  if (!isChange) return respond({ text: shown(words, await deps.brands.of(event)) });
  let isUnclear = false;
  const next = await deps.brands.change(
    event,
    (was) => {
      if (remove === 'all') return undefined;
      const changed = changedBrand(was, wanted ?? {});
      isUnclear = changed === undefined;
      if (!changed) return was;
      if (remove === 'logo') return { ...changed, logo: undefined };
      return logo ? { ...changed, logo: { id: logo.id, ending: logo.ending } } : changed;
    },
    logo,
  );
  if (isUnclear) return respond({ text: says.colourUnclear });
  deps.log.info('an admin has changed a brand', { by: person.id, where: channel });
  await respond({ text: [says.changed, shown(words, next)].join('\n\n') });
}

function shown({ brand: says }: Words, brand: Brand | undefined): string {
  if (!brand) return [says.none, says.hint].join('\n\n');
  const { colours, logo } = brand;
  const facts = BRAND_FIELDS.flatMap((field) => {
    const value = field === 'colours' ? colours?.join(' ') : brand[field];
    return value ? [says.fact(field, nameInText(value))] : [];
  });
  return [says.heading, ...facts, ...(logo ? [says.hasLogo] : []), '', says.hint].join('\n');
}

/** Bounded while it comes: what a client says of its length is a claim. */
async function readLogo(
  deps: Deps,
  place: ButtonPress | Command,
  file: Attachment,
  signal: AbortSignal,
): Promise<Logo | 'refused'> {
  if ((file.bytes ?? 0) > MOST_LOGO_BYTES) return 'refused';
  const { platform, workspace, channel } = place;
  const ref = place.thread ?? { platform, workspace, channel, thread: channel };
  try {
    const { stream } = await platformOf(deps, ref).openFile(ref, file, signal);
    let length = 0;
    stream.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > MOST_LOGO_BYTES) stream.destroy(new FileUnavailable('cut-off', 'too large'));
    });
    const bytes = await buffer(stream);
    const ending = mediaEndingSeenIn(bytes);
    if (ending === undefined || mediaUse(ending).media.kind !== 'image') return 'refused';
    const id = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    return { id, ending, bytes };
  } catch (error) {
    if (!(error instanceof FileUnavailable)) throw error;
    deps.log.info('a logo could not be read', { error });
    return 'refused';
  }
}

/**
 * A channel's brand: what its videos are to look and sound like where nothing else was said. Set by admins; the logo's
 * bytes are kept beside it, since the addresses that chat services give for files expire.
 */
import { z } from 'zod';
import { BRAND_FIELDS, type BrandFields, type Place } from '../../platforms/chat.ts';
import type { State } from '../../state/state.ts';
import { shownName } from '../language/shown-name.ts';

const brand = z.object({
  name: z.string().optional(),
  colours: z.array(z.string()).optional(),
  intro: z.string().optional(),
  outro: z.string().optional(),
  voice: z.string().optional(),
  music: z.string().optional(),
  /** Which of the kept logos is the one; `ending` is that of its kind. */
  logo: z.object({ id: z.string(), ending: z.string() }).optional(),
});
export type Brand = z.infer<typeof brand>;

export interface Logo {
  /** Of its content. */
  readonly id: string;
  readonly ending: string;
  readonly bytes: Buffer;
}

export interface BrandKits {
  of(place: Place): Promise<Brand | undefined>;
  logo(place: Place, id: string): Promise<Buffer | undefined>;
  /**
   * Changes what is there in one step; undefined takes all of it away. A new logo is kept before the brand names it,
   * so that none is named that is not there.
   */
  change(
    place: Place,
    next: (was: Brand) => Brand | undefined,
    logo?: Logo,
  ): Promise<Brand | undefined>;
  /** Those of all channels of the workspace. */
  forget(workspace: Omit<Place, 'channel'>): Promise<void>;
}

export const MOST_LOGO_BYTES = 512 * 1024;
const MOST_COLOURS = 6;
/** In characters. */
const LONGEST_FIELD = 200;
/** Of admins that change it at the same moment each gets through in one of as many tries. */
const TRIES = 20;

export function openBrandKits(state: State): BrandKits {
  const map = state.map('brand', brand);
  const logos = state.map('brand-logo', z.object({ base64: z.string() }));
  const keyOf = ({ platform, workspace, channel }: Place) => `${platform}:${workspace}:${channel}`;
  return {
    of: (place) => map.get(keyOf(place)),
    async logo(place, id) {
      const kept = await logos.get(`${keyOf(place)}:${id}`);
      return kept && Buffer.from(kept.base64, 'base64');
    },
    async change(place, next, logo) {
      const key = keyOf(place);
      const keep = async ({ id, bytes }: Logo) =>
        logos.set(`${key}:${id}`, { base64: bytes.toString('base64') });
      if (logo) await keep(logo);
      for (let tries = 0; tries < TRIES; tries += 1) {
        const was = await map.get(key);
        const now = next(was ?? {});
        const wanted = now && isEmpty(now) ? undefined : now;
        if (!(await map.swap(key, was, wanted))) continue;
        if (was?.logo && was.logo.id !== wanted?.logo?.id)
          await logos.delete(`${key}:${was.logo.id}`);
        // Whoever took the same one away at that moment has taken its bytes, too.
        if (logo && wanted?.logo?.id === logo.id && !(await logos.get(`${key}:${logo.id}`)))
          await keep(logo);
        return wanted;
      }
      throw new Error('too many admins change a brand at the same time');
    },
    async forget({ platform, workspace }) {
      for (const kept of [map, logos])
        for (const key of await kept.keys(`${platform}:${workspace}:`)) await kept.delete(key);
    },
  };
}

const isEmpty = (it: Brand): boolean => Object.values(it).every((value) => value === undefined);

/** Undefined: what stands there as a field cannot be one. */
export function changedBrand(was: Brand, fields: BrandFields): Brand | undefined {
  const next: Brand = { ...was };
  for (const field of BRAND_FIELDS) {
    const written = fields[field];
    if (written === undefined) continue;
    const isNone = written.trim() === '' || written.trim() === '-';
    if (field === 'colours') {
      const colours = coloursIn(written);
      if (!isNone && colours.length === 0) return undefined;
      next.colours = isNone ? undefined : colours;
    } else next[field] = isNone ? undefined : clean(field, written);
  }
  return next;
}

/** On one line, without its full stop, so that it stays the sentence it is put into. */
const clean = (field: string, written: string): string | undefined =>
  (field === 'name'
    ? shownName(written)
    : shownName(written, LONGEST_FIELD, 2 * LONGEST_FIELD).replace(/[.。]$/u, '')) || undefined;

/** "#1a2b3c", "1A2B3C" or "#abc", in the long form. */
function coloursIn(written: string): string[] {
  const found = written
    .slice(0, 400)
    .toLowerCase()
    .split(/[\s,;/，、；]+/)
    .flatMap((word) => {
      const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(word);
      if (short)
        return [
          `#${short
            .slice(1)
            .map((it) => it + it)
            .join('')}`,
        ];
      return /^#?[0-9a-f]{6}$/.test(word) ? [`#${word.replace('#', '')}`] : [];
    });
  return [...new Set(found)].slice(0, MOST_COLOURS);
}

/** As they would be written, for a form. */
export const fieldsOf = (brand: Brand): BrandFields =>
  Object.fromEntries(
    BRAND_FIELDS.flatMap((field) => {
      const value = field === 'colours' ? brand.colours?.join(' ') : brand[field];
      return value === undefined ? [] : [[field, value]];
    }),
  );

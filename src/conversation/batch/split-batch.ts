/**
 * Does one message ask for several videos? Files with an instruction each make a batch; everything
 * that can be inferred is inferred, and what is ambiguous stays one request. Pure.
 */
import { LOCALES } from '../../locales/locales.ts';
import type { Attachment } from '../../platforms/chat.ts';
import { classify } from '../material/classify-file.ts';
import { type Listed, type Point, pointsByName, pointsByNumber } from './batch-points.ts';
import {
  deniesMany,
  listsSteps,
  placesThings,
  showsThem,
  wantsMany,
  wantsOne,
} from './batch-wishes.ts';

export interface BatchItem extends Point {
  /** Indexes into the message's files: the one that this video is about, then those that all share. */
  readonly files: readonly [number, ...number[]];
}

export type BatchFile = Pick<Attachment, 'name' | 'mime' | 'voice'>;

export interface BatchWish {
  readonly text: string;
  /** In the order in which they were sent. */
  readonly files: readonly BatchFile[];
  /** One video for every file, whatever the words say. */
  readonly each?: boolean | undefined;
}

/** Undefined: one request, as usual. */
export function splitBatch({
  text: written,
  files,
  each: chosen,
}: BatchWish): readonly BatchItem[] | undefined {
  const { own, shared } = split(files);
  if (own.length < 2) return undefined;
  const switched = SWITCH.test(written);
  const text = switched ? written.replace(SWITCH, '').trim() : written;
  const names = own.map((index) => files[index]?.name ?? '');
  const points = pointsOf(text, names, chosen === true || switched);
  return points?.map((point, at) => ({ ...point, files: [own[at] ?? 0, ...shared] }));
}

/** Music, and what somebody said, go with every video where there is something else to make videos of. */
function split(files: readonly BatchFile[]): { own: readonly number[]; shared: readonly number[] } {
  const sound = [...files.entries()].filter(([, file]) => isSound(file)).map(([index]) => index);
  const all = [...files.keys()];
  const own = all.filter((index) => !sound.includes(index));
  return own.length > 0 ? { own, shared: sound } : { own: all, shared: [] };
}

function isSound(file: BatchFile): boolean {
  if (file.voice) return true;
  const use = classify(file);
  return use.is === 'media' && use.media.kind === 'audio';
}

/** The option of the command, typed. */
const SWITCH = /(?<![\p{L}\p{N}])each\s*[:=：]\s*(?:true|yes)(?=[\s,;.，。]|$)[,;.]?/iu;

/** In UTF-16 units. What is longer is a script and no list of orders; patterns are not tried on it. */
const LONGEST_ORDER = 6_000;

function pointsOf(
  text: string,
  names: readonly string[],
  each: boolean,
): readonly Point[] | undefined {
  if (text.length > LONGEST_ORDER) return each ? alike(text, '', names.length) : undefined;
  if (!each && deniesMany(text)) return undefined;
  const many = each || wantsMany(text, names.length);
  const isMeant = (list: Listed) => many || !(wantsOne(list.around) || placesThings(list.points));
  const named = pointsByName(text, names);
  if (named && isMeant(named)) return named.points;
  const numbered = pointsByNumber(text, names.length);
  if (numbered && isMeant(numbered) && (many || !listsSteps(numbered.around)))
    return numbered.points;
  return sameForAll(text, names.length, many);
}

/** `each: …`, or one instruction with "one video each". */
function sameForAll(text: string, count: number, many: boolean): readonly Point[] | undefined {
  const marked = MARKED.exec(text);
  const before = marked ? text.slice(0, marked.index).trim() : '';
  if (!many && (!marked || wantsOne(before) || showsThem(marked[1] ?? ''))) return undefined;
  return alike(marked?.[1] ?? text, before, count);
}

const alike = (instruction: string, forAll: string, count: number): readonly Point[] =>
  Array.from({ length: count }, () => ({ instruction: instruction.trim(), forAll }));

const MARKED = new RegExp(
  `^[ \\t]*(?:${LOCALES.map(({ batch }) => batch.marker).join('|')})\\s*[:：]\\s*(\\S[\\s\\S]*)$`,
  'im',
);

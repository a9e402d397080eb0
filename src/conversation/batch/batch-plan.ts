/**
 * Does one message ask for several videos? Files with an instruction each make a batch; everything
 * that can be inferred is inferred, and what is ambiguous stays one request. Pure.
 */
import { mediaKindOf } from '../../nemo/media-kinds.ts';
import { type Point, pointsByName, pointsByNumber } from './batch-points.ts';

export interface BatchItem extends Point {
  /** Indexes into the message's files: the one that this video is about, then those that all share. */
  readonly files: readonly [number, ...number[]];
}

export interface BatchWish {
  readonly text: string;
  /** Names, in the order in which they were sent. */
  readonly files: readonly string[];
  /** One video for every file, whatever the words say. */
  readonly each?: boolean | undefined;
}

/** Undefined: one request, as usual. */
export function planBatch({
  text: written,
  files,
  each: chosen,
}: BatchWish): readonly BatchItem[] | undefined {
  const switched = SWITCH.test(written);
  const each = chosen === true || switched;
  const text = switched ? written.replace(SWITCH, '').trim() : written;
  const { own, shared } = split(files);
  if (own.length < 2) return undefined;
  const names = own.map((index) => files[index] ?? '');
  const points =
    pointsByName(text, names) ??
    (each || !speaksOfOne(text) ? pointsByNumber(text, own.length) : undefined) ??
    sameForAll(text, own.length, each);
  return points?.map((point, at) => ({ ...point, files: [own[at] ?? 0, ...shared] }));
}

/** Music goes with every video where there is something else to make videos of. */
function split(files: readonly string[]): { own: readonly number[]; shared: readonly number[] } {
  const all = files.map((_, index) => index);
  const isAudio = (index: number) => mediaKindOf(files[index] ?? '')?.kind === 'audio';
  const own = all.filter((index) => !isAudio(index));
  return own.length >= 2 ? { own, shared: all.filter(isAudio) } : { own: all, shared: [] };
}

/** The option of the command, typed. */
const SWITCH = /(?<![\p{L}\p{N}])each\s*[:=：]\s*(?:true|yes|on)(?![\p{L}\p{N}])[,;.]?/iu;

/** A list under "make a video of these:" holds the scenes of one video. */
function speaksOfOne(text: string): boolean {
  const intro = text.split(/^\s*1\s*[.)、．:：]/m)[0] ?? '';
  return ONE_VIDEO.test(intro) && !EACH.test(intro);
}

const ONE_VIDEO = new RegExp(
  [
    "\\b(?:an?|one|1|this|the|my|our|single)(?: [\\p{L}\\p{N}'’-]+){0,3} (?:video|film|clip|short|reel|movie|slideshow|ad|advert|trailer|story|montage)\\b",
    '\\b(?:combine|merge|together)\\b|\\bscenes?\\b|\\bstoryboard\\b',
    '一(?:个|段|条|支|部)[^，。\\n]{0,8}(?:视频|短片|片子|影片)|合成|拼接|分镜|场景|幻灯片',
  ].join('|'),
  'iu',
);
const EACH = /\b(?:each|every|per|respectively)\b|每|各|分别/iu;

/** `each: …`, or one instruction with "one video each". */
function sameForAll(text: string, count: number, each: boolean): readonly Point[] | undefined {
  const marked = MARKED.exec(text);
  if (!marked && !each && !ONE_EACH.test(text)) return undefined;
  const point = {
    instruction: (marked?.[1] ?? text).trim(),
    forAll: marked ? text.slice(0, marked.index).trim() : '',
  };
  return Array.from({ length: count }, () => point);
}

const MARKED =
  /^[ \t]*(?:(?:for )?each(?: (?:one|file|image|photo|clip|script))?|每个(?:文件)?|各自|分别)\s*[:：]\s*(\S[\s\S]*)$/im;

const ONE_EACH = new RegExp(
  [
    '\\b(?:one|a|an own|its own|a separate|separate) videos? (?:for |from |of |per )?(?:each|every|per)\\b',
    '\\b(?:one|a|its own|a separate|separate) videos? (?:each|apiece)\\b',
    '\\beach (?:one |file |image |photo |clip |script |document |of (?:them|these) )?(?:as|into|in|gets?|becomes?) (?:a|an|its|one)(?: own| separate)? video\\b',
    '\\bvideos? (?:for|from|per) each\\b',
    '(?:每|各)(?:个|张|段|份|一)?(?:文件|图片|照片|片段|脚本|文档)?(?:各|都)?(?:做|生成|制作|变)?成?一(?:个|段|条)(?:单独的|独立的)?视频',
    '分别(?:做|生成|制作)成?(?:一(?:个|段|条))?视频',
  ].join('|'),
  'i',
);

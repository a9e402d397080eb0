/**
 * One video or several? What the words around a list, or a message without one, say about that, in English and in
 * Chinese. A batch that was not meant costs several generations, so that doubt means one. Pure.
 */
import { simplified } from '../language/han-fold.ts';

const any = (...parts: readonly string[]): RegExp => new RegExp(parts.join('|'), 'iu');

const NUMBERS = ['', '', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const HAN_NUMBERS = ['', '', '[两二]', '三', '四', '五', '六', '七', '八', '九', '十'];

const SOURCE = '(?:one|file|image|photo|picture|clip|script|document|page|product)';
const FILM_ZH = '(?:视频|短片|影片|片子)';
const SOURCE_ZH = '(?:文件|图片?|照片|片段|脚本|文档|素材)';

const MANY = any(
  `\\b(?:one|a|an|own|separate) (?:[\\p{L}\\p{N}-]+ ){0,3}(?:videos?|films?) (?:(?:for )?(?:each|every)|(?:from|of) (?:each|every)(?! of)|apiece|per ${SOURCE})\\b`,
  '\\b(?:separate|individual|different) (?:videos|films|shorts|reels)\\b',
  `\\bone (?:each|per ${SOURCE})\\b|\\beach ${SOURCE} separately\\b`,
  `\\b(?:one|a|an|own|separate) (?:clips?|shorts?|reels?) (?:for each|per) ${SOURCE}\\b|\\bone (?:clip|short|reel) (?:each|apiece)\\b`,
  `\\b(?:each|every)(?: ${SOURCE}| of (?:them|these|the files))? (?:should |must |can |to )?(?:be |is |become |becomes |gets? |as |into |in )(?:a|an|its|one) (?:[\\p{L}\\p{N}-]+ ){0,3}(?:video|film|clip|short|reel)\\b`,
  '\\bvideos? (?:for|from|per) each\\b|\\b(?:videos?|films?) (?:each|apiece)\\b',
  `(?:每|各)(?:个|张|段|份|一|幅)?${SOURCE_ZH}?(?:都|各自|各|单独|分别)*(?:(?:做|生成|制作|变|剪)(?:成|出)?一?(?:个|段|条|支)?|一(?:个|段|条|支))(?:[^，。\\n]{0,6})?${FILM_ZH}`,
  `分别(?:为|给|把|用)[^，。\\n]{0,10}(?:做|生成|制作)(?:成|出)?[^，。\\n]{0,4}${FILM_ZH}|一图一(?:个)?${FILM_ZH}`,
  `分别(?:做|生成|制作)(?:成|出)?(?:[一两二三四五六七八九十\\d]+(?:个|段|条|支))?${FILM_ZH}`,
  `一(?:张|个|份)${SOURCE_ZH}(?:做|对应)?一(?:个|段|条|支)${FILM_ZH}`,
);

/** "Make three videos" says so where three files came; "combine these three videos" speaks of the files. */
function countsThem(text: string, count: number): boolean {
  const english = `(?:${count}|${NUMBERS[count] ?? count})`;
  const chinese = `(?:${count}|${HAN_NUMBERS[count] ?? count})`;
  return any(
    `\\b(?:make|create|generate|produce|want|need|into)(?: me| us)? ${english} (?:[\\p{L}\\p{N}-]+ ){0,2}(?:videos|films|shorts|reels)\\b`,
    `(?:做|生成|制作|剪|变)(?:成|出)?\\s*${chinese}\\s*(?:个|段|条|支)(?:[^，。\\n]{0,8})?${FILM_ZH}`,
  ).test(text);
}

/** Several parts that become one, or one for every other thing than the files. */
const JOINS = any(
  '\\binto (?:one|a single)\\b|\\b(?:combined?|merged?|joined?|together|montage|compilation)\\b|\\b(?:side by side|after each other|back to back|all in one)\\b',
  '\\bin (?:the|one|a single) (?:video|film)\\b|\\b(?:each|every) (?:platform|channel|audience|network|friend|client|customer|country|language)\\b',
  '合集|合成|拼接|拼成|合在一起|放在一起|视频里|视频中',
);

export function wantsMany(text: string, count: number): boolean {
  const folded = simplified(text);
  return !JOINS.test(folded) && (MANY.test(folded) || countsThem(folded, count));
}

const DENIES = any(
  `\\b(?:don['’]?t|do not|not|never|instead of|rather than)\\b(?: (?:make|create|do|want|need))?(?: me)? (?:(?:one|a|an|single) (?:[\\p{L}-]+ )?(?:video|film|clip)s? (?:for |from |per )?(?:each|every|apiece|${SOURCE})|(?:separate|individual|several|multiple|many) (?:video|film|clip)s?)`,
  '\\b(?:cost|price|how much)\\b[^\\n]*\\?',
  `(?:不要|别|不是|不用|无需)(?:给|把)?(?:做|生成|制作)?(?:成)?(?:每|各|分别)[^，。\\n]{0,8}(?:${FILM_ZH}|一个)|多少(?:钱|积分)`,
);

/** "Don't make one video each", or a question about it. */
export const deniesMany = (text: string): boolean => DENIES.test(simplified(text));

const ONE = any(
  '\\b(?:video|film|clip|reel|movie|slideshow|montage|trailer|advert)\\b',
  '\\b(?:an?|one|single) (?:[\\p{L}\\p{N}-]+ ){0,3}(?:short|ad|story)\\b',
  '\\b(?:combine|merge|together|both|scenes?|storyboard|in this order)\\b',
  `一(?:个|段|条|支|部)[^，。\\n]{0,20}${FILM_ZH}|(?:做|制作|生成|剪)(?:成)?个[^，。\\n]{0,20}${FILM_ZH}`,
  '合成|拼接|拼成|合在一起|放在一起|分镜|场景|幻灯片|按顺序',
);
const EACH = /\b(?:each|every|per|respectively)\b|每|各|分别/iu;

/** A list under "make a video of these:" holds the scenes of one video. */
export const wantsOne = (around: string): boolean =>
  ONE.test(simplified(around)) && !EACH.test(around);

/** What is listed are wishes about one thing, or changes to it. */
export const listsSteps = (around: string): boolean =>
  /\b(?:requirements?|steps?|notes?|rules?|wishes|changes?|edits?|instructions|script|plan|i (?:want|need)|add|tell our story|tiktok|promo|vlog|greeting)\b|要求|需求|剪辑|脚本|文案|步骤|说明|修改|注意|事项/iu.test(
    around,
  );

const PLACES =
  /\b(?:before|after|at the (?:very )?(?:start|end|beginning)|in the (?:middle|intro|outro)|(?:the )?(?:intro|outro|opening|ending)\b|first scene|last scene|both|(?:insert|replace|background|logo|watermark)\b)|背景|水印|开头|开场|结尾|片头|片尾|中间|插入|替换|之前|之后/iu;

/** "1. before the intro, 2. at the end": the points say where things go in one video. */
export const placesThings = (points: readonly { readonly instruction: string }[]): boolean =>
  2 * points.filter(({ instruction }) => PLACES.test(instruction)).length >= points.length;

/** "Each photo: three seconds on screen" is about one video. */
export const showsThem = (instruction: string): boolean =>
  /\b(?:on screen|hold(?:s)? for|stays? (?:for|on))\b|停留|显示/iu.test(instruction);

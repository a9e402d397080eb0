import type { Ratio } from './draft.ts';
import { shorten, speakingMs, wordCount } from './text.ts';

export interface Scene {
  readonly text: string;
  /** Milliseconds. */
  readonly d: number;
}

export interface Script {
  readonly title: string;
  readonly scenes: readonly Scene[];
}

const MIN_SCENE_MS = 2000;
const MAX_SCENE_MS = 6000;
/** Longer wishes are cut here: a stand-in should answer in seconds. */
export const MAX_TOTAL_MS = 30_000;
const MAX_SCENES = 15;
const MAX_SCENE_CHARACTERS = 160;
const LONG_SENTENCE_WORDS = 26;
const JOINT = /^(?:a|an|the|of|in|on|at|and|or|to|for|with|is|are|that|from|by)$/i;

const WISH_REST =
  /^(?:\b(?:please|make|keep|use|it|this|in|for|and|with|about|a|the|video|clip|long|format|ratio|size|to|be|should|as|of)\b|请|做成|做|要|时长|画幅|用|个|的|约|长|视频|左右|[\s\p{P}\p{S}])*$/iu;
/** The line that a bot puts before a script it has read from a file. */
const FILE_NAME = /^\S.*\.(?:txt|md|docx|pdf|srt|vtt)\s*[:：]$/i;
/** What a bot says about the material: that it is one of several, or a selection. */
const NOTE =
  /^(?:Make a new, separate video \(\d+ of \d+\)|This was said about all \d+ videos:|The script below is a selection|请另做一个新视频（第|以下是对全部 \d+ 个视频的要求|下面的脚本是从更长的原文中摘选)/;
const TIMECODE =
  /^[[(]?(?:\d+:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?\s*(?:-->|→|-|–)\s*(?:\d+:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?[\])]?\s*:?\s*/;
const LIST_MARK =
  /^(?:#{1,6}\s+|[-*•]\s+|\d{1,2}[.)、]\s*|(?:scene|shot)\s*\d+\s*[:.\-–]\s*|(?:场景|镜头)\s*[\d一二三四五六七八九十]+\s*[：:.、]\s*)/iu;
const SENTENCE = /(?<=[。！？；!?])|(?<=\.["'”’)]?)(?=\s+\S)/u;
const NOT_AN_END = /(?:\b(?:[A-Z]|mr|mrs|ms|dr|st|vs|e\.g|i\.e|etc|no|approx))\.$/i;
const ORDER =
  /^(?:(?:hey|hi|hello|ok|okay)[,!\s]+)?(?:(?:please|can you|could you|i want you to|i want|i need)\s+)*(?:make|create|generate|produce|turn|convert|build)\b[^.!?]*?\b(?:video|clip|short|reel|slideshow|mp4)\b/i;
/** "A 20-second vertical video: …" */
const ORDER_NOUN =
  /^(?:an?\s+)?(?:[\w:-]+\s+){0,5}(?:video|clip|short|reel|slideshow)\b(?=\s*(?::|：|about\b|of\b))/i;
const ORDER_ZH =
  /^(?:请|帮我|麻烦|我想|我要|给我)*(?:用|把|将|根据)?.{0,12}?(?:做|生成|制作|创建|转成|变成|剪).{0,12}?(?:视频|短片|影片|片子|幻灯片)/u;
const TOPIC = /\b(?:about|showing|featuring|introducing)\s+(.{2,})$/i;
const WEAK_TOPIC = /\b(?:on|of|for)\s+(.{2,})$/i;
const WISH =
  /[,，]?\s*(?:\b(?:in|for|with)\s+)?(?:\d{1,3}\s*-?\s*(?:seconds?|secs?|s|minutes?|mins?)\b|\d{1,3}\s*(?:秒|分钟)|9\s*[:：]\s*16|16\s*[:：]\s*9|1\s*[:：]\s*1|\b(?:vertical|portrait|square|horizontal)\b|竖屏|横屏)(?:\s*\b(?:long|format|video)\b)?/giu;
const TOPIC_ZH = /(?:关于|介绍|讲述|展示|主题是|主题为)\s*(.+?)的?(?:视频|短片|影片|片子)?$/u;

/**
 * Reads a message as a script: orders to the editor ("make a 20-second video from this:") are left
 * out, the rest becomes scenes. No scenes means that the message brought no material.
 */
export function readScript(message: string, seconds?: number): Script {
  const all = message.split(/\r?\n/).map((line) => line.trim());
  // Where there are documents, they are the script, and what stands above them says how it is to be made.
  const documents = all.findIndex((line) => FILE_NAME.test(line));
  const lines = all.slice(Math.max(0, documents)).filter((line) => !NOTE.test(line));
  const heading = lines.find((line) => /^#{1,6}\s+\S/.test(line))?.replace(/^#+\s+/, '');
  const sentences: string[] = [];
  let topic: string | undefined;
  for (const line of lines) {
    const bare = line.replace(TIMECODE, '').replace(LIST_MARK, '').trim();
    // A bare cue number of a subtitle file, or a rule.
    if (bare === '' || /^[\d\s\p{P}\p{S}]+$/u.test(bare)) continue;
    if (bare === heading || FILE_NAME.test(bare)) continue;
    for (const sentence of splitSentences(bare)) {
      if (isWish(sentence)) continue;
      const order = readOrder(sentence);
      if (!order) sentences.push(...splitLong(sentence));
      else if (order.rest) sentences.push(...splitLong(order.rest));
      else topic ??= order.topic;
    }
  }
  if (sentences.length === 0 && topic !== undefined) sentences.push(...topicScenes(topic));
  const texts = condense(sentences).map((text) => shorten(text, MAX_SCENE_CHARACTERS));
  const title = deriveTitle(heading ?? topic ?? texts[0] ?? '');
  return { title, scenes: pace(texts, seconds) };
}

/** Length and shape that a message asks for. */
export function readWishes(message: string): { seconds?: number; ratio?: Ratio } {
  const seconds = /(\d{1,3})\s*-?\s*(?:seconds?\b|secs?\b|s\b|秒)/i.exec(message)?.[1];
  const minutes = /(\d{1,2})\s*-?\s*(?:minutes?\b|mins?\b|分钟)/i.exec(message)?.[1];
  const ratio = readRatio(message);
  const wished = seconds ? Number(seconds) : minutes ? Number(minutes) * 60 : 0;
  return { ...(wished > 0 && { seconds: wished }), ...(ratio && { ratio }) };
}

export function readRatio(message: string): Ratio | undefined {
  if (/\b9\s*[:x：]\s*16\b|\bvertical\b|\bportrait\b|竖屏|竖版|竖着/iu.test(message)) return '9:16';
  if (/\b1\s*[:x：]\s*1\b|\bsquare\b|方形|正方形/iu.test(message)) return '1:1';
  if (
    /\b16\s*[:x：]\s*9\b|\bhorizontal\b|\blandscape (?:format|mode|video)\b|横屏|横版/iu.test(
      message,
    )
  ) {
    return '16:9';
  }
  return undefined;
}

/** "Make it 20 seconds, vertical please." */
function isWish(sentence: string): boolean {
  const rest = sentence.replace(WISH, ' ');
  return rest !== sentence && WISH_REST.test(rest);
}

function splitSentences(line: string): string[] {
  const sentences: string[] = [];
  for (const piece of line.split(SENTENCE)) {
    const last = sentences.at(-1);
    if (last !== undefined && NOT_AN_END.test(last)) {
      sentences[sentences.length - 1] = `${last}${piece}`;
    } else sentences.push(piece.trim());
  }
  return sentences
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/** What an order leaves over: the text behind its colon, or the topic it names. */
function readOrder(sentence: string): { rest?: string; topic?: string } | undefined {
  const order = ORDER.exec(sentence) ?? ORDER_NOUN.exec(sentence) ?? ORDER_ZH.exec(sentence);
  if (!order) return undefined;
  const behind = sentence.slice(order[0].length);
  const rest = /[:：]\s*(?!\d)(.+)$/su.exec(behind)?.[1]?.trim();
  if (rest) return { rest };
  const clean = sentence.replace(/[.!?。！？:：]+$/u, '');
  const named = TOPIC.exec(clean) ?? WEAK_TOPIC.exec(clean) ?? TOPIC_ZH.exec(clean);
  const topic = named?.[1]?.replace(WISH, '').trim();
  return topic && !/^(?:this|it|these|that|my)\b/i.test(topic) ? { topic } : {};
}

function topicScenes(topic: string): string[] {
  return /\p{Script=Han}/u.test(topic)
    ? [topic, `走近${topic}`, '感谢观看']
    : [capitalise(topic), `A closer look at ${topic}`, 'See you next time'];
}

/** A sentence too long for one scene is cut at the comma nearest to its middle. */
function splitLong(sentence: string): string[] {
  if (wordCount(sentence) <= LONG_SENTENCE_WORDS) return [sentence];
  const middle = sentence.length / 2;
  let cut = -1;
  for (const comma of sentence.matchAll(/[,;，；、:：—]\s*/gu)) {
    const end = comma.index + comma[0].length;
    if (cut < 0 || Math.abs(end - middle) < Math.abs(cut - middle)) cut = end;
  }
  if (cut <= 0 || cut >= sentence.length) return [sentence];
  return [sentence.slice(0, cut), sentence.slice(cut)]
    .map((part) => part.replace(/[,;，；、:：—\s]+$/u, '').trim())
    .flatMap(splitLong);
}

/** Too many sentences for one clip: an even choice that keeps the first and the last. */
function condense(sentences: readonly string[]): readonly string[] {
  if (sentences.length <= MAX_SCENES) return sentences;
  const step = (sentences.length - 1) / (MAX_SCENES - 1);
  return Array.from({ length: MAX_SCENES }, (_, i) => sentences[Math.round(i * step)] ?? '');
}

function pace(texts: readonly string[], seconds: number | undefined): Scene[] {
  const natural = texts.map((text) => naturalMs(text));
  const sum = natural.reduce((total, d) => total + d, 0);
  const total = seconds ? clamp(seconds * 1000, 1000, MAX_TOTAL_MS) : Math.min(sum, MAX_TOTAL_MS);
  const fitted = fitTo(natural, total, seconds ? 0 : MIN_SCENE_MS);
  return texts.map((text, i) => ({ text, d: fitted[i] ?? MIN_SCENE_MS }));
}

function naturalMs(text: string): number {
  const ms = Math.round((speakingMs(text) + 800) / 100) * 100;
  return clamp(ms, MIN_SCENE_MS, MAX_SCENE_MS);
}

/** Scales durations to a total, in steps of 100 ms; the sum is exact unless `min` forbids it. */
export function fitTo(durations: readonly number[], total: number, min = 0): number[] {
  const sum = durations.reduce((all, d) => all + d, 0);
  if (durations.length === 0 || sum === 0) return [];
  const smallest = Math.max(min, 100);
  const fitted = durations.map((d) =>
    Math.max(smallest, Math.round((d * total) / sum / 100) * 100),
  );
  let spare = total - fitted.reduce((all, d) => all + d, 0);
  while (Math.abs(spare) >= 100) {
    const step = spare > 0 ? 100 : -100;
    const at = spare > 0 ? indexOfShortest(fitted) : indexOfLongest(fitted);
    if ((fitted[at] ?? 0) + step < smallest) break;
    fitted[at] = (fitted[at] ?? 0) + step;
    spare -= step;
  }
  return fitted;
}

function indexOfLongest(durations: readonly number[]): number {
  return durations.reduce((best, d, i) => (d > (durations[best] ?? 0) ? i : best), 0);
}

function indexOfShortest(durations: readonly number[]): number {
  return durations.reduce((best, d, i) => (d < (durations[best] ?? 0) ? i : best), 0);
}

function deriveTitle(source: string): string {
  const clause = source.split(/[,.!?;:，。！？；：—]/u)[0]?.trim() ?? '';
  if (/\p{Script=Han}/u.test(clause)) return shorten(clause, 12);
  const all = clause.split(/\s+/);
  // Too long for a title: better "Golden Hour" than "Golden Hour On The Northern".
  const joint = all.findIndex((word, i) => i >= 2 && JOINT.test(word));
  const words = all.slice(0, all.length > 5 && joint > 0 ? Math.min(5, joint) : 5);
  return shorten(words.map(capitalise).join(' '), 40);
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** Reads edit requests in English and Chinese: "remove scene 2 and add a title 'Hello'". */
import type { Edit } from './edit.ts';
import { readRatio } from './script.ts';

type Verb = 'add' | 'change' | 'remove' | 'none';

const QUOTED =
  /"([^"\n]+)"|“([^”\n]+)”|「([^」\n]+)」|『([^』\n]+)』|《([^》\n]+)》|(?<![\p{L}\p{N}])['‘]([^\n]+?)['’](?![\p{L}\p{N}])/gu;
const CLAUSE_END =
  /[,.;!?，。；！？、\n]+\s*|\s+(?:and then|and|then|also)\s+|(?:然后|并且|同时|还有|并把|并)/giu;

const REMOVE =
  /\b(?:remove|delete|drop|strip|cut out|without|no|get rid of|take (?:out|away))\b|去掉|去除|删除|删掉|移除|不要|取消/iu;
const ADD =
  /\b(?:add|put|insert|include|give|use|show|with)\b|添加|加上|加个|加一个|加入|加|配上|来点|使用/iu;
const CHANGE =
  /\b(?:change|set|replace|rename|make|turn|switch|swap|update|edit)\b|换|改|设|调|变/iu;

const TITLE = /\b(?:title|headline|heading)\b|标题|片名/iu;
const SUBTITLES = /\b(?:subtitles?|captions?)\b|字幕/iu;
const MUSIC = /\b(?:music|bgm|soundtrack|song|audio track)\b|音乐|配乐|背景乐|曲子/iu;
const VOLUME = /\b(?:volume|louder|quieter|softer|loud)\b|音量|大声|小声|声音/iu;
const MEDIA =
  /\b(?:picture|image|photo|pic|clip|footage)s?\b|图片|照片|素材|这张|这些图|视频片段/iu;

const ORDINALS: Record<string, number> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  last: -1,
  final: -1,
  opening: 1,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
};
const NUMBER = String.raw`(?:\d{1,2}|[一二两三四五六七八九十])`;
const SCENE = new RegExp(
  String.raw`(?:scene|shot|segment)s?\s*#?(\d{1,2})|\b(first|second|third|fourth|fifth|sixth|last|final|opening)\s+(?:scene|shot|segment|one)|第\s*(${NUMBER})\s*(?:个|幕|段)?\s*(?:场景|镜头|片段|画面|幕|段)?|(最后)(?:一个|一段|一幕)?(?:场景|镜头|片段|画面)|(?:场景|镜头)\s*(${NUMBER})|(?<=\b(?:scenes?|shots?)\b.*\b(?:and|with)\s+)(\d{1,2})`,
  'giu',
);
const TO_START =
  /\b(?:(?:to|at) the (?:start|beginning|front)|first|to the top|in front)\b|最前|开头|第一[个位]|首位/iu;
const TO_END = /\b(?:to the end|last|at the end)\b|最后|末尾|结尾/iu;

interface Clause {
  readonly text: string;
  /** Carried over from the clause before: "remove the music and the title". */
  readonly verb: Verb;
  /** Quoted texts, by the number that stands for each in the clause. */
  readonly quotes: readonly string[];
}

/** The edits a message asks for, in its order; none when it reads like something else. */
export function readEdits(message: string, newMedia: readonly string[] = []): Edit[] {
  const quotes: string[] = [];
  const masked = message.replace(QUOTED, (_whole, ...groups: unknown[]) => {
    const text = groups.find((group): group is string => typeof group === 'string' && group !== '');
    quotes.push(text ?? '');
    return ` ⟦${quotes.length - 1}⟧ `;
  });
  const edits: Edit[] = [];
  let verb: Verb = 'none';
  for (const text of clauses(masked)) {
    verb = verbOf(text) ?? verb;
    edits.push(...readClause({ text, verb, quotes }));
  }
  if (newMedia.length > 0 && (MEDIA.test(message) || edits.length === 0)) {
    edits.push({ type: 'media', files: newMedia, at: TO_START.test(message) ? 'start' : 'end' });
  }
  return edits;
}

/** "Swap scenes 1 and 2" is one clause, though it has an "and". */
function clauses(text: string): string[] {
  const joined = text
    .replace(/((?:scenes?|shots?)\s*\d+)\s+and\s+((?:scenes?\s*)?\d+)/gi, '$1 with $2')
    .replace(
      /\b(first|second|third)\s+and\s+(?=(?:the\s+)?(?:first|second|third|fourth|fifth|last)\b)/gi,
      '$1 scene with ',
    )
    .replace(/(\d)\.(\d)/g, '$1·$2');
  return joined
    .split(CLAUSE_END)
    .map((clause) => clause.replace(/(\d)·(\d)/g, '$1.$2').trim())
    .filter((clause) => clause !== '');
}

function verbOf(text: string): Verb | undefined {
  if (REMOVE.test(text)) return 'remove';
  if (CHANGE.test(text)) return 'change';
  if (ADD.test(text)) return 'add';
  return undefined;
}

function readClause(clause: Clause): Edit[] {
  const { text, verb } = clause;
  const remove = verb === 'remove';
  if (remove) {
    const removed = readRemovals(text);
    if (removed.length > 0) return removed;
  }
  if (SUBTITLES.test(text)) return [{ type: 'subtitles', on: true }];
  if (TITLE.test(text)) {
    const title = titleText(clause);
    return title ? [{ type: 'title', text: title }] : [];
  }
  const volume = readVolume(text);
  if (volume) return [volume];
  if (MUSIC.test(text)) return [{ type: 'music', mood: moodOf(clause) }];
  const order = readOrder(clause);
  if (order) return [order];
  const ratio = readRatio(text);
  if (ratio) return [{ type: 'ratio', ratio }];
  const length = readLength(text);
  return length ? [length] : [];
}

/** One verb may take several objects: 去掉音乐和标题. */
function readRemovals(text: string): Edit[] {
  const removed: Edit[] = [];
  if (SUBTITLES.test(text)) removed.push({ type: 'subtitles', on: false });
  if (TITLE.test(text)) removed.push({ type: 'remove-title' });
  if (MUSIC.test(text)) removed.push({ type: 'remove-music' });
  return removed;
}

function titleText({ text, quotes }: Clause): string | undefined {
  const quoted = /⟦(\d+)⟧/.exec(text)?.[1];
  if (quoted !== undefined) return quotes[Number(quoted)]?.trim();
  const named =
    /(?:title|headline|heading|标题|片名)\s*(?:text)?\s*(?:to|is|as|that says|saying|called|reads?|[:：=]|改成|改为|换成|设为|为|是|叫|写)+\s*[:：]?\s*(.+)$/iu.exec(
      text,
    )?.[1] ??
    /(?:that says|saying|called)\s+(.+)$/iu.exec(text)?.[1] ??
    /(?:标题|片名)\s*(.+)$/u.exec(text)?.[1] ??
    /^\s*(?:please\s+)?add (?:a |the )?title\s+(.+)$/iu.exec(text)?.[1];
  return named?.trim() || undefined;
}

function readVolume(text: string): Edit | undefined {
  if (!VOLUME.test(text)) return undefined;
  const percent = /(\d{1,3})\s*(?:%|percent|％)|百分之\s*(\d{1,3})/iu.exec(text);
  const value = percent?.[1] ?? percent?.[2];
  if (value) return { type: 'volume', to: Number(value) / 100 };
  if (/\bmute\b|静音/iu.test(text)) return { type: 'volume', to: 0 };
  if (/louder|\bup\b|higher|raise|increase|turn .*up|大|高/iu.test(text))
    return { type: 'volume', by: 1.5 };
  if (/quieter|softer|\bdown\b|lower|reduce|decrease|小|低|轻/iu.test(text))
    return { type: 'volume', by: 0.6 };
  return undefined;
}

function moodOf({ text, quotes }: Clause): string {
  const quoted = /⟦(\d+)⟧/.exec(text)?.[1];
  if (quoted !== undefined) return quotes[Number(quoted)] ?? '';
  return text
    .replace(MUSIC, ' ')
    .replace(
      /\b(?:please|add|put|use|change|set|replace|switch|make|the|a|an|some|to|with|by|it|something|more|background|different|new|other|another|in|into|for|my|of|instead)\b/giu,
      ' ',
    )
    .replace(
      /请|帮我|把|将|添加|加上|加个|加一个|加入|加|配上|来点|换成|换一首|换个|换|改成|改为|改|背景|一点|一些|的|一首|成|别的|其他/gu,
      ' ',
    )
    .replace(/[⟦⟧:：]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function readOrder({ text, verb, quotes }: Clause): Edit | undefined {
  const found = [...text.matchAll(SCENE)].map(sceneNumber);
  const [scene, second] = found;
  if (scene === undefined) return undefined;
  if (/\bswap\b|\bexchange\b|交换|对调|互换/iu.test(text) && second !== undefined) {
    return { type: 'swap-scenes', scene, with: second };
  }
  if (/\bmove\b|\bput\b|\bbring\b|移|挪|放到|排到|调到/iu.test(text)) {
    const target = second ?? readPosition(text);
    if (target === undefined) return undefined;
    return { type: 'move-scene', scene, to: target };
  }
  if (verb === 'remove') return { type: 'remove-scene', scene };
  const quoted = /⟦(\d+)⟧/.exec(text)?.[1];
  const words =
    quoted === undefined
      ? /(?:\bto|\bsay|[:：]|改成|改为|换成)\s*(.+)$/iu.exec(text)?.[1]
      : quotes[Number(quoted)];
  return words?.trim() ? { type: 'scene-text', scene, text: words.trim() } : undefined;
}

function sceneNumber(match: RegExpExecArray): number {
  const word = match.slice(1).find((group) => group !== undefined) ?? '';
  if (word === '最后') return -1;
  return ORDINALS[word.toLowerCase()] ?? Number(word);
}

function readPosition(text: string): number | undefined {
  const position = /(?:position|place|spot|number|位置)\s*#?(\d{1,2})/iu.exec(text)?.[1];
  if (position) return Number(position);
  if (TO_START.test(text)) return 1;
  return TO_END.test(text) ? -1 : undefined;
}

function readLength(text: string): Edit | undefined {
  const minutes = /(\d{1,2})\s*-?\s*(?:minutes?\b|mins?\b|分钟)/iu.exec(text)?.[1];
  if (minutes) return { type: 'length', seconds: Number(minutes) * 60 };
  const seconds = /(\d{1,3})\s*-?\s*(?:seconds?\b|secs?\b|s\b|秒)/iu.exec(text)?.[1];
  if (seconds && Number(seconds) > 0) return { type: 'length', seconds: Number(seconds) };
  const factor = /(\d(?:\.\d+)?)\s*x\b|(\d(?:\.\d+)?)\s*倍/iu.exec(text);
  const times = Number(factor?.[1] ?? factor?.[2] ?? 0);
  if (times > 0) return { type: 'pace', factor: 1 / times };
  if (/\bshorter\b|\bshorten\b|\btrim\b|短一点|短一些|短些|缩短|更短|太长/iu.test(text))
    return { type: 'pace', factor: 0.7 };
  if (/\blonger\b|\blengthen\b|\bextend\b|长一点|长一些|长些|延长|更长|太短/iu.test(text))
    return { type: 'pace', factor: 1.4 };
  if (
    /\bfaster\b|speed (?:it |this |the video )?up|\bquicker\b|快一点|快一些|快些|加速|加快|更快/iu.test(
      text,
    )
  )
    return { type: 'pace', factor: 0.8 };
  if (
    /\bslower\b|slow (?:it |this |the video )?down|慢一点|慢一些|慢些|减速|放慢|更慢/iu.test(text)
  )
    return { type: 'pace', factor: 1.25 };
  return undefined;
}

/**
 * Does one message ask for several videos? Files with an instruction each make a batch; everything
 * that can be inferred is inferred, and what is ambiguous stays one request. Pure.
 */

export interface BatchItem {
  /** Index into the message's files. */
  readonly file: number;
  readonly instruction: string;
}

/** Undefined: one request, as usual. */
export function planBatch(
  text: string,
  files: readonly string[],
): readonly BatchItem[] | undefined {
  if (files.length < 2) return undefined;
  return byName(text, files) ?? byNumber(text, files.length) ?? forEach(text, files.length);
}

/** `a.png: slow and calm` in a line of its own, for every file. */
function byName(text: string, files: readonly string[]): readonly BatchItem[] | undefined {
  const lines = text.split('\n').map((line) => line.replace(/^\s*[-*•]\s*/, '').trim());
  const items = files.map((name, file) => {
    const line = lines.find(
      (l) => l.toLowerCase().startsWith(name.toLowerCase()) && SEPARATOR.test(l.slice(name.length)),
    );
    const instruction = line?.slice(name.length).replace(SEPARATOR, '').trim();
    return instruction ? { file, instruction } : undefined;
  });
  return items.every((item) => item !== undefined) ? items : undefined;
}

const SEPARATOR = /^\s*(?::|：|->|→|=|–|—)\s*/;

/** A numbered list with as many points as there are files: point n is for file n. */
function byNumber(text: string, count: number): readonly BatchItem[] | undefined {
  const points: string[] = [];
  for (const line of text.split('\n')) {
    const point = /^\s*(\d{1,2})\s*[.)、．:：]\s*(.+)$/.exec(line);
    if (point?.[2] && Number(point[1]) === points.length + 1) points.push(point[2].trim());
    else if (points.length > 0 && line.trim() !== '')
      points.push(`${points.pop()}\n${line.trim()}`);
  }
  if (points.length !== count) return undefined;
  return points.map((instruction, file) => ({ file, instruction }));
}

/** `each: …`, or one instruction with "one video each". */
function forEach(text: string, count: number): readonly BatchItem[] | undefined {
  const marked =
    /^\s*(?:(?:for )?each(?: (?:one|file|image|photo|clip|script))?|每个(?:文件)?|各自|分别)\s*[:：]\s*([\s\S]+)$/i.exec(
      text,
    );
  const instruction = marked?.[1]?.trim() ?? (ONE_EACH.test(text) ? text.trim() : undefined);
  if (!instruction) return undefined;
  return Array.from({ length: count }, (_, file) => ({ file, instruction }));
}

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

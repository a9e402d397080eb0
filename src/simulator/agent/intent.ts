/** What a message wants from the agent, decided from its words and the state of the project. */
import { type Cut, compose } from './compose.ts';
import type { Draft } from './draft.ts';
import { applyEdit, type Edit } from './edit.ts';
import { readEdits } from './read-edits.ts';
import { type Language, languageOf, wordCount } from './text.ts';
import { ratioOf, WORDS } from './words.ts';

export interface Project {
  readonly language: Language;
  readonly draft: Draft | undefined;
  /** Uploaded pictures and clips that no cut uses yet, oldest first. */
  readonly newMedia: readonly string[];
}

export type Intent =
  | { readonly type: 'generate'; readonly language: Language; readonly cut: Cut }
  | {
      readonly type: 'edit';
      readonly language: Language;
      readonly draft: Draft;
      readonly report: string;
    }
  | { readonly type: 'question'; readonly language: Language }
  /** Words alone; nothing changes. */
  | { readonly type: 'chat'; readonly language: Language; readonly text: string };

const UPLOAD_NOTE = /^[ \t]*(?:Uploaded files|已上传文件)[ \t]*[:：].*$/gim;
const NEW_CUT =
  /\b(?:make|create|generate|produce)\s+(?:me\s+)?(?:a|an|another|one more)\s[^.!?]*\b(?:video|clip|short|reel|slideshow)\b|(?:做|生成|制作|创建)\s*(?:一个|个|一段|一条|新的|另一个)[^。！？]*?(?:视频|短片|影片)/iu;
const VAGUE =
  /^(?:please\s+)?(?:(?:make|do) (?:it|this|that) (?:(?:a (?:bit|little)|much|even) )?(?:better|nicer|good|great|cooler|pop|different)|improve (?:it|this|that|the video)|change (?:it|something|this)|fix (?:it|this)|do (?:it )?again|try again|surprise me|i don'?t like (?:it|this))[.!]*$|^(?:请|帮我|把它|再)*(?:优化|改进|改善|改|修改|换)?(?:得)?(?:一下|更好看|更好|好看|好一点|好一些|变好|不好看|重新做|做好看)+(?:一点|一些|吧)?[。！]*$/iu;
const THANKS =
  /^(?:thanks?|thank you|great|perfect|nice|love it|looks? (?:good|great)|keep (?:it|all|them|everything)(?: all)?|ok(?:ay)?|good|yes|no|谢谢|很好|不错|可以|保留|都保留|好的?|完美)[\s.!~。！]*$/iu;
const GREETING = /^(?:hi|hello|hey|test|你好|您好|嗨)[\s.!~。！]*$/iu;
const EDIT_WORDS = 40;

export function readIntent(message: string, project: Project): Intent {
  const text = message.replace(UPLOAD_NOTE, '').trim();
  const language = languageOf(text, project.language);
  const words = WORDS[language];
  const chat = (answer: string): Intent => ({ type: 'chat', language, text: answer });
  const generate = (anew = false): Intent => {
    const ratio = project.draft && !anew ? ratioOf(project.draft) : undefined;
    const cut = compose(text, project.newMedia, language, ratio);
    return cut ? { type: 'generate', language, cut } : chat(words.needMaterial);
  };
  const { draft } = project;
  if (!draft)
    return GREETING.test(text) || THANKS.test(text) ? chat(words.needMaterial) : generate();
  if (GREETING.test(text) || THANKS.test(text)) return chat(words.acknowledged);
  if (VAGUE.test(text) && project.newMedia.length === 0) return { type: 'question', language };
  const length = wordCount(text);
  const edits = length <= EDIT_WORDS ? readEdits(text, project.newMedia) : [];
  const asksForNew = NEW_CUT.test(text) && !(edits.length > 0 && length < 8);
  if (asksForNew) return generate(true);
  if (length > EDIT_WORDS || /\n\s*\S+.*\n\s*\S+.*\n/.test(text)) return generate();
  if (edits.length > 0) return edit(draft, edits, language);
  if (length === 0) return { type: 'question', language };
  return length <= 14 ? edit(draft, [{ type: 'style', words: text }], language) : generate();
}

function edit(draft: Draft, edits: readonly Edit[], language: Language): Intent {
  const words = WORDS[language];
  const said: string[] = [];
  let current = draft;
  for (const each of edits) {
    const next = applyEdit(current, each, language);
    const scenes = current.t[0]?.sg.length ?? 0;
    said.push(next ? words.describe(each, current, next) : words.impossible(each, scenes));
    current = next ?? current;
  }
  const report = said.join(' ');
  return current === draft
    ? { type: 'chat', language, text: report }
    : { type: 'edit', language, draft: current, report };
}

/** The text that is sent to the agent: the person's own words first, word for word. */
import type { UploadedFile } from '../../nemo/nemo.ts';

export interface MediaRequest {
  readonly text: string;
  /** Text of the message that the request was written under; it is material like a script. */
  readonly quoted?: string | undefined;
  readonly documents: readonly { readonly name: string; readonly text: string }[];
  /** The text is a selection from a longer script. */
  readonly gist?: boolean | undefined;
  /** One of several videos from one message. */
  readonly separate?: Separate | undefined;
  /** In the order in which they were sent. */
  readonly uploaded: readonly NamedFile[];
  /** BCP 47. */
  readonly language: string;
}

export interface Separate {
  /** 1-based. */
  readonly number: number;
  readonly of: number;
  /** What was said about all of them. */
  readonly forAll: string;
}

export interface NamedFile {
  readonly name: string;
  /** What its person calls it. */
  readonly sentAs?: string | undefined;
  readonly kind: UploadedFile['kind'];
  readonly url?: string | undefined;
  /** False: the session does not hold the file yet, so that the agent needs its address. */
  readonly inSession?: boolean | undefined;
}

export function agentMessage(request: MediaRequest): string {
  const { text, quoted, documents, uploaded, separate } = request;
  const says = phrases(request.language);
  const words = [text, quoted ?? ''].filter((part) => part.trim() !== '');
  if (words.length === 0) {
    if (uploaded.length > 0) words.push(uploaded.length > 1 ? says.fromFiles : says.fromFile);
    else if (documents.length > 0) words.push(says.fromScript);
  }
  const appended = documents.map(
    (script) => `${oneLine(script.name)}${says.colon}\n${script.text}`,
  );
  const files =
    uploaded.length > 0 ? [says.uploaded + byName(uploaded).map(says.file).join(says.comma)] : [];
  // The session still holds the video before: the agent has to know that this is another one.
  const before = separate ? [says.separate(separate)] : [];
  const after = separate?.forAll ? [says.forAll(separate.of, separate.forAll)] : [];
  const gist = request.gist ? [says.gist] : [];
  return [...before, ...gist, ...words, ...after, ...appended, ...files].join('\n\n');
}

interface Phrases {
  readonly fromFile: string;
  readonly fromFiles: string;
  readonly fromScript: string;
  readonly separate: (entry: Separate) => string;
  readonly forAll: (of: number, words: string) => string;
  readonly gist: string;
  readonly uploaded: string;
  readonly comma: string;
  readonly colon: string;
  readonly file: (file: Named) => string;
}

/** A file of the session, and all that the person calls it: the same content may have been sent under several names. */
interface Named extends NamedFile {
  readonly aliases: readonly string[];
}

function byName(files: readonly NamedFile[]): Named[] {
  const names = [...new Set(files.map(({ name }) => name))];
  return names.flatMap((name) => {
    const same = files.filter((file) => file.name === name);
    const [first] = same;
    const called = same.flatMap(({ sentAs }) => (sentAs && sentAs !== name ? [sentAs] : []));
    return first ? [{ ...first, aliases: [...new Set(called)].map(oneLine) }] : [];
  });
}

/** An address goes along only where it is needed: it may be long, and it is nobody else's business. */
const address = (file: NamedFile, before: string, after = ''): string =>
  file.inSession === false && file.url ? `${before}${file.url}${after}` : '';

const ENGLISH: Phrases = {
  fromFile: 'Make a video from this file.',
  fromFiles: 'Make a video from these files.',
  fromScript: 'Make a video from this script.',
  separate: ({ number, of }) =>
    `Make a new, separate video (${number} of ${of}) from nothing but the material in this message:`,
  forAll: (of, words) => `This was said about all ${of} videos: ${words}`,
  gist: 'The script below is a selection from a much longer one. Tell its story in a short video.',
  uploaded: 'Uploaded files: ',
  comma: ', ',
  colon: ':',
  file: (file) =>
    `${oneLine(file.name)} (${[file.kind, ...file.aliases.map((it) => `also called ${it}`)].join(', ')}${address(file, ', ')})`,
};

const CHINESE_KINDS = { image: '图片', video: '视频', audio: '音频', file: '文件' } as const;

const CHINESE: Phrases = {
  fromFile: '用这个文件制作一个视频。',
  fromFiles: '用这些文件制作一个视频。',
  fromScript: '用这个脚本制作一个视频。',
  separate: ({ number, of }) =>
    `请另做一个新视频（第 ${number} 个，共 ${of} 个），只用这条消息里的材料：`,
  forAll: (of, words) => `以下是对全部 ${of} 个视频的要求：${words}`,
  gist: '下面的脚本是从更长的原文中摘选的，请用一个短视频讲清它的内容。',
  uploaded: '已上传文件：',
  comma: '、',
  colon: '：',
  // A space ends the address: a full-width bracket could be read as a part of it.
  file: (file) =>
    `${oneLine(file.name)}（${[CHINESE_KINDS[file.kind], ...file.aliases.map((it) => `也叫 ${it}`)].join('，')}${address(file, '，', ' ')}）`,
};

const phrases = (language: string): Phrases => (/^zh\b/i.test(language) ? CHINESE : ENGLISH);

const oneLine = (name: string): string => name.replace(/\s+/g, ' ').trim();

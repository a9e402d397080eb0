/** The text that is sent to the agent: the person's own words first, word for word. */
import type { UploadedFile } from '../nemo/nemo.ts';

export interface MediaRequest {
  readonly text: string;
  /** Text of the message that the request was written under; it is material like a script. */
  readonly quoted?: string | undefined;
  readonly scripts: readonly { readonly name: string; readonly text: string }[];
  /** In the order in which they were sent. */
  readonly uploaded: readonly NamedFile[];
  /** BCP 47. */
  readonly language: string;
}

export interface NamedFile {
  readonly name: string;
  readonly kind: UploadedFile['kind'];
  readonly url?: string | undefined;
  /** False: the session does not hold the file yet, so that the agent needs its address. */
  readonly inSession?: boolean | undefined;
}

export function agentMessage(request: MediaRequest): string {
  const { text, quoted, scripts, uploaded } = request;
  const says = phrases(request.language);
  const words = [text, quoted ?? ''].filter((part) => part.trim() !== '');
  if (words.length === 0) {
    if (uploaded.length > 0) words.push(uploaded.length > 1 ? says.fromFiles : says.fromFile);
    else if (scripts.length > 0) words.push(says.fromScript);
  }
  const appended = scripts.map((script) => `${oneLine(script.name)}${says.colon}\n${script.text}`);
  const files =
    uploaded.length > 0 ? [says.uploaded + uploaded.map(says.file).join(says.comma)] : [];
  return [...words, ...appended, ...files].join('\n\n');
}

interface Phrases {
  readonly fromFile: string;
  readonly fromFiles: string;
  readonly fromScript: string;
  readonly uploaded: string;
  readonly comma: string;
  readonly colon: string;
  readonly file: (file: NamedFile) => string;
}

/** An address goes along only where it is needed: it may be long, and it is nobody else's business. */
const address = (file: NamedFile, before: string, after = ''): string =>
  file.inSession === false && file.url ? `${before}${file.url}${after}` : '';

const ENGLISH: Phrases = {
  fromFile: 'Make a video from this file.',
  fromFiles: 'Make a video from these files.',
  fromScript: 'Make a video from this script.',
  uploaded: 'Uploaded files: ',
  comma: ', ',
  colon: ':',
  file: (file) => `${oneLine(file.name)} (${file.kind}${address(file, ', ')})`,
};

const CHINESE_KINDS = { image: '图片', video: '视频', audio: '音频', file: '文件' } as const;

const CHINESE: Phrases = {
  fromFile: '用这个文件制作一个视频。',
  fromFiles: '用这些文件制作一个视频。',
  fromScript: '用这个脚本制作一个视频。',
  uploaded: '已上传文件：',
  comma: '、',
  colon: '：',
  // A space ends the address: a full-width bracket could be read as a part of it.
  file: (file) => `${oneLine(file.name)}（${CHINESE_KINDS[file.kind]}${address(file, '，', ' ')}）`,
};

const phrases = (language: string): Phrases => (/^zh\b/i.test(language) ? CHINESE : ENGLISH);

const oneLine = (name: string): string => name.replace(/\s+/g, ' ').trim();

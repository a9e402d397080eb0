/** The text that is sent to the agent: the person's own words first, word for word. */
import type { AgentPhrases } from '../../locales/locale.ts';
import { localeFor } from '../../locales/locales.ts';
import type { UploadedFile } from '../../nemo/nemo.ts';
import type { VoiceUse } from './voice.ts';

export interface MediaRequest {
  readonly text: string;
  /** Text of the message that the request was written under; it is material like a script. */
  readonly quoted?: string | undefined;
  readonly documents: readonly Document[];
  /** The text is a selection from a longer script. */
  readonly gist?: boolean | undefined;
  /** One of several videos from one message. */
  readonly separate?: Separate | undefined;
  /** In the order in which they were sent. */
  readonly uploaded: readonly NamedFile[];
  /** Names of files that could not be used, beside others that could. */
  readonly missing?: readonly string[] | undefined;
  /** What was decided about the plan, in words. */
  readonly decided?: string | undefined;
  /** BCP 47. */
  readonly language: string;
}

export interface Document {
  readonly name: string;
  readonly text: string;
  /** The address that it was read from. */
  readonly source?: string | undefined;
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
  /** Of a recorded voice. */
  readonly voice?: VoiceUse | undefined;
  /** False: the session does not hold the file yet, so that the agent needs its address. */
  readonly inSession?: boolean | undefined;
}

export function agentMessage(request: MediaRequest): string {
  const { text, quoted, documents, uploaded, separate } = request;
  const says = localeFor(request.language).agent;
  const words = [text, quoted ?? ''].filter((part) => part.trim() !== '');
  // Who speaks about the video that is there asks for no other one.
  const isSpoken = uploaded.length > 0 && uploaded.every(({ voice }) => voice === 'message');
  if (words.length === 0 && !isSpoken) {
    if (uploaded.length > 0) words.push(uploaded.length > 1 ? says.fromFiles : says.fromFile);
    else if (documents.length > 0) words.push(says.fromScript);
  }
  const appended = documents.map(
    ({ name, source, text: script }) =>
      `${oneLine(name)}${source ? ` (${source})` : ''}${says.colon}\n${script}`,
  );
  const files =
    uploaded.length > 0 ? [says.uploaded + byName(uploaded).map(named(says)).join(says.comma)] : [];
  // The session still holds the video before: the agent has to know that this is another one.
  const before = separate ? [says.separate(separate)] : [];
  const after = separate?.forAll ? [says.forAll(separate.of, separate.forAll)] : [];
  const gist = request.gist ? [says.gist] : [];
  const voices = byName(uploaded).flatMap(({ name, voice }) =>
    voice ? [says.voice[voice](oneLine(name))] : [],
  );
  const names = request.missing?.map(oneLine) ?? [];
  const missing = names.length > 0 ? [says.missing(names.join(says.comma))] : [];
  return [
    ...before,
    ...gist,
    ...words,
    ...after,
    ...appended,
    ...files,
    ...voices,
    ...missing,
    ...(request.decided ? [request.decided] : []),
  ].join('\n\n');
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

const named =
  ({ file }: AgentPhrases) =>
  ({ name, kind, aliases, inSession, url }: Named): string =>
    file({
      name: oneLine(name),
      kind,
      aliases,
      // Only where it is needed: it may be long, and it is nobody else's business.
      address: inSession === false ? url : undefined,
    });

const oneLine = (name: string): string => name.replace(/\s+/g, ' ').trim();

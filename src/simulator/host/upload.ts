import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { dropOldest, filesOf, type Media, type Session } from '../world.ts';
import { type Backend, sessionOf } from './backend.ts';
import { type Answer, bodyOf, type Call, readJson, signedIn } from './call.ts';
import { boundaryOf, type PartHead, type PartSink, readMultipart } from './multipart.ts';
import { Problem, problems } from './problem.ts';

/** By extension, as the real service decides it; what a client claims is not served back. */
const KINDS: Readonly<Record<string, readonly [Media['type'], string]>> = {
  mp4: ['video', 'video/mp4'],
  mov: ['video', 'video/quicktime'],
  avi: ['video', 'video/x-msvideo'],
  webm: ['video', 'video/webm'],
  mkv: ['video', 'video/x-matroska'],
  jpg: ['image', 'image/jpeg'],
  jpeg: ['image', 'image/jpeg'],
  png: ['image', 'image/png'],
  gif: ['image', 'image/gif'],
  webp: ['image', 'image/webp'],
  mp3: ['audio', 'audio/mpeg'],
  wav: ['audio', 'audio/wav'],
  m4a: ['audio', 'audio/mp4'],
  aac: ['audio', 'audio/aac'],
};
const MAX_PICTURE_BYTES = 20 * 1024 * 1024;
const MAX_MEDIA = 30;

const urlsSchema = z.object({ urls: z.array(z.url()).min(1), source_type: z.literal('url') });

export async function upload(call: Call): Promise<Answer> {
  const account = signedIn(call);
  const session = sessionOf(call.backend, account, call.params[0] ?? '');
  const boundary = boundaryOf(call.request.headers['content-type'] ?? '');
  const received =
    boundary === undefined ? await fromUrls(call) : await fromParts(call, session, boundary);
  if (received.length === 0) throw problems.bad('no file in the field "files"');
  const files = received.map((media) => place(session, media));
  const dropped = dropOldest(session.media, MAX_MEDIA);
  for (const file of filesOf(dropped)) await rm(file, { force: true });
  call.backend.keeper.save();
  return { data: reply(call.backend, session, files) };
}

export function mediaUrl(backend: Backend, session: Session, media: Media): string {
  return `${backend.filesUrl}/uploads/${session.id}/${encodeURIComponent(media.filename)}`;
}

async function fromParts(
  { backend, request }: Call,
  session: Session,
  boundary: string,
): Promise<Media[]> {
  const received: Media[] = [];
  const parts: Part[] = [];
  try {
    await readMultipart(bodyOf(request), boundary, async (head) => {
      if (head.field !== 'files') {
        backend.journal.violated('multipart-field', head.field);
        throw problems.bad(`unexpected field: ${head.field}`);
      }
      const part = await receive(head, backend, session, (media) => received.push(media));
      parts.push(part);
      return part;
    });
    return received;
  } catch (error) {
    await Promise.all(parts.map((part) => part.discard()));
    const known = new Set(filesOf(session.media));
    const useless = filesOf(received).filter((file) => !known.has(file));
    await Promise.all(useless.map((file) => rm(file, { force: true })));
    throw error instanceof Problem ? error : new Problem(400, 400, 'the upload was cut off');
  }
}

interface Part extends PartSink {
  /** Deletes what has been stored of it. */
  discard(): Promise<void>;
}

/** Pictures up to 20 MB are stored; of everything else only size and hash are taken. */
async function receive(
  head: PartHead,
  backend: Backend,
  session: Session,
  done: (media: Media) => void,
): Promise<Part> {
  const filename = path.basename(head.filename ?? '');
  const [type, mime] = kindOf(filename);
  const hash = createHash('sha256');
  const part = path.join(backend.folder, `${randomUUID()}.part`);
  let store: FileHandle | undefined = type === 'image' ? await open(part, 'w') : undefined;
  let bytes = 0;
  const stopStoring = async () => {
    await store?.close();
    store = undefined;
    await rm(part, { force: true });
  };
  return {
    async write(chunk) {
      bytes += chunk.length;
      if (bytes > backend.variants.maxUploadBytes) throw problems.tooLarge();
      hash.update(chunk);
      if (bytes > MAX_PICTURE_BYTES) await stopStoring();
      await store?.write(chunk);
    },
    async end() {
      if (bytes === 0) throw problems.bad(`${filename} is empty`);
      const stored = store !== undefined;
      const digest = hash.digest('hex').slice(0, 32);
      // By what is in it: the same picture again takes the same place.
      const file = path.join(backend.folder, `upload-${session.id}-${digest}`);
      if (store) {
        await store.close();
        store = undefined;
        await rename(part, file);
      }
      done({
        filename,
        type,
        mime,
        hash: digest,
        bytes,
        used: false,
        ...(stored && { file }),
      });
    },
    discard: stopStoring,
  };
}

/** Links are taken down by name; nothing is fetched. */
async function fromUrls({ request }: Call): Promise<Media[]> {
  const body = urlsSchema.safeParse(await readJson(request));
  if (!body.success) throw problems.bad('urls and source_type are required');
  return body.data.urls.map((url): Media => {
    const filename = decodeURIComponent(path.posix.basename(new URL(url).pathname));
    const [type, mime] = kindOf(filename);
    const hash = createHash('sha256').update(url).digest('hex').slice(0, 32);
    return { filename, type, mime, hash, bytes: 0, used: false };
  });
}

function kindOf(filename: string): readonly [Media['type'], string] {
  const kind = KINDS[path.extname(filename).slice(1).toLowerCase()];
  if (!kind) throw problems.badFile(filename);
  return kind;
}

/** The same file again takes its old place; another one of the same name gets a number. */
function place(session: Session, media: Media): Media {
  const same = session.media.find((entry) => entry.hash === media.hash);
  if (same) {
    same.used = false;
    return same;
  }
  const { name, ext } = path.parse(media.filename);
  const taken = new Set(session.media.map((entry) => entry.filename));
  let filename = media.filename;
  for (let n = 2; taken.has(filename); n++) filename = `${name}-${n}${ext}`;
  const placed = { ...media, filename };
  session.media.push(placed);
  return placed;
}

function reply(backend: Backend, session: Session, files: readonly Media[]) {
  const described = files.map((media) => ({
    filename: media.filename,
    file_type: media.type,
    hash: media.hash,
    size: media.bytes,
    ...(media.type === 'image' ? { duration: 0 } : {}),
    [backend.variants.uploadShape === 'files' ? 'cdn_url' : 'url']: mediaUrl(
      backend,
      session,
      media,
    ),
  }));
  return { [backend.variants.uploadShape]: described, session_state_applied: true };
}

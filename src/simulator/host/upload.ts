import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { dropOldest, filesOf, type Media, type Session } from '../world.ts';
import { type Backend, sessionOf } from './backend.ts';
import { type Answer, bodyOf, type Call, readJson, signedIn } from './call.ts';
import { uploadContent } from './envelope.ts';
import { boundaryOf, type PartHead, type PartSink, readMultipart } from './multipart.ts';
import { kindOf, measurePart } from './part-rules.ts';
import { Problem, problems } from './problem.ts';

const MAX_PICTURE_BYTES = 20 * 1024 * 1024;
const MAX_MEDIA = 30;

const urlsSchema = z.object({ urls: z.array(z.url()).min(1), source_type: z.literal('url') });

export async function upload(call: Call): Promise<Answer> {
  const account = signedIn(call);
  const session = sessionOf(call.backend, account, call.id);
  const boundary = boundaryOf(call.request.headers['content-type'] ?? '');
  const received =
    boundary === undefined ? await fromUrls(call) : await fromParts(call, session, boundary);
  if (received.length === 0) throw problems.noFile();
  const files = received.map((media) => place(session, media));
  const dropped = dropOldest(session.media, MAX_MEDIA);
  for (const file of filesOf(dropped)) await rm(file, { force: true });
  call.backend.keeper.save();
  return reply(call.backend, session, files);
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
    throw error instanceof Problem ? error : problems.cutOff();
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
  const { maxUploadBytes } = backend.variants;
  const measured = measurePart(head, maxUploadBytes, backend.journal.note);
  const { filename, type, mime } = measured;
  const part = path.join(backend.folder, `${randomUUID()}.part`);
  let store: FileHandle | undefined = type === 'image' ? await open(part, 'w') : undefined;
  const stopStoring = async () => {
    await store?.close();
    store = undefined;
    await rm(part, { force: true });
  };
  return {
    async write(chunk) {
      measured.take(chunk);
      if (measured.bytes > MAX_PICTURE_BYTES) await stopStoring();
      await store?.write(chunk);
    },
    async end() {
      const digest = measured.finish().slice(0, 32);
      const stored = store !== undefined;
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
        bytes: measured.bytes,
        used: false,
        ...(stored && { file }),
      });
    },
    discard: stopStoring,
  };
}

/** Links are taken down by name; nothing is fetched. */
async function fromUrls({ request }: Call): Promise<Media[]> {
  const body = urlsSchema.safeParse((await readJson(request)).json);
  if (!body.success) throw problems.bad('urls and source_type are required');
  return body.data.urls.map((url): Media => {
    const filename = decodeURIComponent(path.posix.basename(new URL(url).pathname));
    const [type, mime] = kindOf(filename);
    const hash = createHash('sha256').update(url).digest('hex').slice(0, 32);
    return { filename, type, mime, hash, bytes: 0, used: false };
  });
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

function reply(backend: Backend, session: Session, files: readonly Media[]): Answer {
  const listed = files.map((media) => ({
    url: mediaUrl(backend, session, media),
    fields: {
      filename: media.filename,
      file_type: media.type,
      hash: media.hash,
      size: media.bytes,
      ...(media.type === 'image' ? { duration: 0 } : {}),
    },
  }));
  return uploadContent(listed, backend.variants);
}

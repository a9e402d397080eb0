/** One file from the page to the disk, before the message that carries it is sent. */
import type { IncomingMessage } from 'node:http';
import { cleanName, kindOf } from './file-kind.ts';
import { FileTooLarge, type FileVault, isDiskFull } from './file-vault.ts';
import { RequestRefusal } from './http.ts';
import type { PlaygroundStore } from './store.ts';
import type { WireFile } from './wire.ts';

/** What the page sends files with: the one request that may take minutes. */
export const isUpload = (req: IncomingMessage): boolean =>
  req.method === 'PUT' && /^\/api\/uploads(\?|$)/.test(req.url ?? '');

/** Rejects with `RequestRefusal`; nothing is left behind then. */
export async function takeUpload(
  req: IncomingMessage,
  nameGiven: string,
  place: { readonly vault: FileVault; readonly store: PlaygroundStore; readonly maxBytes: number },
): Promise<WireFile> {
  const { vault, store, maxBytes } = place;
  const name = cleanName(nameGiven);
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(name, maxBytes);
  try {
    // The request must outlive a refusal: its connection carries the answer.
    const body = req.iterator({ destroyOnReturn: false });
    const { id, bytes } = await vault.save(body, { atMost: maxBytes });
    const file = { id, name, bytes, mime: kindOf(name, req.headers['content-type']) };
    store.addFile(file);
    return file;
  } catch (error) {
    if (error instanceof FileTooLarge) throw tooLarge(name, maxBytes);
    if (isDiskFull(error))
      throw new RequestRefusal('storage-full', 'The disk of this machine is full.', {
        cause: error,
      });
    if (!req.complete)
      throw new RequestRefusal('cut-off', `The transfer of ${name} broke off.`, { cause: error });
    throw error;
  }
}

const tooLarge = (name: string, limit: number) =>
  new RequestRefusal('too-large', `${name} is larger than ${Math.floor(limit / 1024 / 1024)} MB.`);

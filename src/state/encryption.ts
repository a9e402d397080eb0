/**
 * Values at rest under ENCRYPTION_KEY: AES-256-GCM, so that a changed value is noticed too. Each is bound
 * to its record: copied to another place, it does not open there.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { StateUnavailable } from './state.ts';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * In front of every stored value; what follows is base64 of IV, tag and ciphertext. `v2` also names its
 * key. Values of `v1` were bound to their map alone; they are read, and written no more.
 */
const FORM = /^(?:v1|v2:([0-9a-f]{16})):/;

/** Where a value is stored. */
export interface RecordPosition {
  readonly map: string;
  readonly key: string;
}

export interface Decrypted {
  readonly text: string;
  /** Under an earlier key, or in an earlier form: to be written anew. */
  readonly stale: boolean;
}

export interface Cipher {
  /** How every value begins that is written now. */
  readonly prefix: string;
  encrypt(text: string, place: RecordPosition): string;
  /** Throws `StateUnavailable` for anything but an untouched value of a known key, in its place. */
  decrypt(stored: string, place: RecordPosition): Decrypted;
}

/** Throws with a sentence for the operator unless `text` is the base64 of exactly 32 bytes. */
export function parseEncryptionKey(text: string): Buffer {
  const key = Buffer.from(text, 'base64');
  // Node's decoder skips what is not base64; a key with a typing error must not pass.
  if (key.length !== KEY_BYTES || key.toString('base64') !== text) {
    throw new Error(
      'ENCRYPTION_KEY must be 32 bytes in base64 (44 characters). ' +
        'Make one with: openssl rand -base64 32',
    );
  }
  return key;
}

export interface KeyOptions {
  /** Base64 of 32 bytes; needed by maps with `secret`. */
  readonly encryptionKey?: string | undefined;
  /** Keys that values may still be encrypted with. */
  readonly encryptionKeysOld?: readonly string[];
}

/** Undefined without a key. Throws with a sentence for the operator where one is none. */
export function cipherOf({
  encryptionKey,
  encryptionKeysOld = [],
}: KeyOptions): Cipher | undefined {
  return encryptionKey === undefined
    ? undefined
    : aesCipher(parseEncryptionKey(encryptionKey), encryptionKeysOld.map(parseEncryptionKey));
}

/** Encrypts under `current`; what was encrypted under one of `earlier` is still read. */
export function aesCipher(current: Buffer, earlier: readonly Buffer[] = []): Cipher {
  const keys = new Map([current, ...earlier].map((key) => [idOf(key), key]));
  const prefix = `v2:${idOf(current)}:`;

  return {
    prefix,
    encrypt(text, place) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, current, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(bound(place));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return prefix + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
    },

    decrypt(stored, place) {
      const [head, id] = FORM.exec(stored) ?? [];
      if (head === undefined) {
        throw new StateUnavailable('a stored value should be encrypted and is not');
      }
      const bytes = Buffer.from(stored.slice(head.length), 'base64');
      const [aad, candidates] =
        id === undefined
          ? [Buffer.from(place.map), [...keys.values()]]
          : [bound(place), [keys.get(id)].filter((key) => key !== undefined)];
      for (const key of candidates) {
        const text = open(bytes, key, aad);
        if (text !== undefined) return { text, stale: head !== prefix };
      }
      throw new StateUnavailable(
        'a stored value cannot be decrypted: it was written with a key that is neither ' +
          'ENCRYPTION_KEY nor one of ENCRYPTION_KEYS_OLD, or it was damaged',
      );
    },
  };
}

/** Undefined: another key, another place, or a changed value; the cipher cannot tell which. */
function open(bytes: Buffer, key: Buffer, aad: Buffer): string | undefined {
  try {
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(aad).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const body = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
    return Buffer.concat([body, decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** JSON, because map and key could otherwise be cut apart at another place. */
const bound = ({ map, key }: RecordPosition): Buffer => Buffer.from(JSON.stringify([map, key]));

/** Tells keys apart and nothing about them: they are random, and this is a part of a hash. */
const idOf = (key: Buffer): string =>
  createHash('sha256').update('nemo-bot key id').update(key).digest('hex').slice(0, 16);

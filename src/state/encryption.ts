/** Values at rest under ENCRYPTION_KEY: AES-256-GCM, so that a changed value is noticed too. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { StateUnavailable } from './state.ts';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** In front of every stored value: what follows is base64 of IV, tag and ciphertext. */
const PREFIX = 'v1:';

export interface Cipher {
  encrypt(text: string): string;
  /** Throws `StateUnavailable` for anything but an untouched value of the same key and purpose. */
  decrypt(stored: string): string;
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

/** `purpose` is bound to each value: one stored for another purpose does not decrypt. */
export function aesCipher(key: Buffer, purpose: string): Cipher {
  const aad = Buffer.from(purpose);
  return {
    encrypt(text) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(aad);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return PREFIX + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
    },

    decrypt(stored) {
      if (!stored.startsWith(PREFIX)) {
        throw new StateUnavailable('a stored value should be encrypted and is not');
      }
      const bytes = Buffer.from(stored.slice(PREFIX.length), 'base64');
      try {
        const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAAD(aad).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        const body = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
        return Buffer.concat([body, decipher.final()]).toString('utf8');
      } catch (error) {
        throw new StateUnavailable(
          'a stored value cannot be decrypted: ENCRYPTION_KEY is not the key it was ' +
            'written with, or the stored value was damaged',
          { cause: error },
        );
      }
    },
  };
}

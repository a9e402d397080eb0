import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aesCipher, parseEncryptionKey } from '../../src/state/encryption.ts';
import { StateUnavailable } from '../../src/state/state.ts';

const cipher = aesCipher(randomBytes(32), 'tokens');

describe('encryption', () => {
  test('decrypts what it encrypted, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(cipher.decrypt(cipher.encrypt(text))).toBe(text);
      }),
    );
  });

  test('never writes the same text the same way', () => {
    expect(cipher.encrypt('token')).not.toBe(cipher.encrypt('token'));
  });

  test('notices any changed or missing byte', () => {
    const stored = Buffer.from(cipher.encrypt('token').slice('v1:'.length), 'base64');
    const asText = (bytes: Buffer) => `v1:${bytes.toString('base64')}`;
    expect(cipher.decrypt(asText(stored))).toBe('token');
    for (let at = 0; at < stored.length; at++) {
      const changed = Buffer.from(stored);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => cipher.decrypt(asText(changed))).toThrow(StateUnavailable);
      expect(() => cipher.decrypt(asText(stored.subarray(0, at)))).toThrow(StateUnavailable);
    }
  });
});

describe('ENCRYPTION_KEY', () => {
  test('is 32 bytes in base64', () => {
    const key = randomBytes(32);
    expect(parseEncryptionKey(key.toString('base64'))).toEqual(key);
  });

  test.each([
    ['empty', ''],
    ['too short', randomBytes(16).toString('base64')],
    ['too long', randomBytes(33).toString('base64')],
    ['hexadecimal', randomBytes(32).toString('hex')],
    ['holding a stray character', `*${randomBytes(32).toString('base64')}`],
  ])('%s is refused with the way to make one', (_, text) => {
    expect(() => parseEncryptionKey(text)).toThrow(/ENCRYPTION_KEY.*openssl rand -base64 32/);
  });
});

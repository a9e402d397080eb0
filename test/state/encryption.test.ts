import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aesCipher, parseEncryptionKey } from '../../src/state/encryption.ts';
import { StateUnavailable } from '../../src/state/state.ts';
import { firstForm } from './fixtures/first-form.ts';

const place = { map: 'tokens', key: 'T1' };
const key = randomBytes(32);
const cipher = aesCipher(key);

describe('encryption', () => {
  test('decrypts what it encrypted, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(cipher.decrypt(cipher.encrypt(text, place), place)).toEqual({ text, stale: false });
      }),
    );
  });

  test('never writes the same text the same way', () => {
    expect(cipher.encrypt('token', place)).not.toBe(cipher.encrypt('token', place));
  });

  test('notices any changed or missing byte', () => {
    const { prefix } = cipher;
    const stored = Buffer.from(cipher.encrypt('token', place).slice(prefix.length), 'base64');
    const asText = (bytes: Buffer) => `${prefix}${bytes.toString('base64')}`;
    expect(cipher.decrypt(asText(stored), place).text).toBe('token');
    for (let at = 0; at < stored.length; at++) {
      const changed = Buffer.from(stored);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => cipher.decrypt(asText(changed), place)).toThrow(StateUnavailable);
      expect(() => cipher.decrypt(asText(stored.subarray(0, at)), place)).toThrow(StateUnavailable);
    }
  });

  test('binds a value to its map and its key, however the two are cut', () => {
    const stored = cipher.encrypt('token', place);
    for (const other of [
      { map: 'tokens', key: 'T2' },
      { map: 'other', key: 'T1' },
      { map: 'token', key: 'sT1' },
      { map: 'tokens","T1', key: '' },
    ])
      expect(() => cipher.decrypt(stored, other)).toThrow(StateUnavailable);
  });

  test('reads what was written under an earlier key, or in the earlier form, as stale', () => {
    const next = aesCipher(randomBytes(32), [randomBytes(32), key]);
    const old = { text: 'token', stale: true };
    expect(next.decrypt(cipher.encrypt('token', place), place)).toEqual(old);
    expect(cipher.decrypt(firstForm(key, 'token', place.map), place)).toEqual(old);
    expect(next.decrypt(firstForm(key, 'token', place.map), place)).toEqual(old);
    expect(() => cipher.decrypt(next.encrypt('token', place), place)).toThrow(
      /ENCRYPTION_KEYS_OLD/,
    );
    const elsewhere = { map: 'other', key: 'T1' };
    expect(() => cipher.decrypt(firstForm(key, 'token', 'tokens'), elsewhere)).toThrow();
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

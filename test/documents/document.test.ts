import { describe, expect, it } from 'vitest';
import { isDocument } from '../../src/documents/document.ts';

describe('isDocument', () => {
  it.each([
    ['brief.docx', undefined, true],
    ['BRIEF.PDF', 'application/octet-stream', true],
    ['film.srt', 'application/octet-stream', true],
    ['v1.2 final.md', 'text/plain', true],
    ['photo.jpg', 'image/jpeg', false],
    ['code.py', 'text/plain', false],
    ['brief.doc', 'application/msword', false],
    ['README', 'text/plain; charset=utf-8', true],
    ['untitled', 'application/pdf', true],
    ['untitled', 'image/png', false],
    ['untitled', undefined, false],
  ])('%s (%s): %s', (name, mime, expected) => {
    expect(isDocument(name, mime)).toBe(expected);
  });
});

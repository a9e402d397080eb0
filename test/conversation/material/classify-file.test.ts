import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/conversation/material/classify-file.ts';
import { mediaEndingSeenIn } from '../../../src/conversation/material/media-signature.ts';
import { mediaKindOf, nameWithEnding } from '../../../src/nemo/media-kinds.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** What it is, and the name under which the backend gets it. */
function useOf(name: string, mime: string | undefined): string {
  const use = classify({ name, mime });
  return use.is === 'media' ? `${use.media.kind} ${nameWithEnding(name, use.ending)}` : use.is;
}

describe('classify', () => {
  it.each([
    ['brief.docx', undefined, 'document'],
    ['BRIEF.PDF', 'application/octet-stream', 'document'],
    ['film.srt', 'application/octet-stream', 'document'],
    ['v1.2 final.md', 'text/plain', 'document'],
    ['photo.jpg', 'image/jpeg', 'image photo.jpg'],
    ['code.py', 'text/plain', 'refused'],
    ['brief.doc', 'application/msword', 'refused'],
    ['README', 'text/plain; charset=utf-8', 'document'],
    ['untitled', 'application/pdf', 'document'],
    ['untitled', 'image/png', 'image untitled.png'],
    ['untitled', undefined, 'unclear'],
  ])('%s (%s): %s', (name, mime, expected) => {
    expect(useOf(name, mime)).toBe(expected);
  });

  it.each([
    ['Hero shot', 'image/png', 'image Hero shot.png'],
    ['Screenshot 2026.11.26 at 9.41', 'image/png', 'image Screenshot 2026.11.26 at 9.41.png'],
    ['Screenshot 2026.11.26 at 9.41', undefined, 'unclear'],
    ['Script v1.2', 'text/plain', 'document'],
    ['The end.', 'text/plain', 'document'],
    ['photo.jfif', undefined, 'image photo.jpg'],
    ['photo.JFIF', 'image/jpeg', 'image photo.jpg'],
    ['photo.jpeg', 'image/jpeg', 'image photo.jpeg'],
    ['notes.markdown', 'application/octet-stream', 'document'],
    ['clip.mov', 'video/mp4', 'video clip.mov'],
    ['voice.mp4', 'audio/mp4', 'audio voice.mp4.m4a'],
    ['song', 'audio/x-wav', 'audio song.wav'],
    ['shots.csv', 'text/csv', 'document'],
    ['brief', DOCX, 'document'],
    ['page.mhtml', 'multipart/related', 'document'],
    ['main.ts', 'video/mp2t', 'refused'],
    ['style.css', 'text/css', 'refused'],
    ['archive.zip', 'application/zip', 'refused'],
    ['brief.docx', 'application/zip', 'document'],
    ['IMG_0042', 'image/heic', 'refused'],
    ['Outline', 'application/vnd.apple.pages', 'refused'],
    ['budget.numbers', 'application/octet-stream', 'refused'],
    ['data.bin', undefined, 'refused'],
  ])('%s (%s): %s', (name, mime, expected) => {
    expect(useOf(name, mime)).toBe(expected);
  });
});

describe('nameWithEnding', () => {
  it('gives every name an ending that the backend knows', () => {
    for (const name of ['a', 'a.', '.a', 'a.b.c', 'a.41', 'photo.jfif', 'a.JPEG', '']) {
      expect(mediaKindOf(nameWithEnding(name, 'jpg'))?.kind).toBe('image');
    }
  });
});

const latin = (text: string) => Buffer.from(text, 'latin1');

describe('mediaEndingSeenIn', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'png'],
    ['\xff\xd8\xff\xe0\0\x10JFIF', 'jpg'],
    ['GIF89a\x01\0', 'gif'],
    ['RIFF\x24\0\0\0WEBPVP8 ', 'webp'],
    ['RIFF\x24\0\0\0WAVEfmt ', 'wav'],
    ['RIFF\x24\0\0\0AVI LIST', 'avi'],
    ['\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x82\x84webm', 'webm'],
    ['\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x23B\x82\x88matroska', 'mkv'],
    ['\0\0\0\x20ftypisom\0\0\x02\0', 'mp4'],
    ['\0\0\0\x14ftypqt  \0\0\0\0', 'mov'],
    ['\0\0\0\x20ftypM4A \0\0\0\0', 'm4a'],
    ['ID3\x04\0\0\0\0\0\0', 'mp3'],
    ['\xff\xfb\x90\x64\0\0', 'mp3'],
    ['\xff\xf1\x50\x80\x02\x1f', 'aac'],
    ['\0\0\0\x20ftypheic\0\0\0\0', undefined],
    ['OggS\0\x02', undefined],
    ['ID3 tags, a history', undefined],
    ['GIFs of the sea', undefined],
    ['RIFFs and solos', undefined],
    ['\xff\xfeT\0h\0e\0', undefined],
    ['\xff\xff\xff\xff', undefined],
    ['%PDF-1.7', undefined],
    ['', undefined],
  ])('%j: %s', (head, expected) => {
    expect(mediaEndingSeenIn(latin(head))).toBe(expected);
  });
});

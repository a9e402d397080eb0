import { expect, test } from 'vitest';
import { listVideos } from '../../../src/conversation/batch/batch.ts';
import { uniqueName } from '../../../src/conversation/material/unique-name.ts';

test('one more of a name gets the next number that is free', () => {
  expect(uniqueName('image.png', new Set())).toBe('image.png');
  expect(uniqueName('image.png', new Set(['image.png']))).toBe('image-2.png');
  expect(uniqueName('image.png', new Set(['image.png', 'image-2.png']))).toBe('image-3.png');
  expect(uniqueName('notes', new Set(['notes']))).toBe('notes-2');
});

test('the videos of a batch have names of their own, whatever the files are called', () => {
  const attachments = ['a.png', 'a.jpg', 'a-2.png', 'a.b.png'].map((name) => ({
    id: name,
    name,
    locator: {},
  }));
  const thread = { platform: 'web', workspace: 'w', channel: 'c', thread: 't' } as const;
  const message = { key: 'k', thread, author: { id: 'u' }, text: '', sentAt: 0 };
  const entries = listVideos({ ...message, attachments, each: true });
  expect(entries.map(({ name }) => name)).toEqual(['a', 'a-2', 'a-2-2', 'a.b']);
});

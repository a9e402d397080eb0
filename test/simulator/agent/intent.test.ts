/** A project that has a cut already: an edit of it, or another video. */
import { expect, test } from 'vitest';
import { readIntent } from '../../../src/simulator/agent/intent.ts';

const empty = { language: 'en', draft: undefined, newMedia: [] } as const;

test('one of several videos is a new cut in its own shape, whatever the last one was', () => {
  const first = readIntent('Make a vertical video: The sea is calm. Gulls cry.', empty);
  if (first.type !== 'generate') throw new Error('no first cut');
  const draft = first.cut.finished;
  expect(draft.m).toMatchObject({ width: 1080, height: 1920 });
  const separate =
    'Make a new, separate video (2 of 3) from nothing but the material in this message:\n\nslow\n\ngarden.txt:\nRain on the fern.';
  const second = readIntent(separate, { ...empty, draft });
  if (second.type !== 'generate') throw new Error('no second cut');
  expect(second.cut.finished.m).toMatchObject({ width: 1920, height: 1080 });
  expect(JSON.stringify(second.cut.finished)).not.toContain('Gulls');
});

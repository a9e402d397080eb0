import { expect, test } from 'vitest';
import { otherShapes, shapeOf } from '../../src/conversation/video-shape.ts';

test.each([
  [{ width: 1080, height: 1920 }, 'portrait'],
  [{ width: 1920, height: 1080 }, 'landscape'],
  [{ width: 1080, height: 1080 }, 'square'],
  [{ width: 1080, height: 1100 }, 'square'],
  [{ ratio: '4:5' }, 'portrait'],
  [{ ratio: '2.35:1' }, 'landscape'],
  [{ width: 0, height: 0, ratio: '1:1' }, 'square'],
  [{ width: 1080 }, undefined],
  [{ ratio: 'wide' }, undefined],
  [{ ratio: '0:0' }, undefined],
  [{}, undefined],
])('%j is %s', (cut, shape) => {
  expect(shapeOf(cut)).toBe(shape);
});

test('what a video is not is offered; where that is not known, all', () => {
  expect(otherShapes({ ratio: '9:16' })).toEqual(['landscape', 'square']);
  expect(otherShapes({})).toEqual(['portrait', 'landscape', 'square']);
});

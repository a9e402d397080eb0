import { expect, test } from 'vitest';
import { takeNextSteps } from '../../../src/conversation/prompts/next-steps.ts';

test.each([
  [
    'Done.\n\nNext: add subtitles | adjust timing | export',
    'Done.',
    ['Add subtitles', 'Adjust timing'],
  ],
  ['Done.\n**Next steps:** a map; more rain', 'Done.', ['A map', 'More rain']],
  ['Done.\n\n### Next steps:\n- A map\n- More rain.\n', 'Done.', ['A map', 'More rain']],
  ['Done.\n\nNext steps:\n1. A map\n2. **More rain**', 'Done.', ['A map', 'More rain']],
  ['做好了。\n\n下一步：添加字幕｜调整节奏｜导出', '做好了。', ['添加字幕', '调整节奏']],
  [
    'Hecho.\n\nSiguiente paso: añadir lluvia | un mapa | exportar',
    'Hecho.',
    ['Añadir lluvia', 'Un mapa'],
  ],
  ['A.\n\nNext: bb | cc | dd | Bb', 'A.', ['Bb', 'Cc', 'Dd']],
])('%j', (text, left, prompts) => {
  expect(takeNextSteps(text)).toEqual({ text: left, prompts });
});

test.each([
  ['it is the story of the video', 'Next: a storm comes up, and the ship sinks.'],
  ['something else follows', 'Next: a map | more rain\n\nShall I begin?'],
  ['what follows is no list', 'Next steps:\nI will add a map now.'],
  ['it stands far above the end', `Next: a map | more rain${'\nA line.'.repeat(20)}`],
  ['it is one word of a sentence', 'The next: scene is dark | light'],
])('nothing is taken out where %s', (_why, text) => {
  expect(takeNextSteps(text)).toEqual({ text, prompts: [] });
});

test('more than three stay in the words, and the first three are offered', () => {
  const text = 'A.\n\nNext: bb | cc | dd | ee';
  expect(takeNextSteps(text)).toEqual({ text, prompts: ['Bb', 'Cc', 'Dd'] });
});

test('words that are nothing but suggestions stay, and are offered', () => {
  const text = 'Next: a map | more rain';
  expect(takeNextSteps(text)).toEqual({ text, prompts: ['A map', 'More rain'] });
});

test('a row of suggestions of which none is for the agent goes, and offers nothing', () => {
  expect(takeNextSteps('Done.\n\nNext: export | status')).toEqual({ text: 'Done.', prompts: [] });
});

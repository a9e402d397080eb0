import { expect, test } from 'vitest';
import { scenesOf } from '../../../src/conversation/plan/scenes.ts';

test.each<[string, string, string[]]>([
  ['paragraphs', 'Tea grows.\n\nA hand\npicks it.', ['Tea grows.', 'A hand']],
  ['one', 'Tea grows on a mountain.', ['Tea grows on a mountain.']],
  [
    'an order in front, and wishes behind',
    'Make a film of this:\n\nTea grows.\n\nA hand picks it.\n\nNo music, portrait',
    ['Tea grows.', 'A hand picks it.'],
  ],
  [
    'what a form adds',
    'Tea grows.\n\nA hand picks it.\n\nAspect ratio: 9:16. Length: about 30 seconds.',
    ['Tea grows.', 'A hand picks it.'],
  ],
  [
    'a first scene like any other',
    'A film crew arrives.\n\nIt rains.',
    ['A film crew arrives.', 'It rains.'],
  ],
  ['numbered', 'The story:\n1. Tea grows\n2) A hand\n3. A cup', ['Tea grows', 'A hand', 'A cup']],
  ['numbers out of order tell nothing', '1. Tea grows\n7. A hand', ['1. Tea grows']],
  [
    'scenes by their names',
    'Intro\nScene 1: The mountain\nIt is early.\n\nScene 2 - The hand\n**Scene 3**\nThe cup',
    ['The mountain', 'The hand', 'The cup'],
  ],
  ['镜头', '第一幕：茶山\n第二幕：采茶', ['茶山', '采茶']],
  ['场景', '场景 1：茶山\n清晨\n场景 2：采茶', ['茶山', '采茶']],
  ['escenas', 'Escena 1: la colina\nEscena 2: la taza', ['la colina', 'la taza']],
  [
    'a screenplay',
    'FADE IN\n\nINT. KITCHEN - DAY\nA kettle.\n\nEXT. HILL - DAWN\nMist.',
    ['INT. KITCHEN - DAY', 'EXT. HILL - DAWN'],
  ],
  [
    'a shot list',
    'Shot | What | Seconds\n1 | Tea hill | 4\n2 | Hand | 3\n3 | Cup | 3',
    ['Tea hill · 4', 'Hand · 3', 'Cup · 3'],
  ],
  ['headings', '# Hill\nTea grows.\n\n# Cup\nIt steams.', ['Hill', 'Cup']],
  ['nothing', '', []],
])('%s', (_name, script, scenes) => {
  expect(scenesOf(script)).toEqual(scenes);
});

test('long first words are cut, and no more scenes are kept than anybody reads', () => {
  const script = Array.from({ length: 300 }, (_, n) => `${n} ${'word '.repeat(40)}`).join('\n\n');
  const scenes = scenesOf(script);
  expect(scenes.length).toBeLessThanOrEqual(100);
  for (const words of scenes) expect(words.length).toBeLessThanOrEqual(61);
});

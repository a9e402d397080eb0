/** Every place that sends a file says what is in it. The doubles refuse one that does not; here each is named. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { House } from '../../doubles/house.ts';
import { sevenScenes, sevenSubtitled } from '../../doubles/nemo/seven-scenes.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { open } from './support.ts';

const SRC = path.resolve(import.meta.dirname, '../../../src/conversation');

interface Sent {
  readonly draft: unknown;
  readonly does: (house: House) => Promise<void>;
  readonly says: readonly [name: RegExp, description: string][];
}

const TIMELINE =
  'Picture of the timeline. Timeline (2 tracks): 1. Video: sunrise over the harbour +6 (0-31.5s) 2. BGM: Lo-fi (0-31.5s, 35%)';

const PLACES: Readonly<Record<string, Sent>> = {
  'captions/tell-captions.ts': {
    draft: sevenSubtitled,
    does: async (house) => void (await house.room.write('captions')),
    says: [[/^captions\.srt$/, 'Captions of the video “A day in the harbour”, as SRT']],
  },
  'render/deliver.ts': {
    draft: sevenScenes,
    does: async (house) => void (await house.room.write('export')),
    says: [[/\.mp4$/, 'Video “A day in the harbour”, 31.5 seconds long']],
  },
  'post-answer.ts': {
    draft: sevenScenes,
    does: async (house) => {
      house.nemo.script(say('What could happen next. '.repeat(1_000)));
      await house.room.write('What could happen next in this film?');
    },
    says: [[/^answer\.md$/, 'The whole answer as a text']],
  },
  'timeline/show-timeline.ts': {
    draft: sevenScenes,
    does: async (house) => void (await house.room.write('timeline')),
    says: [[/^timeline\.png$/, TIMELINE]],
  },
};

test('every place that sends a file is in the table', () => {
  const senders = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.split(path.sep).join('/'))
    // They pass on what they are given.
    .filter((file) => !['thread-under-claim.ts', 'say-with-file.ts'].includes(file))
    .filter((file) =>
      /\.postFile\(|sayWithFile\(/.test(readFileSync(path.join(SRC, file), 'utf8')),
    );
  expect(senders.sort()).toEqual(Object.keys(PLACES).sort());
});

test.each(Object.entries(PLACES))(
  '%s says what is in its file',
  async (_, { draft, does, says }) => {
    const house = await open({ draft, pictures: { png: async () => new Uint8Array([1]) } });
    house.nemo.script({ draft }, say('Here it is.'), { draft });
    await house.room.write('A film about one day in a harbour.');
    await house.idle();
    await does(house);
    await house.idle();
    const files = house.room.said.flatMap(({ file }) => file ?? []);
    expect(files.map(({ description }) => description)).toEqual(says.map(([, text]) => text));
    for (const [at, [name]] of says.entries()) expect(files[at]?.name).toMatch(name);
  },
);

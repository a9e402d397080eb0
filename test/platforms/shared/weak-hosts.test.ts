/** File hosts that drop one download in five, once: nothing is lost, and nothing is said about it. */
import { afterEach, expect, test } from 'vitest';
import { PLATFORMS as MODULES } from '../../../src/platforms/platforms.ts';
import type { NemoDouble } from '../../doubles/nemo/world.ts';
import { startStudio } from '../discord/studio.ts';
import { startTown, type Town } from '../slack/town.ts';

const COUNT = 10;
const MOST_BYTES = 200_000;

/** What a host does to one download, as the doubles take it. */
interface Weakness {
  readonly hiccups?: (number | 'reset')[];
  readonly cutAt?: number[];
}

const WEAKNESSES: readonly (readonly [string, () => Weakness])[] = [
  ['503', () => ({ hiccups: [503] })],
  ['429', () => ({ hiccups: [429] })],
  ['500', () => ({ hiccups: [500] })],
  ['a reset', () => ({ hiccups: ['reset'] })],
  ['a file that is cut off', () => ({ cutAt: [MOST_BYTES / 2] })],
  ['404', () => ({ hiccups: [404] })],
];

interface Sent extends Weakness {
  readonly name: string;
  readonly bytes: Buffer;
}

const textOf = (n: number): string => `Scene ${n}: a kettle.`;
const filesWith = (weakness: () => Weakness): Sent[] =>
  Array.from({ length: COUNT }, (_, n) => ({
    name: `scene-${n}.png`,
    bytes: Buffer.concat([PNG, Buffer.alloc(MOST_BYTES, textOf(n))]),
    ...(n % 5 === 3 ? weakness() : {}),
  }));
const PNG = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');

interface Told {
  readonly nemo: NemoDouble;
  /** Of the bot. */
  readonly said: string;
  readonly downloads: number;
}

const open: Town[] = [];
afterEach(async () => {
  for (const town of open.splice(0)) await town.close();
});

const PLATFORMS: Readonly<Record<string, (files: readonly Sent[]) => Promise<Told>>> = {
  async slack(files) {
    const town = await startTown();
    open.push(town);
    const { slack, house, nemo } = town;
    const thread = await slack.write('@bot film these', {
      files: files.map((file) => ({ ...file, mimetype: 'image/png' })),
    });
    await slack.until((m) => m.thread_ts === thread && /Your video is ready/.test(m.text));
    await house.idle();
    const said = slack.messages.filter(({ bot }) => bot).map(({ text }) => text);
    return { nemo, said: said.join('\n'), downloads: slack.downloads.length };
  },
  async discord(files) {
    const studio = await startStudio();
    const { discord, nemo } = studio;
    const asked = discord.mention(discord.general, discord.alice, 'film these', {
      files: files.map((file) => ({ ...file, type: 'image/png' })),
    });
    await studio.hear(asked.id, /Your video is ready/);
    await studio.idle();
    const said = discord.said(asked.id).map(({ content }) => content);
    return { nemo, said: said.join('\n'), downloads: discord.downloads.length };
  },
};

/** Their files come with the message, and lie on our own disk from then on. */
const WITHOUT_HOST: readonly string[] = ['web'];

test('every platform is here', () => {
  const names = MODULES.map(({ name }) => name);
  expect([...Object.keys(PLATFORMS), ...WITHOUT_HOST].toSorted()).toEqual(names.toSorted());
});

const CASES = Object.entries(PLATFORMS).flatMap(([platform, send]) =>
  WEAKNESSES.map(([what, weakness]) => [platform, what, send, weakness] as const),
);

test.each(CASES)('%s: %s', async (_platform, _what, send, weakness) => {
  const files = filesWith(weakness);
  const { nemo, said, downloads } = await send(files);
  const parts = nemo.received('upload').flatMap((request) => request.parts ?? []);
  expect(parts.map(({ filename, bytes }) => [filename, bytes])).toEqual(
    files.map(({ name, bytes }) => [name, bytes.length]),
  );
  expect(said).not.toMatch(/can't use/);
  // All but the first file of a session are read twice: compared with what is there, then uploaded.
  expect(downloads).toBe(2 * COUNT - 1 + COUNT / 5);
});

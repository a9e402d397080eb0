import { expect, test } from 'vitest';
import { FileRefused } from '../../../src/platforms/chat.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { hear, open, runs, times } from './support.ts';

const paragraph = (n: number) => `Paragraph ${n}: ${'what the film could show next. '.repeat(20)}`;
const LONG = Array.from({ length: 40 }, (_, n) => paragraph(n + 1).trim()).join('\n\n');

test('an answer too long for four messages comes whole as a file, with its beginning as text', async () => {
  const house = await open();
  house.nemo.script({ draft: sampleDraft }, say(LONG));
  await house.room.write('A film about tea.');
  const answer = await hear(house, /The whole answer is in the file/);
  await house.idle();
  expect(answer.file?.name).toBe('answer.md');
  expect(answer.file?.content.toString()).toBe(LONG);
  expect(answer.message.text).toMatch(/^Paragraph 1: /);
  expect(answer.message.text.length).toBeLessThan(4_000);
  expect(answer.message.text).toContain('Timeline (3 tracks)');
  expect(answer.message.buttons?.map(({ label }) => label)).toContain('Export MP4');
});

test('an answer that four messages hold is said as it is', async () => {
  const house = await open();
  const words = LONG.slice(0, 10_000).trim();
  house.nemo.script({ draft: sampleDraft }, say(words));
  await house.room.write('A film about tea.');
  const answer = await hear(house, /Paragraph 1: /);
  await house.idle();
  expect(answer.file).toBeUndefined();
  expect(answer.message.text).toContain(words);
});

test('where the file is not taken, the beginning alone is said, and that it was cut', async () => {
  const house = await open();
  house.room.fileRefusals.push(new FileRefused('not-allowed', 'no files here'));
  house.nemo.script({ draft: sampleDraft }, say(LONG));
  await house.room.write('A film about tea.');
  const answer = await hear(house, /cut off because it was too long/);
  await house.idle();
  expect(answer.file).toBeUndefined();
  expect(answer.message.text).not.toContain('in the file');
  expect(times(house, /Paragraph 1: /)).toBe(1);
  expect(runs(house)).toBe(1);
});

test('no secret stands in a long answer: in its text, its file, or what it offers', async () => {
  const house = await open();
  const { token } = house.nemo;
  house.nemo.script(
    { draft: sampleDraft },
    say(`${LONG}\n\n${token}\n\nNext: use ${token} | slower`),
  );
  await house.room.write('A film about tea.');
  const answer = await hear(house, /The whole answer is in the file/);
  await house.idle();
  expect(JSON.stringify(answer.message)).toContain('Slower');
  const all = JSON.stringify([answer.message, answer.file?.content.toString()]);
  expect(all).not.toContain(token);
  expect(all.replaceAll('_', '')).not.toContain(token.replaceAll('_', ''));
});

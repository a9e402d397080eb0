/** Recorded clips as other chats have them: with their words, or in a container that the backend takes. */
import { expect, test } from 'vitest';
import { open, runs, story, toldAgent } from './support.ts';

const clip = (transcript?: string) => ({
  name: 'audio_message.m4a',
  mime: 'audio/mp4',
  bytes: Buffer.concat([Buffer.from('\0\0\0\x18ftypM4A ', 'latin1'), Buffer.alloc(64)]),
  voice: transcript === undefined ? {} : { transcript },
});

test('words that the platform wrote down are what was said; the recording is not sent', async () => {
  const house = await open();
  await house.room.write('', { files: [clip('A kettle sings at dawn. The harbour wakes.')] });
  await house.idle();
  expect(house.nemo.received('upload')).toEqual([]);
  expect(toldAgent(house)).toBe('A kettle sings at dawn. The harbour wakes.');
  expect(story(house)).toContain('what is said in **audio_message.m4a** for the script');
});

test('they follow what was typed, and tell the language', async () => {
  const house = await open();
  await house.room.write('9:16', { files: [clip('清晨，一只水壶在唱歌，港口慢慢醒来。')] });
  await house.idle();
  expect(toldAgent(house)).toBe('9:16\n\n清晨，一只水壶在唱歌，港口慢慢醒来。');
  expect(story(house)).toContain('里说的话当作脚本');
});

test('without words the clip passes as it is, as a recording whose words are the script', async () => {
  const house = await open();
  await house.room.write('', { files: [clip()] });
  await house.idle();
  expect(house.nemo.received('upload')[0]?.parts).toMatchObject([
    { filename: 'audio_message.m4a', mime: 'audio/mp4', type: 'audio' },
  ]);
  expect(toldAgent(house)).toBe(
    'Make a video from this file.\n\nUploaded files: audio_message.m4a (audio)\n\naudio_message.m4a is a voice message: its spoken words are the script of the video.',
  );
});

test('music is sent as a recording, whatever words somebody heard in it', async () => {
  const house = await open();
  await house.room.write('A film about tea, this as music.', { files: [clip('La la la.')] });
  await house.idle();
  expect(house.nemo.received('upload')).toHaveLength(1);
  expect(toldAgent(house)).not.toContain('La la');
  expect(toldAgent(house)).toContain('audio_message.m4a is the music of the video');
  expect(runs(house)).toBe(1);
});

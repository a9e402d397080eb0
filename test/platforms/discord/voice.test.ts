/** Voice messages on Discord: what the agent is told, what it is given, and what the person is told. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { opusToWave } from '../../../src/documents/voice/opus-to-wave.ts';
import { fixture } from '../../documents/files.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { startStudio, toldAgent } from './studio.ts';

const VOICE_MESSAGE = 1 << 13;
const spoken = (bytes: Buffer = fixture('voice.ogg')) => ({
  flags: VOICE_MESSAGE,
  files: [{ name: 'voice-message.ogg', type: 'audio/ogg', seconds: 1.5, bytes }],
});
const wave = async () => {
  const made = await opusToWave(fixture('voice.ogg'), 60);
  return {
    field: 'files',
    filename: 'voice-message.wav',
    mime: 'audio/wav',
    type: 'audio',
    bytes: made.wave.length,
    sha256: createHash('sha256').update(made.wave).digest('hex'),
  };
};

test('the words of a voice message are the script; it is sent as WAV, and its person is told so', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const direct = discord.dm(discord.alice);
  discord.write(direct, discord.alice, '', spoken());
  await studio.hear(direct.id, /what is said in \*\*voice-message\.ogg\*\* for the script/);
  await studio.hear(direct.id, /Your video is ready/);
  await studio.idle();
  expect(nemo.received('upload')[0]?.parts).toEqual([await wave()]);
  expect(toldAgent(nemo)).toBe(
    'Make a video from this file.\n\nUploaded files: voice-message.wav (audio)\n\nvoice-message.wav is a voice message: its spoken words are the script of the video.',
  );
});

test('in a thread that has its video, it is what somebody says of it', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const asked = discord.mention(discord.general, discord.alice, 'A film about milk.');
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  nemo.script(say('Now with a cow.'));
  discord.write(discord.thread(asked), discord.alice, '', spoken());
  await studio.hear(asked.id, /what is said in \*\*voice-message\.ogg\*\* for your message/);
  await studio.hear(asked.id, /Now with a cow/);
  await studio.idle();
  expect(toldAgent(nemo, 2)).toBe(
    'Uploaded files: voice-message.wav (audio)\n\nvoice-message.wav is a voice message: its spoken words are my message to you about this video.',
  );
});

test.each([
  [
    'use this as music for a film about tea',
    /🎵 I take \*\*voice-message\.ogg\*\* for the music/,
    'use this as music for a film about tea\n\nUploaded files: voice-message.wav (audio)\n\nvoice-message.wav is the music of the video, not its script.',
  ],
  [
    '一个关于茶的视频，把这个当背景音乐',
    /🎵 \*\*voice-message\.ogg\*\* 用作音乐/,
    '一个关于茶的视频，把这个当背景音乐\n\n已上传文件：voice-message.wav（音频）\n\nvoice-message.wav 是视频的音乐，不是脚本。',
  ],
  [
    'un video sobre el té, con esto como música',
    /🎵 La música de tu video será \*\*voice-message\.ogg\*\*/,
    'un video sobre el té, con esto como música\n\nArchivos subidos: voice-message.wav (audio)\n\nvoice-message.wav es la música del video, no su guion.',
  ],
])('%s: somebody’s voice message that is replied to is the music', async (text, told, sent) => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const theirs = discord.write(discord.general, discord.bob, '', spoken());
  const asked = discord.mention(discord.general, discord.alice, text, { replyTo: theirs });
  await studio.hear(asked.id, told);
  await studio.idle();
  expect(nemo.received('upload')[0]?.parts).toEqual([await wave()]);
  expect(toldAgent(nemo)).toBe(sent);
});

test('a damaged one is answered in a sentence, and nothing is sent', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const direct = discord.dm(discord.alice);
  discord.write(direct, discord.alice, '', spoken(fixture('voice.ogg').subarray(0, 2_000)));
  await studio.hear(direct.id, /\*\*voice-message\.ogg\*\*: the recording is damaged/);
  await studio.idle();
  expect(nemo.received('run_sse')).toEqual([]);
  expect(nemo.received('upload')).toEqual([]);
});

import { expect, test } from 'vitest';
import { useOf, voiceUseIn } from '../../../src/conversation/material/voice.ts';

test.each([
  'use this as music',
  'Use this as the background music, please.',
  'a film about tea, with this as the soundtrack',
  'this is the music for it',
  '把这个当背景音乐',
  '用作配乐。',
  '這段當背景音樂吧',
  'esta es la música',
  'úsalo como música de fondo',
  'un video sobre té, y esto como la banda sonora',
])('%s: the recording is music', (text) => {
  expect(voiceUseIn(text, false)).toBe('music');
  expect(voiceUseIn(text, true)).toBe('music');
});

test.each([
  '',
  'make a video from this',
  'use it as the script, not as music',
  'a music video from this, with calm music',
  'as the music swells, a heron takes off',
  '做音乐视频',
  '这是音乐会的介绍',
  '不要当音乐，用里面的话',
  'un video sobre la música del mar',
  'no como música, como guion',
])('%j: the recording speaks', (text) => {
  expect(voiceUseIn(text, false)).toBe('script');
  expect(voiceUseIn(text, true)).toBe('message');
});

const file = (name: string, mime: string, transcript?: string) => ({
  id: '1',
  name,
  mime,
  locator: {},
  voice: transcript === undefined ? {} : { transcript },
});

test('the form in which a recording goes on', () => {
  const ogg = file('voice-message.ogg', 'audio/ogg');
  const audio = { kind: 'audio', mime: 'audio/wav' };
  expect(useOf(ogg, 'script')).toEqual({
    is: 'voice',
    voice: 'script',
    decode: true,
    ending: 'wav',
    media: audio,
  });
  expect(useOf(file('clip', 'audio/ogg; codecs=opus'), 'script')).toMatchObject({ decode: true });
  expect(useOf(file('clip.m4a', 'audio/mp4'), 'script')).toMatchObject({ decode: false });
  expect(useOf(file('clip.webm', 'audio/webm'), 'music')).toMatchObject({
    is: 'voice',
    decode: false,
    media: { kind: 'audio' },
  });
  expect(useOf(file('clip.m4a', 'audio/mp4', ' '), 'script')).toMatchObject({ is: 'voice' });
  const words = { is: 'said', text: 'A cow wakes.', voice: 'script' };
  expect(useOf(file('clip.m4a', 'audio/mp4', 'A cow wakes.'), 'script')).toEqual(words);
  expect(useOf(file('clip.m4a', 'audio/mp4', 'La la la.'), 'music')).toMatchObject({ is: 'voice' });
  const { voice: _, ...plain } = ogg;
  expect(useOf(plain, 'script')).toEqual({ is: 'refused' });
});

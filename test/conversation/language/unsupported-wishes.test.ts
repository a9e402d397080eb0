import { describe, expect, it } from 'vitest';
import { unsupportedWishes } from '../../../src/conversation/language/unsupported-wishes.ts';

describe('unsupportedWishes', () => {
  it.each([
    'use https://www.youtube.com/watch?v=abc123 as music',
    'with this song: youtu.be/abc123',
    'https://open.spotify.com/track/abc please',
    'spotify:track:abc123',
  ])('case 59: %j names a page of a music service', (text) => {
    expect(unsupportedWishes(text)).toEqual(['stock-music-link']);
  });

  it.each([
    'C:\\Users\\me\\cat.png',
    'take D:/media/cat.mp4',
    '/Users/me/cat.png',
    '~/Movies/cat.mov',
    'file:///tmp/a.mp4',
    '\\\\server\\share\\cat.mp4',
    '用 /home/me/cat.png 做视频',
  ])('%j is a place on somebody’s own machine', (text) => {
    expect(unsupportedWishes(text)).toEqual(['local-path']);
  });

  it.each([
    'retouch this photo',
    'Can you edit my picture?',
    'remove the background from the photo',
    '帮我修图',
    '把这张照片去背景',
  ])('%j asks for photo editing', (text) => {
    expect(unsupportedWishes(text)).toEqual(['photo-editing']);
  });

  it.each([
    'a 5 minute video about tea',
    'make a two-minute explainer',
    '90 second clip of the sea',
    'an hour-long documentary',
    'a film of 3 minutes',
    'it should be 2 minutes long',
    '做一个5分钟的视频',
    '时长：两分钟',
    '做個兩分鐘的影片',
  ])('%j asks for more than a minute', (text) => {
    expect(unsupportedWishes(text)).toEqual(['long-video']);
  });

  it('names several at once, each once', () => {
    expect(
      unsupportedWishes('a 3 minute video from C:\\a.mp4 and C:\\b.mp4 with https://youtu.be/x'),
    ).toEqual(['stock-music-link', 'local-path', 'long-video']);
  });

  it.each([
    'make a video about YouTube and Spotify',
    'https://example.com/home/user/cat.png',
    'a 30 second video',
    'a 60-second clip',
    'one minute video',
    'a video about five minutes of meditation a day',
    'boil for 10 minutes, then show the tea',
    'either/or, and/or, 16:9',
    'edit my photos into a video',
    'a photo slideshow from these pictures',
    '做一个30秒的视频',
    '泡茶五分钟的过程',
    '',
  ])('%j is no problem', (text) => {
    expect(unsupportedWishes(text)).toEqual([]);
  });

  it('takes any length of text', () => {
    expect(unsupportedWishes('minute 5 '.repeat(20_000))).toEqual([]);
  });
});

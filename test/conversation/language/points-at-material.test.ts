/** Which words say nothing without the file that came with them. */
import { expect, test } from 'vitest';
import { pointsAtMaterial } from '../../../src/conversation/language/points-at-material.ts';

const POINTING = [
  '',
  '🎬',
  '👆👆',
  'film this',
  'Film this!',
  'make a video from this',
  'Make a video out of these photos please',
  'can you turn this into a short vertical reel for TikTok?',
  'Use this.',
  'Use these.',
  'here you go',
  'Here is the script',
  'the script is in the attachment',
  'do your thing',
  'Please make a 30 second video based on the attached PDF',
  'Film this recipe',
  'Turn my report into an explainer video, 60s, in English',
  'A calm film, please.',
  'make it a cinematic one with music and subtitles',
  'hey, could you animate this picture?',
  'add music to this clip',
  '1 minute, 9:16',
  '用这个做',
  '用这个做一个视频',
  '把这些照片剪成一个短视频',
  '根据附件做个短片，谢谢',
  '请把这份文档拍成30秒的竖屏视频',
  '拍这个',
  '脚本在上面',
  '把这個檔案做成影片',
  '给我配个音乐',
  'haz un vídeo con esto',
  'Haz un vídeo con esto, por favor',
  'convierte este documento en un video corto',
  '¿puedes hacer un clip vertical de 30 segundos con estas fotos?',
  'usa el archivo adjunto',
  'aquí está el guion',
  'crea una película a partir de esta receta',
];

const TELLING = [
  'film this: a fox runs through snow',
  'Film this:\nA fox.\nIt runs.',
  'A film about tea.',
  'make a video about foxes in the snow',
  'Use the attached logo for an ad about our new espresso machine',
  'a lighthouse keeper climbs the stairs',
  'make a video from https://example.com/story',
  'Say “We open on Monday” over this picture',
  'tell the story of the moon landing with these photos',
  'Make a film of our trip to Norway from these pictures',
  '做一个关于茶山的短片',
  '拍这个：一只狐狸跑过雪地',
  '用这些照片讲一个关于灯塔的故事',
  '狐狸跑过雪地',
  '春节祝福视频，祝大家新年快乐',
  'haz un vídeo sobre zorros en la nieve',
  'filma esto: un zorro corre por la nieve',
  'Una historia de un faro con estas fotos',
  `Film this. ${'And this. '.repeat(25)}`,
];

test.each(POINTING.map((text) => [text]))('%j only points', (text) => {
  expect(pointsAtMaterial(text, { hasVideo: false })).toBe(true);
});

test.each(TELLING.map((text) => [text]))('%j tells something itself', (text) => {
  expect(pointsAtMaterial(text, { hasVideo: false })).toBe(false);
  expect(pointsAtMaterial(text, { hasVideo: true })).toBe(false);
});

/** What may be about the video that is there already, and points at the file all the same where it says so. */
test.each([
  ['make it shorter', false],
  ['a bit faster, and add subtitles', false],
  ['remove the music', false],
  ['短一点', false],
  ['去掉字幕', false],
  ['más rápido', false],
  ['quita la música', false],
  ['add this at the end', true],
  ['use this as the background music', true],
  ['replace the logo with this', true],
  ['用这个做片头', true],
  ['把音乐换成这个', true],
  ['pon esto al final', true],
  ['film this', true],
  ['', true],
])('where there is a video, %j only points: %j', (text, points) => {
  expect(pointsAtMaterial(text, { hasVideo: true })).toBe(points);
});

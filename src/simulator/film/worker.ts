/** Draws and encodes one film in a thread of its own, then writes the MP4 and ends. */
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { workerData } from 'node:worker_threads';
import { createCanvas, type Image, loadImage } from '@napi-rs/canvas';
import type { FilmOrder } from './film.ts';
import { fontFamilies } from './fonts.ts';
import { painter } from './paint.ts';
import { markKeyFrames } from './sync-samples.ts';

// The package is a CommonJS bundle whose exports an import statement cannot see.
const { createH264MP4Encoder }: typeof import('h264-mp4-encoder') = createRequire(import.meta.url)(
  'h264-mp4-encoder',
);

const KEY_EVERY_SECONDS = 2;

await render(workerData);

async function render({ board, pictures, target, framesPerSecond }: FilmOrder): Promise<void> {
  const { width, height } = board;
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const words = [
    ...board.scenes.map((scene) => `${scene.text}${scene.filename ?? ''}`),
    board.title?.text,
    board.music,
    '♪ / 0123456789',
  ].join('');
  const paint = painter(board, {
    context,
    families: fontFamilies(words),
    pictures: await load(pictures),
  });

  const encoder = await createH264MP4Encoder();
  encoder.width = width;
  encoder.height = height;
  encoder.frameRate = framesPerSecond;
  encoder.speed = 10;
  encoder.quantizationParameter = 27;
  encoder.groupOfPictures = framesPerSecond * KEY_EVERY_SECONDS;
  encoder.initialize();
  const frames = Math.max(1, Math.round((board.ms / 1000) * framesPerSecond));
  for (let frame = 0; frame < frames; frame++) {
    paint((frame * 1000) / framesPerSecond);
    encoder.addFrameRgba(canvas.data());
  }
  encoder.finalize();
  const mp4 = Buffer.from(encoder.FS.readFile(encoder.outputFilename));
  encoder.delete();
  const keys: number[] = [];
  for (let i = 1; i <= frames; i += framesPerSecond * KEY_EVERY_SECONDS) keys.push(i);
  await writeFile(target, markKeyFrames(mp4, keys));
}

/** A picture that cannot be decoded is left out; its scene then shows a card with its name. */
async function load(pictures: FilmOrder['pictures']): Promise<Map<string, Image>> {
  const loaded = new Map<string, Image>();
  for (const { name, file } of pictures) {
    const image = await loadImage(file).catch(() => undefined);
    if (image && image.width > 0) loaded.set(name, image);
  }
  return loaded;
}

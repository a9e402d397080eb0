import type { Image, SKRSContext2D } from '@napi-rs/canvas';
import { backdrop } from './backdrop.ts';
import { type Lettering, lettering } from './lettering.ts';
import type { Panel, Storyboard } from './storyboard.ts';

export interface Stage {
  readonly context: SKRSContext2D;
  readonly families: string;
  /** By file name; a name without a picture is shown as a card. */
  readonly pictures: ReadonlyMap<string, Image>;
}

const ENTRANCE_MS = 450;
const EXIT_MS = 300;

/** Gives the function that draws the film's picture at a time, in milliseconds. */
export function painter(board: Storyboard, stage: Stage): (at: number) => void {
  const { context, families } = stage;
  const { width, height } = board;
  /** Sizes are those of a 720-pixel frame. */
  const unit = Math.min(width, height) / 720;
  const margin = Math.round(width * (width > height ? 0.075 : 0.085));
  const column = width - margin * 2;
  const rear = backdrop(width, height, board.name, board.style);
  const letter = (text: string, lines: number, size: number, weight: number, wide = column) =>
    lettering(text, wide, lines, { families, weight, size: size * unit, shadow: 0.45 });

  const texts = board.scenes.map((scene) => letter(scene.text, width > height ? 4 : 8, 62, 700));
  const captions = board.subtitles
    ? board.scenes.map((scene) =>
        lettering(scene.text, column * 0.92, 2, {
          families,
          weight: 600,
          size: 30 * unit,
          align: 'center',
        }),
      )
    : [];
  const counters = board.scenes.map((_, i) =>
    letter(`${i + 1} / ${board.scenes.length}`, 1, 22, 600),
  );
  const title = board.title && letter(board.title.text, 3, 84, 800);
  const music = board.music === undefined ? undefined : letter(`♪ ${board.music}`, 1, 22, 600);

  const show = (words: Lettering, x: number, y: number, alpha: number) => {
    context.globalAlpha = alpha;
    context.drawImage(words.canvas, x - words.margin, y - words.margin);
    context.globalAlpha = 1;
  };

  const drawScene = (scene: Panel, index: number, at: number) => {
    const text = texts[index];
    if (!text) return;
    const picture = scene.filename === undefined ? undefined : stage.pictures.get(scene.filename);
    if (picture)
      drawPicture(context, board, picture, (at - scene.from) / (scene.until - scene.from));
    else if (scene.filename !== undefined) drawCard(scene.filename);
    const low = scene.filename !== undefined;
    if (low && board.subtitles) return;
    const enter = ease(Math.min(1, (at - scene.from) / ENTRANCE_MS));
    const titled = board.title !== undefined && at < board.title.until;
    const middle = titled ? height * 0.52 : (height - text.height) / 2;
    const top =
      (low ? height - margin - text.height - 34 * unit : middle) + (1 - enter) * 26 * unit;
    if (!low) {
      context.fillStyle = `rgba(255, 255, 255, ${enter})`;
      context.fillRect(margin, top - 30 * unit, 72 * unit * enter, 5 * unit);
    }
    show(text, margin, top, enter);
  };

  const drawCaption = (words: Lettering) => {
    const pad = 16 * unit;
    const x = (width - words.width) / 2;
    const y = height - 46 * unit - words.height;
    context.fillStyle = 'rgba(0, 0, 0, 0.62)';
    context.beginPath();
    context.roundRect(x - pad, y - pad / 2, words.width + pad * 2, words.height + pad, 10 * unit);
    context.fill();
    show(words, x, y, 1);
  };

  /** A clip stands as a card with its name: its own frames are not decoded here. */
  const drawCard = (name: string) => {
    const side = Math.min(width, height) * 0.34;
    const y = height * 0.2;
    context.fillStyle = 'rgba(255, 255, 255, 0.14)';
    context.beginPath();
    context.roundRect(width / 2 - side * 0.75, y, side * 1.5, side, 24 * unit);
    context.fill();
    context.fillStyle = '#fff';
    context.beginPath();
    context.moveTo(width / 2 - side * 0.1, y + side * 0.22);
    context.lineTo(width / 2 + side * 0.14, y + side * 0.38);
    context.lineTo(width / 2 - side * 0.1, y + side * 0.54);
    context.fill();
    const label = letter(name, 1, 26, 500, side * 1.3);
    show(label, (width - label.width) / 2, y + side * 0.7, 1);
  };

  const drawTitle = (at: number) => {
    if (!title || !board.title || at >= board.title.until) return;
    const leave = Math.min(1, (board.title.until - at) / EXIT_MS);
    show(title, margin, height * 0.42 - title.height, ease(Math.min(1, at / ENTRANCE_MS)) * leave);
  };

  const drawFrame = (index: number, at: number) => {
    const counter = counters[index];
    if (counter) show(counter, margin, 32 * unit, 0.8);
    if (music) show(music, width - margin - music.width, 32 * unit, 0.8);
    const bar = 8 * unit;
    context.fillStyle = 'rgba(255, 255, 255, 0.22)';
    context.fillRect(0, height - bar, width, bar);
    context.fillStyle = '#fff';
    context.fillRect(0, height - bar, (width * at) / board.ms, bar);
  };

  return (at) => {
    const index = board.scenes.findIndex((scene) => at < scene.until);
    const scene = board.scenes[index];
    if (!scene) return;
    rear(context, at, index);
    drawScene(scene, index, at);
    drawTitle(at);
    const caption = captions[index];
    if (caption) drawCaption(caption);
    drawFrame(index, at);
  };
}

/** Fills the frame, moves in slowly, and darkens the lower part for the words. */
function drawPicture(
  context: SKRSContext2D,
  { width, height }: Storyboard,
  picture: Image,
  through: number,
): void {
  const scale = Math.max(width / picture.width, height / picture.height) * (1 + 0.07 * through);
  const [w, h] = [picture.width * scale, picture.height * scale];
  context.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h);
  const shade = context.createLinearGradient(0, 0, 0, height);
  shade.addColorStop(0, 'rgba(0, 0, 0, 0.35)');
  shade.addColorStop(0.3, 'rgba(0, 0, 0, 0)');
  shade.addColorStop(0.55, 'rgba(0, 0, 0, 0.1)');
  shade.addColorStop(1, 'rgba(0, 0, 0, 0.78)');
  context.fillStyle = shade;
  context.fillRect(0, 0, width, height);
}

function ease(t: number): number {
  return 1 - (1 - t) ** 3;
}

import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';

/** Hues of the gradient's two ends; one pair per film, shifted a little from scene to scene. */
const PALETTES: readonly (readonly [number, number])[] = [
  [222, 268],
  [196, 232],
  [258, 318],
  [168, 214],
  [336, 276],
  [18, 338],
];
const WARM = /warm|sunset|orange|golden|暖|夕阳|金/iu;
const COLD = /cold|cool|blue|ocean|冷|蓝|海/iu;

/** Drawn this many times smaller and scaled up: soft shapes need no more, and it is far faster. */
const SHRINK = 16;

/** A slow gradient with drifting lights. `at` is milliseconds of the film. */
export function backdrop(width: number, height: number, seed: string, style: string) {
  const [first, second] = palette(seed, style);
  const small: Canvas = createCanvas(Math.ceil(width / SHRINK), Math.ceil(height / SHRINK));
  const paint = small.getContext('2d');
  return (target: SKRSContext2D, at: number, scene: number): void => {
    const { width: w, height: h } = small;
    const shift = scene * 17;
    const turn = at / 5000;
    const dx = (Math.cos(turn) * w) / 2;
    const dy = (Math.sin(turn) * h) / 2;
    const base = paint.createLinearGradient(w / 2 - dx, h / 2 - dy, w / 2 + dx, h / 2 + dy);
    base.addColorStop(0, `hsl(${first + shift}, 62%, 20%)`);
    base.addColorStop(1, `hsl(${second + shift}, 58%, 36%)`);
    paint.fillStyle = base;
    paint.fillRect(0, 0, w, h);
    for (const light of [0, 1, 2]) {
      const x = w * (0.5 + 0.42 * Math.sin(at / (2600 + light * 900) + light * 2.1 + scene));
      const y = h * (0.5 + 0.4 * Math.cos(at / (3100 + light * 700) + light * 1.7));
      const radius = Math.max(w, h) * (0.3 + 0.08 * light);
      const glow = paint.createRadialGradient(x, y, 0, x, y, radius);
      const hue = light === 1 ? second + 40 + shift : first - 25 + shift;
      glow.addColorStop(0, `hsla(${hue}, 85%, ${52 + light * 5}%, 0.5)`);
      glow.addColorStop(1, `hsla(${hue}, 85%, 52%, 0)`);
      paint.fillStyle = glow;
      paint.fillRect(0, 0, w, h);
    }
    target.imageSmoothingEnabled = true;
    target.drawImage(small, 0, 0, width, height);
  };
}

function palette(seed: string, style: string): readonly [number, number] {
  if (WARM.test(style)) return [14, 42];
  if (COLD.test(style)) return [200, 228];
  let hash = 0;
  for (const character of seed + style) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return PALETTES[hash % PALETTES.length] ?? [222, 268];
}

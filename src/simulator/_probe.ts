import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
const require = createRequire(import.meta.url);
const dir = dirname(require.resolve('@fontsource-variable/noto-sans-sc/unicode.json'));
const t0 = performance.now();
const fams: string[] = [];
for (const f of readdirSync(join(dir, 'files'))) {
  const key = f.replace('noto-sans-sc-', '').replace('-wght-normal.woff2', '');
  const ok = GlobalFonts.register(readFileSync(join(dir, 'files', f)), 'NS-' + key);
  if (!ok) console.log('fail', f);
  fams.push(`"NS-${key}"`);
}
console.log('reg', performance.now() - t0, fams.length);
const c = createCanvas(1280, 300); const x = c.getContext('2d');
x.fillStyle = '#223'; x.fillRect(0, 0, 1280, 300); x.fillStyle = '#fff';
const stack = ['"NS-latin"', ...fams].join(',');
const t1 = performance.now();
x.font = `700 48px ${stack}`; x.fillText('Hello café 你好，世界！生成视频 鑫鑫 €', 20, 80);
console.log('all', performance.now() - t1, x.measureText('你好').width);
x.font = `400 48px ${stack}`; x.fillText('Hello 400 你好，世界！', 20, 160);
x.fontVariationSettings = "'wght' 800"; x.fillText('Hello 800 你好，世界！日本語 カタ 한국', 20, 240);
writeFileSync('/tmp/ft/p.png', c.toBuffer('image/png'));

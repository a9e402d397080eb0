import { writeFileSync, existsSync, readFileSync } from 'node:fs';
import { createCanvas } from '@napi-rs/canvas';
import HME from 'h264-mp4-encoder';
import { chromium } from 'playwright-core';
import { startPlayground, sourceOf, post, upload } from '../support.ts';

async function mp4(w: number, h: number) {
  const file = `/tmp/preview/${w}x${h}.mp4`;
  if (existsSync(file)) return readFileSync(file);
  const e = await HME.createH264MP4Encoder();
  e.width = w; e.height = h; e.frameRate = 5; e.initialize();
  for (let i = 0; i < 50; i++) {
    const c = createCanvas(w, h); const x = c.getContext('2d');
    const g = x.createLinearGradient(0, 0, w, h); g.addColorStop(0, '#0f3d4c'); g.addColorStop(0.6, '#1c6b6b'); g.addColorStop(1, '#e88a4f');
    x.fillStyle = g; x.fillRect(0, 0, w, h);
    x.fillStyle = '#ffffff22'; x.beginPath(); x.arc(w * 0.78, h * 0.34, h * 0.2 + i, 0, 7); x.fill();
    x.fillStyle = '#fff'; x.font = `600 ${Math.round(h / 9)}px Liberation Sans`; x.fillText('Meet the Drift lamp', w * 0.08, h * 0.55);
    x.font = `${Math.round(h / 18)}px Liberation Sans`; x.fillText('It dims as the evening does', w * 0.08, h * 0.66);
    e.addFrameRgba(new Uint8Array(x.getImageData(0, 0, w, h).data));
  }
  e.finalize();
  const bytes = Buffer.from(e.FS.readFile(e.outputFilename)); e.delete();
  writeFileSync(file, bytes); return bytes;
}
function picture(hue: number) {
  const c = createCanvas(600, 600); const x = c.getContext('2d');
  const g = x.createLinearGradient(0, 0, 0, 600); g.addColorStop(0, `hsl(${hue} 45% 70%)`); g.addColorStop(1, `hsl(${hue + 30} 40% 30%)`);
  x.fillStyle = g; x.fillRect(0, 0, 600, 600);
  x.fillStyle = `hsl(${hue + 40} 80% 88%)`; x.beginPath(); x.arc(300, 250, 110, 0, 7); x.fill();
  x.fillStyle = `hsl(${hue} 30% 18%)`; x.fillRect(285, 350, 30, 190); x.fillRect(200, 535, 200, 16);
  return c.toBuffer('image/png');
}

const p = await startPlayground({ helpNotes: ['Say `fault: drop` in a message to lose the stream.'], maxUploadBytes: 500 * 1024 * 1024 });
const say = (thread: string, text: string, files: string[] = []) => { const id = crypto.randomUUID(); return post(p, `/api/threads/${thread}/messages`, { id, text, files }).then((r) => { if (r.status !== 200) throw new Error(r.body.toString()); return id; }); };
const t0 = crypto.randomUUID();
for (const s of ['A 20-second teaser for our spring market', '把这段产品介绍做成短视频', 'Turn the release notes into a short']) await say(crypto.randomUUID(), s);
const ref = (thread: string) => ({ platform: 'web', workspace: 'local', channel: 'playground', thread }) as const;
const ups: string[] = [];
for (const [i, h] of [30, 190, 330].entries()) { const r = await upload(p, `drift-${i + 1}.png`, picture(h), 'image/png'); ups.push(r.json<{ id: string }>().id); }
const m1 = await say(t0, 'The Drift lamp dims as the evening does. Warm light at nine, a soft glow by ten, dark when you sleep.\n\nMake a 20-second video from this with the three photos.', ups);
const chat = p.platform.thread(ref(t0));
await chat.react(m1, 'seen');
const s1 = await chat.post({ text: 'Setting up…', buttons: [{ label: 'Stop', style: 'danger', does: { action: 'stop' } }] }, { key: 'a' });
await chat.edit(s1.id, { text: '✅ Done in 3 min 12 s' });
await chat.post({ text: 'Your 20-second video is ready: three scenes, one per photo, with a slow piano track.\n\n**Timeline (3 tracks)**\n1. Video: evening light (0-20s)\n2. BGM: Soft piano (0-20s, 35%)\n3. Title: "Meet the Drift lamp" (0-3s)\n\nNext: add subtitles | adjust timing | export', mention: ['you'], buttons: [ { label: 'Export MP4', style: 'primary', does: { action: 'export' } }, { label: 'Timeline', does: { action: 'timeline' } }, { label: 'Change something', does: { action: 'change' } }, { label: 'Open in editor', does: { action: 'editor' } } ] }, { key: 'b' });
const film = await mp4(1280, 720);
await chat.postFile(sourceOf('meet-the-drift-lamp.mp4', 'video/mp4', film), { text: '✅ Video ready! (1280×720, 20 s, 2.4 MB)\nhttps://static.nemovideo.ai/render-result/7f3a.mp4' }, { key: 'c' });
await post(p, `/api/threads/${t0}/command`, { id: crypto.randomUUID(), name: 'credits' });
await p.bot.commands[0]?.respond({ text: 'Credits: 62 available, 0 frozen, 62 total.\nWhen they run out, top up credits in your account.' });
const m2 = await say(t0, 'make the title bigger and the music slower');
await chat.react(m2, 'seen');
await chat.post({ text: 'Working: editing the timeline · 40 s', buttons: [{ label: 'Stop', style: 'danger', does: { action: 'stop' } }] }, { key: 'd' });
await chat.post({ text: '⏳ Still working... (2 min)' }, { key: 'e' });
const m3 = await say(t0, 'then export it in 1080p');
await chat.react(m3, 'seen'); await chat.react(m3, 'queued');
await chat.showActivity('is working on your video…');

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const logs: string[] = [];
for (const [w, h] of [[375, 812], [1280, 800]] as const) for (const scheme of ['light', 'dark'] as const) {
  const ctx = await browser.newContext({ viewport: { width: w, height: h }, colorScheme: scheme, deviceScaleFactor: w < 500 ? 2 : 1.5, locale: 'en-US', hasTouch: w < 500, isMobile: w < 500 });
  const page = await ctx.newPage();
  page.on('console', (m) => logs.push(m.text())); page.on('pageerror', (e) => logs.push(String(e)));
  await page.goto(p.url + '/');
  await page.waitForSelector('html[data-ready]');
  await page.waitForTimeout(300);
  await page.screenshot({ path: `/tmp/shots/welcome-${w}-${scheme}.png` });
  await page.goto(p.url + '/#' + t0);
  await page.waitForSelector('video');
  await page.waitForTimeout(700);
  await page.screenshot({ path: `/tmp/shots/end-${w}-${scheme}.png` });
  await page.evaluate(() => { const s = document.getElementById('scroller'); if (s) s.scrollTop = 0; });
  await page.waitForTimeout(300);
  await page.screenshot({ path: `/tmp/shots/top-${w}-${scheme}.png` });
  if (w > 500) {
    await page.evaluate(() => { const v = document.querySelector('.media'); v?.scrollIntoView({ block: 'center' }); });
    await page.waitForTimeout(300);
    await page.screenshot({ path: `/tmp/shots/video-${w}-${scheme}.png` });
    await page.fill('#message', '/');
    await page.waitForTimeout(150);
    await page.screenshot({ path: `/tmp/shots/commands-${w}-${scheme}.png` });
    await page.fill('#message', '');
    await page.setInputFiles('#picker', [{ name: 'drift-4.png', mimeType: 'image/png', buffer: picture(120) }, { name: 'script.docx', mimeType: 'application/x', buffer: Buffer.alloc(30000) }]);
    await page.waitForTimeout(300);
    await page.screenshot({ path: `/tmp/shots/tray-${w}-${scheme}.png` });
  } else {
    await page.click('#open-drawer');
    await page.waitForTimeout(400);
    await page.screenshot({ path: `/tmp/shots/drawer-${w}-${scheme}.png` });
  }
  await ctx.close();
}
await browser.close();
console.log(logs, p.errors);
await p.close();

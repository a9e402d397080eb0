/** `npm run example:terminal`, as somebody types into it: a script goes in; status, answer and link come out, and the link is a film. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';

const ROOT = path.resolve(import.meta.dirname, '..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'nemo-bot-example-'));
let child: ChildProcess | undefined;
afterAll(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('a script becomes a video in a terminal', { timeout: 120_000 }, async () => {
  const { scripts } = z
    .object({ scripts: z.object({ 'example:terminal': z.string() }) })
    .parse(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')));
  const [program, ...words] = scripts['example:terminal'].split(' ');
  expect(program).toBe('node');
  const entry = path.join(ROOT, words.pop() ?? '');
  const started = spawn(process.execPath, [...words, entry], {
    cwd: folder,
    // The encoder knows no scale: a busy machine shall not outlast the render's minutes.
    env: { PATH: process.env['PATH'], TIME_SCALE: '0.01', RENDER_POLLS: '500' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child = started;
  let screen = '';
  const until = (fits: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = fits.exec(screen);
        if (!found) return;
        started.stdout.off('data', look);
        resolve(found);
      };
      started.stdout.on('data', look);
      started.once('exit', () => reject(new Error(`it ended:\n${screen}`)));
      look();
    });
  started.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
  });
  await until(/Type a script/);
  started.stdin.write('Four seconds.\nA kettle sings.\n\n');
  await until(/^nemo> (?:Setting up|Working)[\s\S]*?^\[:1 Stop\]$/m);
  await until(/^Timeline \(\d tracks?\)/m);
  const [, link = ''] = await until(/Video ready!.*\n(http\S+)/);
  await until(/Done in/);
  const film = Buffer.from(await (await fetch(link)).arrayBuffer());
  expect(film.subarray(4, 8).toString()).toBe('ftyp');
  started.stdin.write('/credits\n');
  await until(/^nemo, to you> Credits: \d+ available/m);
  started.kill('SIGINT');
  expect(await once(started, 'exit')).toEqual([0, null]);
});

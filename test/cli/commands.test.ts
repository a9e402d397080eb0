/** `npm run doctor` and `npm run setup` as they are typed, and a start without settings. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openClinic } from './clinic.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')));

/** In a folder of its own, where no `.env` is. */
async function run(
  script: string,
  {
    cwd,
    args = [],
    env = {},
  }: { cwd: string; args?: readonly string[]; env?: Record<string, string> },
) {
  const [, ...words] = (scripts[script] ?? '').split(' ');
  const command = words.map((word) => (word.startsWith('src/') ? path.join(ROOT, word) : word));
  const child = spawn(process.execPath, [...command, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const [code] = await once(child, 'close');
  return { code, output };
}

test('the doctor as it is typed: of what is well, of what is not, put right, and of no settings', async () => {
  const { env, discord, slack, folder: cwd, nemo } = await openClinic();
  const open = { cwd, env };
  discord.world.app.installs = {};
  const [broken, nothing, wrong] = await Promise.all([
    run('doctor', { ...open, args: ['--json'] }),
    run('doctor', { cwd }),
    run('doctor', { ...open, args: ['--mend'] }),
  ]);
  expect(broken.code).toBe(1);
  const { ok, findings } = JSON.parse(broken.output);
  expect(ok).toBe(false);
  expect(findings).toContainEqual({
    about: 'Discord',
    level: 'error',
    what: expect.stringContaining('Discord install settings'),
    hint: expect.any(String),
    fixable: true,
  });
  expect(nothing.code).toBe(1);
  expect(nothing.output).toMatch(/✖ Neither Slack nor Discord is set up\..*npm run setup/);
  expect(wrong).toEqual({ code: 2, output: 'Usage: npm run doctor [-- [--json] [--fix]]\n' });

  const mended = await run('doctor', { ...open, args: ['--fix'] });
  expect(mended.output).toMatch(/^Discord: the install settings are those of this version now\n/);
  expect(mended.output).toContain('✔ Discord install settings are complete');
  expect(mended.output.match(/^ {2}✖.*/gm)).toBeNull();
  expect(mended.code).toBe(0);
  for (const secret of [nemo.token, ...slack.tokens.keys(), ...Object.values(env)])
    if (!/^(?:http|sqlite|\/)/.test(secret))
      expect((broken.output + mended.output).includes(secret), secret).toBe(false);
});

test('a start without settings points to setup and to the demo; setup without a terminal says what to do instead', async () => {
  const { folder: cwd } = await openClinic();
  const [start, setup] = await Promise.all([run('start', { cwd }), run('setup', { cwd })]);
  expect(start.code).toBe(1);
  expect(start.output).toMatch(/cannot start.*npm run setup\. .*npm run demo/s);
  expect(setup.code).toBe(2);
  expect(setup.output).toMatch(/needs a terminal.*cp \.env\.example \.env/);
});

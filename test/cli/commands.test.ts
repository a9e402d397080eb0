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

test('the doctor as it is typed puts right what it can, tells what is left, and shows no secret', async () => {
  const { env, discord, slack, folder: cwd, nemo } = await openClinic();
  discord.world.app.installs = {};
  discord.gateway.contentAllowed = false;
  const [mended, nothing, wrong] = await Promise.all([
    run('doctor', { cwd, env, args: ['--json', '--fix'] }),
    run('doctor', { cwd }),
    run('doctor', { cwd, args: ['--mend'] }),
  ]);
  const { ok, fixed, findings } = JSON.parse(mended.output);
  expect(mended.code).toBe(0);
  expect(ok).toBe(true);
  expect(fixed).toEqual(['Discord: the install settings are those of this version now']);
  expect(Object.keys(discord.world.app.installs)).toEqual(['0', '1']);
  // The fonts are those of this machine.
  const left = findings.filter(
    ({ level, what }: { level: string; what: string }) => level !== 'ok' && !/font/.test(what),
  );
  expect(left).toEqual([
    {
      about: 'Discord',
      level: 'warning',
      what: 'Discord Message Content Intent is off',
      hint: expect.stringContaining('To switch it on: https://discord.com/developers/'),
      fixable: false,
    },
  ]);
  expect(nothing.code).toBe(1);
  expect(nothing.output).toMatch(/✖ Neither Slack nor Discord is set up\..*npm run setup/);
  expect(wrong).toEqual({ code: 2, output: 'Usage: npm run doctor [-- [--json] [--fix]]\n' });
  for (const secret of [nemo.token, ...slack.tokens.keys(), ...Object.values(env)])
    if (!/^(?:http|sqlite|\/)/.test(secret))
      expect(mended.output.includes(secret), secret).toBe(false);
});

test('a start without settings points to setup and to the demo; setup without a terminal says what to do instead', async () => {
  const { folder: cwd } = await openClinic();
  const [start, setup] = await Promise.all([run('start', { cwd }), run('setup', { cwd })]);
  expect(start.code).toBe(1);
  expect(start.output).toMatch(/cannot start.*npm run setup\. .*npm run demo/s);
  expect(setup.code).toBe(2);
  expect(setup.output).toMatch(/needs a terminal.*cp \.env\.example \.env/);
});

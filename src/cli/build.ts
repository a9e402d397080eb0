/**
 * `npm run build`, and part of `npm ci`: bundles the sources, and those packages that are many small files, into
 * `dist/`. A start finds a few files then instead of seven hundred, without types to take out.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DIST, ROOT, stampOf } from '../runtime/build.ts';

/** What loads parts of itself by a name or a file of its own, or only when it is needed: as npm has installed it. */
const APART = ['pino', 'discord.js', '@discordjs', 'mammoth', 'unpdf', 'file-type'];

const SRC = path.join(ROOT, 'src');
const made = `${DIST}.new`;

const rolldown = await import('rolldown').catch(() => undefined);
if (!rolldown) {
  process.stdout.write(
    'Without the development packages there is no build: the sources run as they are.\n',
  );
} else {
  rmSync(made, { recursive: true, force: true });
  const bundle = await rolldown.rolldown({
    input: path.join(SRC, 'run.ts'),
    platform: 'node',
    external: (id) => !isOurs(id) && APART.some((name) => id === name || id.startsWith(`${name}/`)),
    plugins: [{ name: 'addresses', transform: withAddresses }],
  });
  await bundle.write({
    dir: made,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
  });
  await bundle.close();
  mkdirSync(made, { recursive: true });
  writeFileSync(path.join(made, 'stamp'), stampOf(ROOT));
  rmSync(DIST, { recursive: true, force: true });
  renameSync(made, DIST);
}

function isOurs(id: string): boolean {
  return id.startsWith('.') || path.isAbsolute(id);
}

/** Files that are found beside a source (a worker, the page) stay there: each module keeps the address it had. */
function withAddresses(code: string, id: string): string | undefined {
  if (!id.startsWith(SRC) || !code.includes('import.meta.url')) return undefined;
  const file = path.relative(ROOT, id).split(path.sep).join('/');
  return code.replaceAll('import.meta.url', `new URL('../${file}', import.meta.url).href`);
}

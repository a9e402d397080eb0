/**
 * `npm run build`, and a part of `npm ci`: bundles the sources and the packages that they need at every start into
 * `dist/`. A start finds some twenty files then instead of seven hundred, without types to take out.
 */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { distOf, ROOT, stampOf } from '../runtime/build.ts';

/** They load parts of themselves by name, or are needed only later: as npm has installed them. */
const APART = [
  'pino',
  'discord.js',
  '@discordjs',
  'mammoth',
  'unpdf',
  'file-type',
  'pg',
  'pg-boss',
  '@opentelemetry',
];

const SRC = path.join(ROOT, 'src');
const DIST = distOf(ROOT);

const rolldown = await import('rolldown').catch(() => undefined);
if (rolldown) await build(rolldown.rolldown);
else process.stdout.write('Without the development packages the sources run as they are.\n');

/** Beside the old build, which another start may be reading, and then in its place. */
async function build(bundle: typeof import('rolldown').rolldown): Promise<void> {
  const made = `${DIST}.new`;
  const stamp = stampOf(ROOT);
  rmSync(made, { recursive: true, force: true });
  await using bundled = await bundle({
    input: path.join(SRC, 'run.ts'),
    platform: 'node',
    external: (id) => APART.some((name) => id === name || id.startsWith(`${name}/`)),
    plugins: [{ name: 'addresses', transform: withAddresses }],
  });
  await bundled.write({
    dir: made,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
  });
  writeFileSync(path.join(made, 'stamp'), stamp);
  rmSync(DIST, { recursive: true, force: true });
  renameSync(made, DIST);
}

/** Files that are found beside a source (a worker, the page) stay there: each module keeps the address it had. */
function withAddresses(code: string, id: string): string | undefined {
  if (!id.startsWith(SRC) || !code.includes('import.meta.url')) return undefined;
  const file = path.relative(ROOT, id).split(path.sep).join('/');
  return code.replaceAll('import.meta.url', `new URL('../${file}', import.meta.url).href`);
}

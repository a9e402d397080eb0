/**
 * `npm run sbom`: what is in the image, as CycloneDX, to standard output. It is `npm sbom` over the lock file without the
 * development packages. (`npm sbom --omit=dev` leaves out what they need besides: `pg` and all below it, of which the
 * tests' database has need as well.)
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { ROOT } from '../runtime/build.ts';

const entry = z.looseObject({
  dev: z.boolean().optional(),
  devDependencies: z.unknown().optional(),
});
const lockFile = z.looseObject({ packages: z.record(z.string(), entry) });
const manifest = z.looseObject({ name: z.string(), devDependencies: z.unknown().optional() });
const open = (name: string): unknown => JSON.parse(readFileSync(path.join(ROOT, name), 'utf8'));

const lock = lockFile.parse(open('package-lock.json'));
for (const [at, { dev }] of Object.entries(lock.packages)) if (dev) delete lock.packages[at];
delete lock.packages['']?.devDependencies;
const { devDependencies: _development, ...shipped } = manifest.parse(open('package.json'));

const folder = mkdtempSync(path.join(os.tmpdir(), `${shipped.name}-`));
try {
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(shipped));
  writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify(lock));
  const options = ['--package-lock-only', '--sbom-format=cyclonedx'];
  const list = execFileSync('npm', ['sbom', ...options], { cwd: folder, maxBuffer: 64 * 2 ** 20 });
  process.stdout.write(list);
} finally {
  rmSync(folder, { recursive: true });
}

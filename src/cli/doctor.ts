/**
 * `npm run doctor [-- --json] [-- --fix]`: looks at everything that the bot needs and says, line by line, what is there,
 * what is missing, and what to do about it. Changes nothing without `--fix`; ends with code 1 when something has to be done.
 */
import { parseArgs } from 'node:util';
import { requireNode } from '../runtime/node-version.ts';

requireNode();
const options = read();
if (options === undefined) {
  process.stderr.write('Usage: npm run doctor [-- [--json] [--fix]]\n');
  process.exit(2);
}
const { SYSTEM_FONTS } = await import('../pictures/fonts.ts');
const { loadDotEnv } = await import('../settings/environment.ts');
const { freeBytesOf } = await import('./doctor/disk.ts');
const { examine } = await import('./doctor/examine.ts');
const { repair } = await import('./doctor/repair.ts');
const { asJson, asText, isWell, redactFor } = await import('./doctor/report.ts');

loadDotEnv();
const redact = redactFor(process.env);
const look = () =>
  examine({
    env: process.env,
    nodeVersion: process.versions.node,
    now: Date.now,
    freeBytes: freeBytesOf,
    fontFolders: SYSTEM_FONTS,
    envFile: '.env',
  });
let sections = await look();
const fixed = options.fix ? await repair(sections) : [];
// Told as it is now, not as it should be.
if (fixed.length > 0) sections = await look();
process.stdout.write(
  options.json
    ? asJson(sections, fixed, redact)
    : fixed.map((line) => `${redact(line)}\n`).join('') + asText(sections, redact),
);
process.exit(isWell(sections) ? 0 : 1);

function read() {
  try {
    return parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        fix: { type: 'boolean', default: false },
      },
    }).values;
  } catch {
    return undefined;
  }
}

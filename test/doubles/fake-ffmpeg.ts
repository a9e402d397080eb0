/** A program that stands in for ffmpeg: no video is made, but its manners are those that count here. */
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

/** `cuts`: stops at the size limit. `hangs`: until it is killed. */
export type Manner = 'works' | 'fails' | 'cuts' | 'hangs' | 'hoards';

/** What each manner does with `input`, `output` and `limit`; `log` holds one line a run. */
const WORK: Readonly<Record<Manner, string>> = {
  works: 'fs.writeFileSync(output, fs.readFileSync(input).subarray(0, 100_000));',
  fails: 'process.stderr.write("moov atom not found\\n"); process.exit(1);',
  cuts: 'fs.writeFileSync(output, Buffer.concat([fs.readFileSync(input), Buffer.alloc(limit)]).subarray(0, limit));',
  hangs: 'setInterval(() => {}, 1000);',
  hoards: 'const all = []; setInterval(() => all.push(Buffer.alloc(200 * 1024 ** 2, 1)), 20);',
};

export interface FakeFfmpeg {
  readonly program: string;
  /** Arguments of each run and the names of its environment, as JSON. */
  readonly log: string;
}

export async function fakeFfmpeg(manner: Manner): Promise<FakeFfmpeg> {
  const folder = await temporaryFolder();
  const program = path.join(folder, 'ffmpeg');
  const log = path.join(folder, 'runs');
  await writeFile(
    program,
    `#!${process.execPath}
const fs = require('node:fs');
const args = process.argv.slice(2);
const input = args[args.indexOf('-i') + 1];
const limit = Number(args[args.indexOf('-fs') + 1]);
const output = args.at(-1);
fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify({ args, env: Object.keys(process.env) }) + '\\n');
${WORK[manner]}
`,
  );
  await chmod(program, 0o755);
  return { program, log };
}

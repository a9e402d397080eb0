/** `npm run replay -- FILE`: a recording as a backend on loopback, so that a bot can be run against it. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { requireNode } from '../runtime/node-version.ts';

requireNode();
const { untilSignal } = await import('./until-signal.ts');
const { readRecording } = await import('../recording/exchange.ts');
const { startReplayer } = await import('../recording/replayer.ts');

await untilSignal(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string', default: '0' }, pace: { type: 'string', default: '1' } },
  });
  const [file, ...more] = positionals;
  const pace = Number(values.pace);
  if (!file || more.length > 0 || !(pace >= 0))
    throw new Error('Say which: npm run replay -- FILE (and --pace 0 to wait for nothing)');
  const exchanges = readRecording(readFileSync(file, 'utf8'));
  const replayer = await startReplayer({ exchanges, port: Number(values.port), pace });
  process.stdout.write(
    `Replaying ${exchanges.length} answers of ${file}.\n` +
      `Start the bot with NEMO_API_URL=${replayer.url} and any NEMO_TOKEN.\n` +
      'Ctrl+C ends it.\n',
  );
  return async () => {
    await replayer.close();
    if (replayer.unknown.length > 0)
      process.stdout.write(`Not in the recording: ${[...new Set(replayer.unknown)].join(', ')}\n`);
  };
});

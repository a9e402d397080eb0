/**
 * `npm run record -- --out FILE`: a proxy in front of the backend, which writes down what it answers, without anybody's words
 * or secrets. For what the public descriptions of the backend leave open.
 */
import { openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { requireNode } from '../runtime/node-version.ts';

requireNode();
const { untilSignal } = await import('./until-signal.ts');
const { startRecorder } = await import('../recording/recorder.ts');
const { givenIn, loadDotEnv } = await import('../settings/environment.ts');
const { settingsSchema } = await import('../settings/schema.ts');

loadDotEnv();
const address = settingsSchema.pick({ NEMO_API_URL: true });

await untilSignal(async () => {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      to: { type: 'string' },
      port: { type: 'string', default: '0' },
    },
  });
  if (!values.out) throw new Error('Say where to: npm run record -- --out FILE');
  const given = address.safeParse({
    NEMO_API_URL: values.to ?? givenIn(process.env)['NEMO_API_URL'],
  });
  if (!given.success) throw new Error('NEMO_API_URL, or --to, must be an http or https address.');
  // A recording that is there is not written over, and nobody else reads one.
  const file = openSync(values.out, 'ax', 0o600);
  const to = given.data.NEMO_API_URL;
  const recorder = await startRecorder({
    to,
    port: Number(values.port),
    write: (line) => writeSync(file, `${line}\n`),
  });
  process.stdout.write(
    `Recording what ${to} answers, into ${values.out}, without words and secrets.\n` +
      `Start the bot with NEMO_API_URL=${recorder.url}\n` +
      'Ctrl+C ends it; look through the file before you give it to anybody.\n',
  );
  return recorder.close;
});

/**
 * `npm run demo`: the bot, its playground and a stand-in for NemoVideo in one process, so that the
 * main job can be tried without any account. Everything is kept in data/demo, and survives a restart.
 */
import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Words } from './locales/locale.ts';
import { COMPILE_CACHE } from './runtime/build.ts';
import { requireNode } from './runtime/node-version.ts';

requireNode();
enableCompileCache(COMPILE_CACHE);
const { startApp } = await import('./app.ts');
const { runProcess } = await import('./runtime/process.ts');
const { readSettings, SettingsError } = await import('./settings/settings.ts');
const { startSimulator } = await import('./simulator/simulator.ts');
const { SIMULATOR_SWITCHES } = await import('./simulator/switches.ts');

/** At this pace a video takes about fifteen seconds instead of two minutes. */
const DEMO_SCALE = 0.08;
const TOKEN = 'nmv_usr_demo_account_of_the_simulator';

await runProcess(async () => {
  const { values } = parseArgs({ options: { 'real-time': { type: 'boolean', default: false } } });
  const folder = path.resolve('data/demo');
  const timeScale = Number(process.env['TIME_SCALE'] ?? (values['real-time'] ? 1 : DEMO_SCALE));
  const simulator = await startSimulator({
    timeScale,
    operatorToken: TOKEN,
    dataFile: path.join(folder, 'simulator.json'),
  });
  try {
    const settings = readSettings(
      {
        LOG_LEVEL: 'warn',
        PORT: '3000',
        DATABASE_URL: `sqlite:${path.join(folder, 'nemo-bot.db')}`,
        ...process.env,
        NEMO_API_URL: simulator.url,
        NEMO_TOKEN: TOKEN,
        PLAYGROUND: 'on',
        TIME_SCALE: String(timeScale),
      },
      // It must not answer in somebody's workspace, whatever the environment holds.
      { terminal: process.stdout.isTTY, only: ['web'] },
    );
    const app = await startApp(settings, { helpNotes: switchesAsNotes });
    process.stdout.write(
      `\nnemo-bot demo: open ${app.url.replace('127.0.0.1', 'localhost')}\n` +
        'Paste a script and press Enter; the video is there in about fifteen seconds.\n' +
        'Type /help there for all that can be tried. Ctrl+C ends it.\n\n',
    );
    return {
      ...app,
      async stop() {
        await app.stop();
        await simulator.close();
      },
    };
  } catch (error) {
    await simulator.close();
    throw error instanceof SettingsError || !isPortTaken(error)
      ? error
      : new Error('The port is taken. Choose another one: PORT=3001 npm run demo');
  }
});

function switchesAsNotes({ demo }: Words): string[] {
  const list = SIMULATOR_SWITCHES.map(({ name }) => `- \`[[sim:${name}]]\` ${demo.switches[name]}`);
  return ['', demo.intro, ...list];
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

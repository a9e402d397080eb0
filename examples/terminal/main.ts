/** `npm run example:terminal`: the bot in this terminal, with the demo's stand-in for NemoVideo. */
import { startApp } from '../../src/app.ts';
import { runProcess } from '../../src/runtime/process.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';
import { terminal } from './terminal.ts';

const NEMO_TOKEN = 'nmv_usr_demo_account_of_the_simulator';

await runProcess(async () => {
  const { TIME_SCALE = '0.08', ...env } = process.env;
  const common = { timeScale: Number(TIME_SCALE), operatorToken: NEMO_TOKEN };
  const nemo = await startSimulator({ ...common, dataFile: 'data/terminal/simulator.json' });
  const own = { NEMO_API_URL: nemo.url, NEMO_TOKEN, TIME_SCALE, TERMINAL: 'on', PORT: '0' };
  const more = { LOG_LEVEL: 'warn', DATABASE_URL: 'sqlite:data/terminal/nemo-bot.db' };
  const modules = [terminal({ input: process.stdin, output: process.stdout })];
  const app = await startApp(readSettings({ ...more, ...env, ...own }, { modules }));
  process.stdout.write('Type a script, then an empty line; /help; :1 is a button. Ctrl+C ends.\n');
  return { ...app, stop: () => app.stop().finally(() => nemo.close()) };
});

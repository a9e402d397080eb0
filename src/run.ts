/** Reads the settings, and runs the bot until it is told to stop. */
import { startApp } from './app.ts';
import { runProcess } from './runtime/process.ts';
import { loadDotEnv } from './settings/environment.ts';
import { readSettings } from './settings/settings.ts';

await runProcess(() => {
  loadDotEnv();
  return startApp(readSettings(process.env, { terminal: process.stdout.isTTY }));
});

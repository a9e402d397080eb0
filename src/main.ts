/** Starts and drains the process. */
import { requireNode } from './runtime/node-version.ts';

requireNode();
const { startApp } = await import('./app.ts');
const { runProcess } = await import('./runtime/process.ts');
const { loadDotEnv } = await import('./settings/environment.ts');
const { readSettings } = await import('./settings/settings.ts');

await runProcess(() => {
  loadDotEnv();
  return startApp(readSettings(process.env, { terminal: process.stdout.isTTY }));
});

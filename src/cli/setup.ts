/** `npm run setup`: asks for what the bot needs, tries each token at once, and writes `.env`. */
import { requireNode } from '../runtime/node-version.ts';

requireNode();
const { Cancelled } = await import('../runtime/prompts.ts');
const { loadDotEnv } = await import('../settings/environment.ts');
const { runSetUp } = await import('./setup/run-setup.ts');

if (!process.stdin.isTTY || !process.stdout.isTTY) {
  process.stderr.write(
    'npm run setup asks questions, and needs a terminal for that. ' +
      'Without one: cp .env.example .env, fill it in, and run "npm run doctor".\n',
  );
  process.exit(2);
}
const { createTerminalPrompts } = await import('./setup/terminal-prompts.ts');

const outside = new Set(Object.keys(process.env));
loadDotEnv();
try {
  await runSetUp({
    prompts: createTerminalPrompts(),
    env: process.env,
    outside,
    file: '.env',
    example: '.env.example',
    language: Intl.DateTimeFormat().resolvedOptions().locale,
  });
  process.exit(0);
} catch (error) {
  if (error instanceof Cancelled) {
    process.stderr.write('\nNothing was changed: .env is as it was.\n');
    process.exit(130);
  }
  const why = error instanceof Error ? error.message : String(error);
  process.stderr.write(`\nnpm run setup cannot go on: ${why}\n`);
  process.exit(1);
}

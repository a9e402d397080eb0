/**
 * The questions of `npm run setup`, and what becomes of the answers. All is asked before anything is written: whoever
 * leaves in between finds `.env` as it was.
 */
import { randomBytes } from 'node:crypto';
import { localeFor } from '../../locales/locales.ts';
import type { SetUp } from '../../platforms/platform-module.ts';
import { PLATFORMS } from '../../platforms/platforms.ts';
import type { Prompts } from '../../runtime/prompts.ts';
import { type Environment, givenIn } from '../../settings/environment.ts';
import { readNemoSettings, readSettings, SettingsError } from '../../settings/settings.ts';
import { checkBackend } from '../doctor/backend.ts';
import { readIfThere, saveEnv, withValues } from './env-file.ts';

export interface SetUpOptions {
  readonly prompts: Prompts;
  /** With what stands in the file. */
  readonly env: Environment;
  /** Names that are set outside of the file, which win over it. */
  readonly outside: ReadonlySet<string>;
  /** `.env`, and what it begins as where there is none. */
  readonly file: string;
  readonly example: string;
  /** BCP 47, for the first message. */
  readonly language: string;
}

const KEY_BYTES = 32;
const PATIENCE_MS = 15_000;

/** Rejects with `Cancelled`. */
export async function runSetUp(options: SetUpOptions): Promise<void> {
  const { prompts, env, file, language } = options;
  const given = givenIn(env);
  const values: Record<string, string> = { ...(await askAccount(prompts, given)) };
  const { firstMessage: greeting } = localeFor(language).words;
  const served: SetUp[] = [];
  for (const { title, setUp } of PLATFORMS) {
    if (!setUp || !(await prompts.confirm(`Set up ${title}?`))) continue;
    const answers = await setUp({ prompts, given, greeting });
    served.push(answers);
    Object.assign(values, answers.values);
  }
  // The trial account's token is stored, and so are those that people connect.
  if (!given['ENCRYPTION_KEY'])
    values['ENCRYPTION_KEY'] = randomBytes(KEY_BYTES).toString('base64');
  const changed = Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== '' && value !== given[name]),
  );
  write(options, changed);
  for (const line of problemsOf({ ...env, ...changed })) prompts.say(`! ${line}`);
  for (const { greet } of served) if (greet) await say(prompts, greet);
  prompts.say(
    `${file} is written, for you alone to read. Next: "npm run doctor" looks at everything once more, "npm start" starts the bot.`,
  );
}

async function askAccount(prompts: Prompts, given: Environment): Promise<Record<string, string>> {
  prompts.say(
    'NemoVideo: sign in at https://nemovideo.com and make a token in the settings of the account. Without one a free trial account is used, good for about one clip.',
  );
  const present = given['NEMO_TOKEN'];
  const without = present ? 'keeps the present one' : 'use the trial account';
  let good: readonly string[] = [];
  const token = await prompts.secret(`NEMO_TOKEN (Enter alone: ${without})`, async (typed) => {
    const token = typed || present;
    const nemo = { ...readNemoSettings(given), token };
    const found = await checkBackend(nemo, AbortSignal.timeout(PATIENCE_MS));
    const problems = found.filter(({ ok }) => !ok);
    if (problems.length > 0)
      return problems.map(({ what, hint }) => `${what}: ${hint ?? ''}`).join('\n');
    good = found.map(({ weak, what }) => `${weak ? '!' : '✔'} ${what}`);
    return undefined;
  });
  for (const line of good) prompts.say(line);
  return token === '' ? {} : { NEMO_TOKEN: token };
}

/** Read once more just now: it may have been edited while the questions were asked. */
function write({ prompts, file, example, outside }: SetUpOptions, values: Record<string, string>) {
  const text = readIfThere(file) ?? readIfThere(example) ?? '';
  saveEnv(file, withValues(text, values));
  const hidden = Object.keys(values).filter((name) => outside.has(name));
  if (hidden.length > 0)
    prompts.say(
      `! ${hidden.join(', ')} is also set in the environment, which wins over ${file}: take it out there`,
    );
}

function problemsOf(env: Environment): readonly string[] {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.problems;
  }
}

/** Once: where nobody can tell whether it has arrived, a second one is worse than none. */
async function say(prompts: Prompts, greet: () => Promise<string>): Promise<void> {
  try {
    prompts.say(`✔ Said hello in ${await greet()}`);
  } catch (error) {
    prompts.say(
      `! The first message was not sent: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

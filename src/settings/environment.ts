/** The environment as it is read: with `.env`, and without what was left empty. */
import { existsSync } from 'node:fs';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Loads `.env` of the current folder into the environment; what is set already wins. */
export function loadDotEnv(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}

/** An empty value counts as absent, as in a half-filled `.env`. */
export const givenIn = (env: Environment): Environment =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));

/**
 * `npm run doctor`: looks at everything that the bot needs and says, line by line, what is there and
 * what is missing. Changes nothing; ends with code 1 when something has to be done.
 */

import { scaledClock } from '../runtime/clock.ts';
import type { Finding } from '../runtime/finding.ts';
import { requireNode } from '../runtime/node-version.ts';

requireNode();
const { operatorAccount } = await import('../nemo/account.ts');
const { createNemo } = await import('../nemo/create-nemo.ts');
const { createGuardedFetch } = await import('../net/guarded-fetch.ts');
const { loadDotEnv } = await import('../settings/environment.ts');
const { readSettings } = await import('../settings/settings.ts');
const { MAPS_MISSING, missingMaps } = await import('../documents/pdf/cmaps.ts');
const { checkDatabase } = await import('../state/check-database.ts');
type Settings = ReturnType<typeof readSettings>;

const PATIENCE_MS = 15_000;

loadDotEnv();
const findings = await examine();
for (const { ok, what, hint } of findings) {
  process.stdout.write(`${ok ? '✔' : '✖'} ${what}\n${hint ? `    ${hint}\n` : ''}`);
}
process.exit(findings.every((finding) => finding.ok) ? 0 : 1);

async function examine(): Promise<Finding[]> {
  let settings: Settings;
  try {
    settings = readSettings(process.env);
  } catch (error) {
    return [{ ok: false, what: messageOf(error) }];
  }
  const platforms = settings.platforms.map(({ title, check }) =>
    soundAll(title, () => check(AbortSignal.timeout(PATIENCE_MS))),
  );
  return [
    { ok: true, what: `Node ${process.versions.node}` },
    { ok: true, what: 'The settings are well-formed' },
    ...(await checkDatabase(settings)),
    characterMaps(),
    await sound('NemoVideo', () => backend(settings)),
    ...(await Promise.all(platforms)).flat(),
  ];
}

function characterMaps(): Finding {
  const missing = missingMaps();
  return missing.length === 0
    ? { ok: true, what: 'The character maps for PDFs are there' }
    : { ok: false, what: MAPS_MISSING, hint: missing.join(', ') };
}

async function backend({ nemo, waits }: Settings): Promise<Finding> {
  if (!nemo.token) {
    return {
      ok: true,
      what: 'NEMO_TOKEN is not set',
      hint: 'a free trial account will be used, good for about one clip',
    };
  }
  const client = createNemo({
    apiUrl: nemo.apiUrl,
    webUrl: nemo.webUrl,
    attribution: { source: nemo.skill, version: nemo.skillVersion, platform: nemo.skillPlatform },
    account: operatorAccount(nemo.token),
    clock: scaledClock(1),
    rateLimitWaitMs: waits.rateLimitWait,
    log: () => {},
    output: createGuardedFetch({ allowOrigins: [], allowLoopback: false }),
  });
  const credits = await client.credits(AbortSignal.timeout(PATIENCE_MS));
  return {
    ok: true,
    what: `NemoVideo answers: ${credits.available} credits available, ${credits.frozen} frozen`,
  };
}

async function soundAll(
  name: string,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    return [{ ok: false, what: `${name} cannot be reached or refuses`, hint: messageOf(error) }];
  }
}

async function sound(name: string, look: () => Promise<Finding>): Promise<Finding> {
  const [finding] = await soundAll(name, async () => [await look()]);
  return finding ?? { ok: false, what: `${name} was not looked at` };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The backend: can it be reached, does it know the account, what is left there? `setup` tries a token in the same way. */
import { operatorAccount } from '../../nemo/account.ts';
import { createNemo } from '../../nemo/create-nemo.ts';
import { AccessExpired, CreditsExhausted, NemoError, RateLimited } from '../../nemo/errors.ts';
import type { Credits } from '../../nemo/nemo.ts';
import { createGuardedFetch } from '../../net/guarded-fetch.ts';
import { scaledClock } from '../../runtime/clock.ts';
import { type Finding, weak, well, wrong } from '../../runtime/finding.ts';
import type { Settings } from '../../settings/settings.ts';

/** A clip costs about as much. */
const ONE_CLIP = 100;
/** What fails is asked for twice more, in half a second and not in some. */
const PACE = 0.1;
const TOP_UP = 'top them up in the account at';

export async function checkBackend(
  nemo: Settings['nemo'],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  if (nemo.token === undefined) return await withoutAccount(nemo, signal);
  try {
    const credits = await clientOf(nemo, nemo.token).credits(signal);
    return [
      well(`NemoVideo answers at ${nemo.apiUrl}, and knows the account`),
      left(credits, nemo),
    ];
  } catch (error) {
    if (signal.aborted) return [unreachable(nemo, 'it has not answered in time')];
    if (!(error instanceof NemoError)) throw error;
    return [refusal(error, nemo)];
  }
}

function left({ available, frozen }: Credits, { webUrl }: Settings['nemo']): Finding {
  const what = `${available} credits available${frozen > 0 ? `, ${frozen} set aside for work in progress` : ''}`;
  // The interface has no word for the plan: only an export tells, by a refusal.
  const plan = 'whether the plan of the account includes exports is told by the first one';
  if (available <= 0) return wrong(`No credits are left: ${what}`, `${TOP_UP} ${webUrl}`);
  if (available < ONE_CLIP)
    return weak(`${what}, and a clip costs about ${ONE_CLIP}`, `${TOP_UP} ${webUrl}; ${plan}`);
  return well(what, plan);
}

function refusal(error: NemoError, nemo: Settings['nemo']): Finding {
  if (error instanceof AccessExpired)
    return wrong(
      'NemoVideo refuses NEMO_TOKEN: it is not valid, or has expired',
      `sign in at ${nemo.webUrl}, make a new token in the settings of the account, and put it in NEMO_TOKEN`,
    );
  if (error instanceof CreditsExhausted)
    return wrong('No credits are left', `${TOP_UP} ${nemo.webUrl}`);
  if (error instanceof RateLimited)
    return weak(
      'NemoVideo answers, but is asked too often by this account',
      'try again in a minute',
    );
  return unreachable(nemo, error.message);
}

const unreachable = ({ apiUrl }: Settings['nemo'], why: string): Finding =>
  wrong(
    `NemoVideo cannot be used at ${apiUrl} (${why})`,
    'check NEMO_API_URL, and that this machine may go out by https (proxy, firewall)',
  );

/** Any answer shows that it is there. */
async function withoutAccount(
  nemo: Settings['nemo'],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  try {
    const answer = await fetch(nemo.apiUrl, { signal, redirect: 'manual' });
    await answer.body?.cancel();
  } catch {
    return [unreachable(nemo, 'no answer')];
  }
  return [
    well(`NemoVideo answers at ${nemo.apiUrl}`),
    weak(
      'NEMO_TOKEN is not set: a free trial account will be used, good for about one clip',
      `sign in at ${nemo.webUrl}, make a token, and put it in NEMO_TOKEN`,
    ),
  ];
}

function clientOf(nemo: Settings['nemo'], token: string) {
  return createNemo({
    apiUrl: nemo.apiUrl,
    webUrl: nemo.webUrl,
    attribution: { source: nemo.skill, version: nemo.skillVersion, platform: nemo.skillPlatform },
    account: operatorAccount(token),
    clock: scaledClock(PACE),
    rateLimitWaitMs: 0,
    log: () => {},
    output: createGuardedFetch({ allowOrigins: [], allowLoopback: false }),
  });
}

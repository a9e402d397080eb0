/** The backend as an operator has set it up: one account for all who have connected none of their own, and each skill's attribution with its own calls. */
import { createGuardedFetch } from '../net/guarded-fetch.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Log } from '../runtime/log.ts';
import { outputOpenings } from '../settings/non-public-hosts.ts';
import type { Settings } from '../settings/settings.ts';
import type { State } from '../state/state.ts';
import { type Account, operatorAccount } from './account.ts';
import { anonymousAccount, anonymousRecord } from './anonymous-account.ts';
import type { BackendWatch } from './backend-watch.ts';
import { createNemo } from './create-nemo.ts';
import type { Nemo } from './nemo.ts';
import { tellingErrors } from './telling-errors.ts';

/** A small call to the backend that takes longer is tried again; shortened time keeps a real minimum. */
const REQUEST_TIMEOUT_MS = 45_000;
const LEAST_TIMEOUT_MS = 4_000;

interface BackendOptions {
  readonly settings: Pick<Settings, 'nemo' | 'waits' | 'timeScale'>;
  readonly state: State;
  readonly clock: Clock;
  readonly log: Log;
  readonly watch?: BackendWatch | undefined;
}

/** Gives the backend as the skill of that name speaks to it, with another account where one is given; else the same one every time. */
export function openBackend(options: BackendOptions): (skill: string, account?: Account) => Nemo {
  const { settings, state, clock, log, watch } = options;
  const { apiUrl, webUrl, token, clientId, skill, skillVersion, skillPlatform } = settings.nemo;
  const common = {
    apiUrl,
    clock,
    onCall: watch?.onCall,
    attribution: { source: skill, version: skillVersion, platform: skillPlatform },
    rateLimitWaitMs: settings.waits.rateLimitWait,
    requestTimeoutMs: Math.max(LEAST_TIMEOUT_MS, REQUEST_TIMEOUT_MS * settings.timeScale),
    log: ({ level, message }: { level: 'info' | 'warn'; message: string }) => log[level](message),
  };
  const account = token
    ? operatorAccount(token)
    : anonymousAccount({
        ...common,
        clientId,
        store: state.map('anonymous-account', anonymousRecord, { secret: true }),
      });
  if (!token)
    log.warn(
      'NEMO_TOKEN is not set: the bot runs on a free trial account, good for about one clip',
    );
  const output = createGuardedFetch(outputOpenings(apiUrl));
  const made = new Map<string, Nemo>();
  return (source, own) => {
    const attribution = { ...common.attribution, source };
    const make = (payer: Account) => {
      const nemo = createNemo({ ...common, attribution, webUrl, account: payer, output });
      return watch ? tellingErrors(nemo, watch.onError) : nemo;
    };
    if (own) return make(own);
    const nemo = made.get(source) ?? make(account);
    made.set(source, nemo);
    return nemo;
  };
}

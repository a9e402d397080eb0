/** Every failure as the person should hear it: whose fault it is and what to do. Pure. */

import type { Words } from '../locales/locale.ts';
import {
  AccessExpired,
  AccountUnusable,
  CreditsExhausted,
  OutputUnavailable,
  PlanBlocked,
  RateLimited,
  RequestRefused,
  RunUncertain,
  SessionLost,
  StreamLost,
  Unreachable,
} from '../nemo/errors.ts';
import type { Button, OutgoingMessage } from '../platforms/chat.ts';
import type { TurnId } from '../runtime/ids.ts';
import { isStoreOutage } from '../runtime/store-outage.ts';
import type { Offer } from './registration-link.ts';
import type { Ending } from './status-stage.ts';

export interface Explanation {
  readonly message: OutgoingMessage;
  /** For the requester's eyes alone: whoever follows a bind link takes the account over. */
  readonly private?: OutgoingMessage;
  readonly ending: Ending;
  /** False: nobody's fault that the operator should look at. */
  readonly report: boolean;
}

/** `turn` is what a "Try again" would repeat; without it there is none. */
export function errorMessage(
  error: unknown,
  words: Words,
  registration: Offer,
  turn?: TurnId,
): Explanation {
  const retry: Button[] = turn
    ? [{ label: words.button.retry, style: 'primary', does: { action: 'retry', value: turn } }]
    : [];
  const say = (
    text: string,
    report: boolean,
    ending: Ending = 'failed',
    buttons: Button[] = retry,
  ): Explanation => ({
    message: { text, buttons },
    ending,
    report,
  });
  if (error instanceof CreditsExhausted) return outOfCredits(words, registration, retry);
  if (error instanceof PlanBlocked) return planBlocked(words, registration);
  if (error instanceof AccountUnusable) {
    const { disconnected, notYours } = words.accounts;
    const text = error.why === 'not-yours' ? notYours : disconnected(error.whose);
    return say(text, false, 'needs-you', []);
  }
  if (error instanceof AccessExpired && registration.account === 'connected')
    return say(words.accounts.expired, false);
  if (error instanceof AccessExpired) {
    return say(
      registration.account === 'operator' ? words.accessExpired : words.trialUnavailable,
      true,
    );
  }
  if (error instanceof RateLimited) return say(words.rateLimited, false);
  if (
    error instanceof Unreachable ||
    error instanceof RunUncertain ||
    error instanceof StreamLost
  ) {
    return say(words.notAnswering, true);
  }
  if (isStoreOutage(error)) return say(words.cannotWriteNow, true);
  if (error instanceof SessionLost) return say(words.newProject, false, 'needs-you', []);
  if (error instanceof OutputUnavailable) return say(words.outputGone, true);
  if (error instanceof RequestRefused) return say(words.requestRefused, true);
  return say(words.unexpected, true);
}

/** 2001. Never a word about plans. */
function outOfCredits(words: Words, { account, link }: Offer, retry: Button[]): Explanation {
  const anonymous = account === 'anonymous';
  const credits: Button = { label: words.button.credits, does: { action: 'credits' } };
  const end = { ending: 'needs-you', report: false } as const;
  const buttons = [...retry, credits];
  if (!link)
    return {
      message: { text: `${words.creditsOutAnonymous} ${words.registerAsk}`, buttons },
      ...end,
    };
  const { url, keepsProject } = link;
  return {
    message: {
      text: `${anonymous ? words.creditsOutAnonymous : words.creditsOutOperator} ${words.linkIsPrivate}`,
      buttons,
    },
    private: {
      text: anonymous ? words.creditsLink(url, keepsProject) : words.topUpLink(url),
      buttons: [
        {
          label: anonymous ? words.button.register : words.button.topUp,
          style: 'primary',
          does: { url },
        },
      ],
    },
    ...end,
  };
}

/** 402. Never a word about credits. */
function planBlocked(words: Words, { link }: Offer): Explanation {
  const end = { ending: 'needs-you', report: false } as const;
  if (!link) return { message: { text: `${words.planBlocked} ${words.registerAsk}` }, ...end };
  return {
    message: { text: `${words.planBlocked} ${words.linkIsPrivate}` },
    private: {
      text: words.planLink(link.url),
      buttons: [{ label: words.button.register, style: 'primary', does: { url: link.url } }],
    },
    ...end,
  };
}

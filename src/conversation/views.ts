/** What a person is shown outside of a conversation: a home page, forms, lists. Nothing is put on record. */
import { localeFor } from '../locales/locales.ts';
import { type Inbox, type Person, type RecentProject, threadKey } from '../platforms/chat.ts';
import { withDeadline } from '../runtime/deadline.ts';
import { admits, isAdmin, turnedAwayText } from './access.ts';
import { payingAt } from './accounts/payer.ts';
import { fieldsOf } from './brand/brand-kit.ts';
import { usageText } from './cost/usage.ts';
import { helpAnswer } from './help-answer.ts';
import { paysText } from './immediate-commands.ts';
import type { RecentThreads } from './recent-threads.ts';
import type { Deps } from './turn-context.ts';
import { newsOf } from './versions/list-versions.ts';
import { versionsOf } from './versions/versions.ts';

/** A home page is waited for; product time has no say in it. */
const OVERVIEW_MS = 10_000;

const NOTHING = { credits: undefined, recent: [] } as const;

export function createViews(
  deps: Deps,
  recent: RecentThreads,
): Pick<Inbox, 'overview' | 'brand' | 'versions' | 'recent'> {
  /** The person's projects in places where the bot is switched on. */
  async function openTo(person: Person, workspace: string): Promise<readonly RecentProject[]> {
    const list = await recent.of(workspace, person.id);
    const visits = list.map(({ thread }) => admits(deps, { author: person, ...thread }));
    const refusals = await Promise.all(visits);
    return list.filter((_, index) => !refusals[index]);
  }

  return {
    async overview({ platform, workspace }, person) {
      const { code: language, words } = localeFor(person.locale);
      const { greeting, examples } = words.profiles[deps.profile.name];
      const refusal = await admits(deps, { author: person, platform, workspace });
      if (refusal) {
        const refused = turnedAwayText(words, refusal);
        return { language, greeting: refused, examples: [], help: '', refused, ...NOTHING };
      }
      // A home page without its credits is still a home page.
      const bound = { ms: OVERVIEW_MS, timers: deps.timers };
      const balance = withDeadline(bound, async (signal) => {
        const paying = await payingAt(deps, { platform, workspace, channel: '' }, person);
        const [credits, used] = await Promise.all([
          paying.balance.of(signal),
          usageText(paying, words, undefined),
        ]);
        return [words.credits(credits), used, paysText(paying, words, person)]
          .filter(Boolean)
          .join('\n');
      });
      const credits = await balance.catch(() => undefined);
      const help = helpAnswer(deps, words).text;
      return {
        language,
        greeting,
        examples,
        help,
        credits,
        recent: await openTo(person, workspace),
      };
    },

    async brand(place, person) {
      const { platform, workspace } = place;
      const refusal = await admits(deps, { author: person, platform, workspace });
      if (refusal || !isAdmin(deps, person)) return undefined;
      return fieldsOf((await deps.brands.of(place)) ?? {});
    },

    async versions(thread, person) {
      if (await admits(deps, { author: person, ...thread })) return [];
      const { words } = localeFor(person.locale);
      const versions = await versionsOf(deps.ledger, threadKey(thread));
      const news = await newsOf(deps.ledger, versions, words);
      return news.map(({ version: { number, at, message }, details, changes }) => {
        return { name: words.versions.name(number), at, details, changes, message };
      });
    },

    async recent({ platform, workspace, channel }, person) {
      if (await admits(deps, { author: person, platform, workspace, channel })) return [];
      return openTo(person, workspace);
    },
  };
}

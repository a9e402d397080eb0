/** What may be spent in a month, and how much of it is. */
import { creditsIn, number } from './numbers.ts';

export interface BudgetShown {
  readonly of: 'workspace' | 'channel' | 'person';
  readonly limit: number;
  readonly credits: number;
  /** So many of them are what such work usually takes. */
  readonly expected: number;
  /** False: there was more, and nobody knows how much. */
  readonly complete: boolean;
}
export interface UsedUp extends BudgetShown {
  readonly zone: string;
  /** How many admins are named in front. */
  readonly named: number;
}

const WHOSE = {
  workspace: ['This workspace', 'has', 'its'],
  channel: ['This channel', 'has', 'its'],
  person: ['You', 'have', 'your'],
} as const;

const used = ({ credits, expected, complete }: BudgetShown): string =>
  `${expected > 0 ? 'about ' : complete ? '' : 'at least '}${number(credits)}`;

function sentence(shown: BudgetShown): string {
  const [who, has, whose] = WHOSE[shown.of];
  return `${who} ${has} used ${used(shown)} of ${whose} ${creditsIn(shown.limit)} for this month`;
}

export const budgets = {
  state: (shown: BudgetShown): string =>
    `${WHOSE[shown.of][0]}: ${used(shown)} of ${creditsIn(shown.limit)} this month.`,
  warning: (shown: BudgetShown): string =>
    shown.credits < shown.limit
      ? `⚠️ ${sentence(shown)}. Once they are used up, I begin nothing new that costs until the next month.`
      : `⚠️ ${sentence(shown)}. From now on I begin nothing new that costs until the next month.`,
  usedUp: (shown: UsedUp): string =>
    `${sentence(shown)}, so I begin nothing new that costs before the next month (${shown.zone}). What is running goes on, and \`export\`, \`status\`, \`stop\` and \`credits\` still work. ${
      shown.named === 0
        ? 'Please ask an admin, who can allow more.'
        : shown.named === 1
          ? 'Please ask the admin named above, who can allow more.'
          : 'Please ask one of the admins named above, who can allow more.'
    }`,
};

export type BudgetTexts = typeof budgets;

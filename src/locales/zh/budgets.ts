import type { BudgetShown, BudgetTexts } from '../en/budgets.ts';
import { creditsIn, number } from './numbers.ts';

const WHOSE = { workspace: '这个工作区', channel: '这个频道', person: '你' } as const;

const used = ({ credits, expected, complete }: BudgetShown): string =>
  `${expected > 0 ? '大约 ' : complete ? '' : '至少 '}${number(credits)}`;

const sentence = (shown: BudgetShown): string =>
  `${WHOSE[shown.of]}本月的预算是 ${creditsIn(shown.limit)}，已用 ${used(shown)}`;

export const budgets: BudgetTexts = {
  state: (shown) => `${WHOSE[shown.of]}：本月已用 ${used(shown)}，预算 ${creditsIn(shown.limit)}。`,
  warning: (shown) =>
    shown.credits < shown.limit
      ? `⚠️ ${sentence(shown)}。用完后，下个月之前我不会开始新的付费工作。`
      : `⚠️ ${sentence(shown)}。从现在起到下个月之前，我不会开始新的付费工作。`,
  usedUp: (shown) =>
    `${sentence(shown)}，所以下个月（${shown.zone}）之前我不会开始新的付费工作。正在进行的会继续，\`导出\`、\`状态\`、\`停止\` 和 \`积分\` 仍然可用。${
      shown.named === 0 ? '请联系管理员提高预算。' : '请联系上面提到的管理员提高预算。'
    }`,
};

import type { BudgetShown, BudgetTexts } from '../en/budgets.ts';
import { creditsIn, number } from './numbers.ts';

const WHOSE = {
  workspace: ['Este espacio de trabajo', 'ha', 'sus'],
  channel: ['Este canal', 'ha', 'sus'],
  person: ['Tú', 'has', 'tus'],
} as const;

const used = ({ credits, expected, complete }: BudgetShown): string =>
  `${expected > 0 ? 'unos ' : complete ? '' : 'al menos '}${number(credits)}`;

function sentence(shown: BudgetShown): string {
  const [who, has, whose] = WHOSE[shown.of];
  const limit = shown.limit === 1 ? 'su único crédito' : `${whose} ${creditsIn(shown.limit)}`;
  return `${who} ${has} usado ${used(shown)} de ${limit} de este mes`;
}

export const budgets: BudgetTexts = {
  state: (shown) => `${WHOSE[shown.of][0]}: ${used(shown)} de ${creditsIn(shown.limit)} este mes.`,
  warning: (shown) =>
    shown.credits < shown.limit
      ? `⚠️ ${sentence(shown)}. Cuando se acaben, no empezaré nada nuevo que cueste hasta el mes que viene.`
      : `⚠️ ${sentence(shown)}. Desde ahora no empiezo nada nuevo que cueste hasta el mes que viene.`,
  usedUp: (shown) =>
    `${sentence(shown)}, así que no empiezo nada nuevo que cueste antes del mes que viene (${shown.zone}). Lo que está en marcha sigue, y \`exportar\`, \`estado\`, \`parar\` y \`créditos\` siguen funcionando. ${
      shown.named === 0
        ? 'Pídele a un administrador que permita más.'
        : shown.named === 1
          ? 'Pídele al administrador nombrado arriba que permita más.'
          : 'Pídele a uno de los administradores nombrados arriba que permita más.'
    }`,
};

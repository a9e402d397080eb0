/** The buttons that are about versions. */
import type { Words } from '../../locales/locale.ts';
import type { Button } from '../../platforms/chat.ts';

/** Under a finished video, from the second on: there is nothing to compare the first with. */
export const versionButtons = (words: Words, version: number | undefined): Button[] =>
  version !== undefined && version > 1
    ? [{ label: words.versions.button, does: { action: 'versions' } }]
    : [];

/** Exports of a list are offered for so many. */
const MOST_EXPORTS = 3;

/** `numbers`: of the versions that are there, in order. */
export function listButtons(words: Words, numbers: readonly number[]): Button[] {
  const [before, last] = numbers.slice(-2);
  const name = words.versions.name;
  const exports = numbers.slice(-MOST_EXPORTS).reverse();
  return [
    ...(before !== undefined && last !== undefined
      ? [
          {
            label: words.versions.compare(before, last),
            style: 'primary',
            does: { action: 'compare', value: `v${before} v${last}` },
          } as const,
        ]
      : []),
    ...exports.map(
      (number): Button => ({
        label: words.versions.export(name(number)),
        does: { action: 'export', value: `v${number}` },
      }),
    ),
  ];
}

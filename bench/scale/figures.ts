/** How figures are written: one line each, aligned. */
export const percentile = (values: readonly number[], p: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? Number.NaN;
};

export const say = (line = ''): void => void process.stdout.write(`${line}\n`);

export const figure = (name: string, value: string): void => say(`  ${name.padEnd(44)} ${value}`);

export const round = (value: number, digits = 1): string => value.toFixed(digits);

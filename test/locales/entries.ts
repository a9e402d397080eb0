/** A catalogue as a list: where each entry stands, and the entry. */

export function entries(value: object, prefix = ''): [path: string, entry: unknown][] {
  return Object.entries(value).flatMap(([key, entry]: [string, unknown]) =>
    typeof entry === 'object' && entry !== null
      ? entries(entry, `${prefix}${key}.`)
      : [[`${prefix}${key}`, entry] as [string, unknown]],
  );
}

export const paths = (value: object): string[] => entries(value).map(([path]) => path);

export const strings = (value: object): [path: string, text: string][] =>
  entries(value).flatMap(([path, entry]) =>
    typeof entry === 'string' ? [[path, entry] as [string, string]] : [],
  );

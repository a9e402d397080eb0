/** A report stays readable in a chat: the first few lines, and how many there are besides. */
const MOST_LINES = 8;

export function shortList(lines: readonly string[], more: (left: number) => string): string[] {
  if (lines.length <= MOST_LINES) return [...lines];
  return [...lines.slice(0, MOST_LINES - 1), more(lines.length - MOST_LINES + 1)];
}

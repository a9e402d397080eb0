/**
 * Which test files share a worker. To start one and load the modules takes a second of CPU, so files share it, unless one
 * changes or measures what belongs to the whole process: its clock, environment, globals, memory. That is read in the
 * file and in what it imports of test/, so nobody has to remember it.
 */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');

const OF_THE_PROCESS: readonly RegExp[] = [
  /\bvi\.(?!waitFor\b|waitUntil\b)/,
  /\bprocess\.env\b[^;\n]*[^=!<>]=[^=>]|\b(?:delete|assign\() ?process\.env/,
  /\bprocess\.(?:chdir|on|once|emit|exit|memoryUsage|cpuUsage|resourceUsage|hrtime|getActiveResourcesInfo)\b/,
  /\bprocess\.(?:exitCode|title|stdout\.write|stderr\.write) = /,
  /\b(?:globalThis|Date|Math|console|crypto|process)(?:\.\w+|\[[^\]]+\]) = /,
  /\.prototype\b[^\n;]* = /,
  /\bObject\.definePropert/,
  /\bperformance\.|\bmonitorEventLoopDelay\b|\bPerformanceObserver\b/,
  /\bsetFlagsFromString\b|\bsetGlobalDispatcher\b|\bregisterHooks\b|\bgetHeap\w+\b|\bgc\(/,
];

/** Files of minutes, and what runs programs of its own. */
const OWN = /^test\/(?:floods|crash|simulation|walk|[\w-]+\.test\.ts$)/;

const COMMENT = /^\s*(?:\/\/|\/?\*).*$/gm;
const IMPORTED = /(?:from|import\() ?'(\.[^']+\.ts)'/g;

export const codeOf = (file: string): string =>
  readFileSync(path.join(ROOT, file), 'utf8').replace(COMMENT, '');

export const isOfTheProcess = (code: string): boolean => OF_THE_PROCESS.some((it) => it.test(code));

/** The file, and all that it imports of test/, by what it imports, too. */
export function withImports(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, imported] of codeOf(file).matchAll(IMPORTED)) {
    const at = path.posix.join(path.posix.dirname(file), imported ?? '');
    if (at.startsWith('test/')) withImports(at, found);
  }
  return found;
}

/** Relative to the repository. */
export function sharedFiles(): readonly string[] {
  const own = new Map<string, boolean>();
  const isIts = (file: string) => {
    const known = own.get(file) ?? isOfTheProcess(codeOf(file));
    own.set(file, known);
    return known;
  };
  return globSync('test/**/*.test.ts', { cwd: ROOT })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => !OWN.test(file) && ![...withImports(file)].some(isIts))
    .sort();
}

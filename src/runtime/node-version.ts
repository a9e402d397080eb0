/** The bot runs as TypeScript and on node:sqlite; an older Node would fail with a riddle. */
const LEAST = [24, 11] as const;

/** Undefined: it is new enough. Must itself run on any Node that strips types. */
export function nodeProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return undefined;
  return `nemo-bot needs Node ${LEAST.join('.')} or newer; this is ${version}.`;
}

export const NODE_CURE =
  'Start it by "npm start" after "npm ci": a fitting Node comes with the packages.';

/** Ends the process with a sentence when Node is too old. */
export function requireNode(version = process.versions.node): void {
  const problem = nodeProblem(version);
  if (problem === undefined) return;
  process.stderr.write(`${problem}\n${NODE_CURE}\n`);
  process.exit(1);
}

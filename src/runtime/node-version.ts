/** The bot runs as TypeScript and on node:sqlite; an older Node would fail with a riddle. */
const LEAST = [24, 11] as const;

/** Ends the process with a sentence when Node is too old. Must itself run on any Node that strips types. */
export function requireNode(version = process.versions.node): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return;
  process.stderr.write(
    `nemo-bot needs Node ${LEAST.join('.')} or newer; this is ${version}.\n` +
      'Start it by "npm start" after "npm ci": a fitting Node comes with the packages.\n',
  );
  process.exit(1);
}

/** All that the doctor looks at, in the order in which it is told. Changes nothing. */
import { MAPS_MISSING, missingMaps } from '../../documents/pdf/cmaps.ts';
import { checkLedger } from '../../ledger/check-ledger.ts';
import type { DatabasePlace } from '../../runtime/database-place.ts';
import { type Finding, well, wrong } from '../../runtime/finding.ts';
import { NODE_CURE, nodeProblem } from '../../runtime/node-version.ts';
import { type Environment, givenIn } from '../../settings/environment.ts';
import { readSettings, type Settings, SettingsError } from '../../settings/settings.ts';
import { checkDatabase } from '../../state/check-database.ts';
import { checkBackend } from './backend.ts';
import { clockFinding, watchDates } from './clock.ts';
import { checkDisk } from './disk.ts';
import { unknownNames } from './names.ts';
import { readableByOthers } from './readable.ts';
import { checkFfmpeg, checkFonts } from './tools.ts';

/** What a machine is asked, so that a test can be another one. */
export interface Machine {
  readonly env: Environment;
  readonly nodeVersion: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly freeBytes: (folder: string) => Promise<number>;
  readonly fontFolders: readonly string[];
  readonly envFile: string;
}

/** What belongs together, under the name that people know it by. */
export interface Section {
  readonly about: string;
  readonly findings: readonly Finding[];
}

/** Real milliseconds for all that one service is asked. */
const PATIENCE_MS = 15_000;

export async function examine(machine: Machine): Promise<readonly Section[]> {
  const given = givenIn(machine.env);
  const node: Section = { about: 'Node', findings: [nodeFinding(machine.nodeVersion)] };
  let settings: Settings;
  try {
    settings = readSettings(machine.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return [node, { about: 'Settings', findings: error.problems.map(mistake) }];
  }
  const { database, dataDir, nemo, platforms } = settings;
  using dates = watchDates(machine.now);
  const [stored, backend, disk, ffmpeg, ...served] = await Promise.all([
    checkStores(settings),
    checkBackend(nemo, AbortSignal.timeout(PATIENCE_MS)),
    checkDisk(foldersOf(database, dataDir), machine.freeBytes),
    checkFfmpeg(settings),
    ...platforms.map(async ({ title, check }) => ({
      about: title,
      findings: await sound(title, () => check(AbortSignal.timeout(PATIENCE_MS), given)),
    })),
  ]);
  return [
    node,
    {
      about: 'Settings',
      findings: [
        well('The settings are well-formed'),
        ...unknownNames(given),
        ...readableByOthers(machine.envFile),
      ],
    },
    { about: 'Database', findings: stored },
    { about: 'NemoVideo', findings: backend },
    ...served,
    {
      about: 'Machine',
      findings: [
        clockFinding(dates.seen),
        ...disk,
        characterMaps(),
        ...checkFonts(machine.fontFolders),
        ...ffmpeg,
      ],
    },
  ];
}

/** One after the other: of a file that cannot be opened, or is locked, both would say the same. */
async function checkStores(settings: Settings): Promise<readonly Finding[]> {
  const ledger = await sound('The database', () => checkLedger(settings.database));
  if (ledger.some(({ ok }) => !ok)) return ledger;
  return [...(await sound('The database', () => checkDatabase(settings))), ...ledger];
}

const nodeFinding = (version: string): Finding => {
  const problem = nodeProblem(version);
  return problem ? wrong(problem, NODE_CURE) : well(`Node ${version}`);
};

const mistake = (problem: string): Finding =>
  wrong(
    problem,
    'it is set in .env, or in the environment, which wins; "npm run setup" asks for what is needed, .env.example has every setting',
  );

function characterMaps(): Finding {
  const missing = missingMaps();
  return missing.length === 0
    ? well('The character maps for PDFs are there')
    : wrong(MAPS_MISSING, `${missing.join(', ')}: run "npm ci" again`);
}

const foldersOf = (database: DatabasePlace, dataDir: string): readonly string[] =>
  database.kind === 'sqlite' && database.path === ':memory:' ? [] : [dataDir];

async function sound(
  name: string,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    const why = error instanceof Error ? reasonOf(error) : String(error);
    return [
      wrong(
        `${name} cannot be reached or refuses: ${why}`,
        'check that this machine may go out to it by https (proxy, firewall), and try again',
      ),
    ];
  }
}

/** `fetch` says "fetch failed", and what has happened stands behind it. */
const reasonOf = ({ message, cause }: Error): string =>
  cause instanceof Error && cause.message !== '' ? cause.message : message;

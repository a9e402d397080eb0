/** Names that look like settings and are none: nothing reads them, and nothing else would say so. */
import { PLATFORMS } from '../../platforms/platforms.ts';
import { type Finding, weak } from '../../runtime/finding.ts';
import type { Environment } from '../../settings/environment.ts';
import { SETTING_NAMES } from '../../settings/settings.ts';

/** Those of a platform, and of the backend: other first words, like `LOG` and `MAX`, many programs have. */
const FAMILIES: ReadonlySet<string> = new Set(
  ['NEMO_API_URL', ...PLATFORMS.flatMap(({ settings }) => Object.keys(settings))].map(familyOf),
);
const KNOWN: ReadonlySet<string> = new Set([
  ...SETTING_NAMES,
  ...PLATFORMS.flatMap(({ commandSettings }) => commandSettings),
]);

export function unknownNames(given: Environment): Finding[] {
  const strange = Object.keys(given).filter(
    (name) => name.includes('_') && FAMILIES.has(familyOf(name)) && !KNOWN.has(name),
  );
  return strange.map((name) =>
    weak(`${name} is set, and is no setting`, 'a typing error? All names are in .env.example'),
  );
}

function familyOf(name: string): string {
  return name.split('_')[0] ?? name;
}

/** What the doctor has found, for people and for programs. Everything goes through `redact` first. */
import { createRedact, type Redact } from '../../runtime/redact.ts';
import { databaseUrl, secretsIn } from '../../settings/database-url.ts';
import { type Environment, givenIn } from '../../settings/environment.ts';
import type { Section } from './examine.ts';

type Level = 'ok' | 'warning' | 'error';
type Found = Section['findings'][number];

const SIGNS: Readonly<Record<Level, string>> = { ok: '✔', warning: '!', error: '✖' };

const levelOf = ({ ok, weak }: Found): Level => (ok ? (weak ? 'warning' : 'ok') : 'error');

export const isWell = (sections: readonly Section[]): boolean =>
  sections.every(({ findings }) => findings.every(({ ok }) => ok));

export function asText(sections: readonly Section[], redact: Redact): string {
  return sections
    .map(({ about, findings }) => `${about}\n${findings.map((it) => lines(it, redact)).join('')}`)
    .join('');
}

function lines(found: Found, redact: Redact): string {
  const { what, hint, fix } = found;
  const cure = [hint, fix && 'npm run doctor -- --fix does it'].filter(Boolean).join('; ');
  return `  ${SIGNS[levelOf(found)]} ${oneLine(redact(what))}\n${cure ? `      ${oneLine(redact(cure))}\n` : ''}`;
}

const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, ' ');

export function asJson(
  sections: readonly Section[],
  fixed: readonly string[],
  redact: Redact,
): string {
  const findings = sections.flatMap(({ about, findings }) =>
    findings.map((found) => ({
      about,
      level: levelOf(found),
      what: redact(found.what),
      ...(found.hint === undefined ? {} : { hint: redact(found.hint) }),
      fixable: found.fix !== undefined,
    })),
  );
  return `${JSON.stringify({ ok: isWell(sections), fixed: fixed.map(redact), findings }, null, 2)}\n`;
}

/** Also where the settings cannot be read, by what they are called. */
export function redactFor(env: Environment): Redact {
  const given = givenIn(env);
  const values = Object.entries(given)
    .filter(([name]) => /TOKEN|SECRET|PASSWORD|_KEYS?(?:_|$)/.test(name))
    .flatMap(([, value = '']) => [value, ...value.split(',')].map((part) => part.trim()));
  const database = databaseUrl.safeParse(given['DATABASE_URL']);
  const secrets = [...values, ...(database.data ? secretsIn(database.data) : [])];
  return createRedact(() => secrets);
}

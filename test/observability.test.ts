/** The dashboard and the alerts ask for series that there are, by labels that these have; each alert has its runbook. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createMetrics } from '../src/runtime/metrics.ts';
import { parseMetrics } from './doubles/prometheus-text.ts';

const read = (file: string) => readFileSync(path.resolve(import.meta.dirname, '..', file), 'utf8');
const page = read('docs/operations.md');

const dashboard = z
  .object({
    title: z.string(),
    panels: z.array(
      z.object({
        id: z.number(),
        title: z.string().min(1),
        gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
        targets: z.array(z.object({ refId: z.string(), expr: z.string() })).min(1),
      }),
    ),
  })
  .parse(JSON.parse(read('docs/observability/dashboard.json')));

const { groups } = z
  .object({
    groups: z.array(
      z.object({
        rules: z.array(
          z.object({
            alert: z.string().regex(/^NemoBot\w+$/),
            expr: z.string(),
            for: z
              .string()
              .regex(/^\d+[mh]$/)
              .optional(),
            labels: z.object({ severity: z.enum(['page', 'ticket']) }),
            annotations: z.object({ summary: z.string(), runbook: z.string() }),
          }),
        ),
      }),
    ),
  })
  .parse(parse(read('docs/observability/alerts.yaml')));
const rules = groups.flatMap((group) => group.rules);

/** By the page, which test/runtime/metrics.test.ts holds to what is measured. */
const labelsOf = new Map(
  [...page.matchAll(/^\| `(nemo_bot_\w+)`(?: by ((?:`\w+`(?:, )?)+))? \|/gm)].map(
    ([, name = '', labels = '']) => [name, [...labels.matchAll(/\w+/g)].map(([it]) => it)] as const,
  ),
);
const families = parseMetrics(
  (await createMetrics({ running: () => 0, unfinished: async () => 0 }).text()).body,
);

/** Of a series as it is asked for: the family, by the endings that a histogram has. */
function familyOf(name: string): string | undefined {
  const whole = name.replace(/_(?:bucket|count|sum)$/, '');
  if (families.get(whole)?.kind === 'histogram') return name === whole ? undefined : whole;
  return families.has(name) ? name : undefined;
}

function problemsIn(expr: string): string[] {
  const problems: string[] = [];
  const asked = [...expr.matchAll(/\b(nemo_bot_\w+)(?:\{([^}]*)\})?/g)];
  if (asked.length === 0) problems.push(`asks for nothing of ours: ${expr}`);
  const known = new Set(['le']);
  for (const [, name = '', labels = ''] of asked) {
    const family = familyOf(name);
    if (family === undefined) problems.push(`no series ${name}`);
    const its = labelsOf.get(family ?? '') ?? [];
    for (const label of its) known.add(label);
    for (const [, label = ''] of labels.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g))
      if (!its.includes(label)) problems.push(`${name} has no label ${label}`);
  }
  for (const [, by = ''] of expr.matchAll(/\bby \(([^)]*)\)/g))
    for (const label of by.split(',').map((it) => it.trim()))
      if (!known.has(label)) problems.push(`nothing here has a label ${label}`);
  if (expr.split('(').length !== expr.split(')').length) problems.push(`unbalanced: ${expr}`);
  return problems;
}

describe('what is asked of Prometheus', () => {
  test.each(dashboard.panels.map((panel) => [panel.title, panel] as const))(
    'by the panel “%s” is there',
    (_title, { targets }) => {
      expect(targets.flatMap(({ expr }) => problemsIn(expr))).toEqual([]);
    },
  );

  test.each(rules.map((rule) => [rule.alert, rule] as const))(
    'by the alert %s is there, and what to do on it is said',
    (alert, { expr, annotations }) => {
      expect(problemsIn(expr)).toEqual([]);
      expect(annotations.runbook).toBe(`docs/operations.md#${alert.toLowerCase()}`);
      const runbook = new RegExp(`^#### ${alert}\n\n(.{40,})$`, 'm').exec(page)?.[1];
      expect(runbook).toBeDefined();
    },
  );

  test('leaves out no series', () => {
    const shown = dashboard.panels
      .flatMap(({ targets }) => targets.map(({ expr }) => expr))
      .join('\n');
    const asked = new Set([...shown.matchAll(/\bnemo_bot_\w+/g)].map(([name]) => familyOf(name)));
    expect([...families.keys()].filter((name) => !asked.has(name))).toEqual([]);
  });

  test('and no runbook is without its alert', () => {
    const told = [...page.matchAll(/^#### (NemoBot\w+)$/gm)].map(([, name]) => name);
    expect(told.sort()).toEqual(rules.map(({ alert }) => alert).sort());
  });

  test.each([
    ['sum(rate(nemo_bot_nothing_total[5m]))', /no series/],
    ['sum(nemo_bot_turn_seconds)', /no series/],
    ['nemo_bot_turns_total{shop="x"}', /no label/],
    ['sum by (shop) (nemo_bot_turns_total)', /no.* label/],
    ['sum(nemo_bot_turns_total', /unbalanced/],
  ])('%s would be found out', (expr, why) => {
    expect(problemsIn(expr).join()).toMatch(why);
  });

  test('panels lie beside each other, not over each other', () => {
    const cells = dashboard.panels.map(({ gridPos: { x, y } }) => `${x} ${y}`);
    expect(new Set(cells).size).toBe(cells.length);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });
});

/**
 * Reads the text form of Prometheus (0.0.4) as strictly as a scraper does, and more: a family has its HELP and TYPE
 * first and once, its samples together, each set of labels once, and histograms add up.
 */
export type Kind = 'counter' | 'gauge' | 'histogram';

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Family {
  readonly kind: Kind;
  readonly help: string;
  readonly samples: Sample[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const HELP = new RegExp(`^# HELP (${NAME}) (.+)$`);
const TYPE = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram)$`);
const SAMPLE = new RegExp(
  `^(${NAME})(?:\\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*",?)*)\\})? (\\S+)$`,
);
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/y;

export function parseMetrics(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const families = new Map<string, Family>();
  let help: readonly string[] | undefined;
  let current: { name: string; family: Family } | undefined;
  for (const line of text.split('\n').slice(0, -1)) {
    if (line === '') continue;
    const [, helped, words] = HELP.exec(line) ?? [];
    if (helped && words) {
      help = [helped, words];
      continue;
    }
    const [, typed, kind] = TYPE.exec(line) ?? [];
    if (typed) {
      if (help?.[0] !== typed) throw new Error(`no help in front of: ${line}`);
      if (families.has(typed)) throw new Error(`a family twice: ${line}`);
      current = { name: typed, family: { kind: kind as Kind, help: help[1] ?? '', samples: [] } };
      families.set(typed, current.family);
      continue;
    }
    if (!current) throw new Error(`a sample without a family: ${line}`);
    current.family.samples.push(sampleIn(line, current.name, current.family.kind));
  }
  for (const [name, family] of families) check(name, family);
  return families;
}

function sampleIn(line: string, family: string, kind: Kind): Sample {
  const [, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? [];
  const mayBe = kind === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
  if (!mayBe.some((ending) => name === family + ending))
    throw new Error(`not of ${family}: ${line}`);
  const read = value === '+Inf' ? Number.POSITIVE_INFINITY : Number(value);
  if (Number.isNaN(read)) throw new Error(`no number: ${line}`);
  return { name, labels: labelsIn(labels), value: read };
}

function labelsIn(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  LABEL.lastIndex = 0;
  for (let at = 0; at < text.length; at = LABEL.lastIndex) {
    LABEL.lastIndex = at;
    const [, name = '', value = ''] = LABEL.exec(text) ?? [];
    if (name === '' || name in found) throw new Error(`bad labels: ${text}`);
    found[name] = value.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));
  }
  return found;
}

function check(name: string, { kind, samples }: Family): void {
  const seen = samples.map(({ name: it, labels }) =>
    JSON.stringify([it, Object.entries(labels).sort()]),
  );
  if (new Set(seen).size < seen.length) throw new Error(`${name}: the same sample twice`);
  if (kind === 'counter' && !name.endsWith('_total'))
    throw new Error(`${name}: a counter ends in _total`);
  if (kind !== 'gauge' && samples.some(({ value }) => value < 0))
    throw new Error(`${name}: below zero`);
  if (kind !== 'histogram') return;
  for (const { labels, value } of samples.filter((it) => it.name === `${name}_count`)) {
    const key = JSON.stringify(labels);
    const buckets = samples.filter(
      ({ name: it, labels: { le: _, ...rest } }) =>
        it === `${name}_bucket` && JSON.stringify(rest) === key,
    );
    const rising = buckets.every(
      (bucket, at) => at === 0 || bucket.value >= (buckets[at - 1]?.value ?? 0),
    );
    const last = buckets.at(-1);
    if (!rising || last?.labels['le'] !== '+Inf' || last.value !== value)
      throw new Error(`${name}: the buckets do not add up`);
  }
}

/** Over all samples with these labels; of a histogram, how many were observed. */
export function sumOf(
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  const family = families.get(name);
  const wanted = family?.kind === 'histogram' ? `${name}_count` : name;
  return (family?.samples ?? [])
    .filter((sample) => sample.name === wanted)
    .filter((sample) =>
      Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
    )
    .reduce((sum, { value }) => sum + value, 0);
}

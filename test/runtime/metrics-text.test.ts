/** What /metrics says where something is missing or strange, and how strictly the tests read it. */
import { describe, expect, test } from 'vitest';
import { createMetrics } from '../../src/runtime/metrics.ts';
import { parseMetrics, sumOf } from '../doubles/prometheus-text.ts';

test('of an error of a library the label is its kind, without codes and addresses', async () => {
  const { failed, text } = createMetrics({ running: () => 0, unfinished: async () => 0 });
  failed('DiscordAPIError[50001]');
  failed('é http://a.example');
  const causes = parseMetrics((await text()).body).get('nemo_bot_failures_total')?.samples;
  expect(causes?.map(({ labels }) => labels['cause'])).toEqual(['DiscordAPIError', 'unknown']);
});

test('what cannot be read is left out, and the rest is there', async () => {
  const { text } = createMetrics({
    running: () => 3,
    unfinished: () => Promise.reject(new Error('the database is away')),
  });
  const figures = parseMetrics((await text()).body);
  expect(figures.get('nemo_bot_turns_unfinished')?.samples).toEqual([]);
  expect(sumOf(figures, 'nemo_bot_turns_running')).toBe(3);
});

describe('the parser is strict about', () => {
  test.each([
    ['a sample before its family', 'a_total 1\n'],
    ['a type without help', '# TYPE a_total counter\na_total 1\n'],
    ['a sample of another family', '# HELP a_total A\n# TYPE a_total counter\nb_total 1\n'],
    [
      'the same labels twice',
      '# HELP a_total A\n# TYPE a_total counter\na_total{x="1"} 1\na_total{x="1"} 2\n',
    ],
    ['no number', '# HELP a_total A\n# TYPE a_total counter\na_total one\n'],
    ['a quote in a label', '# HELP a_total A\n# TYPE a_total counter\na_total{x="a"b"} 1\n'],
    [
      'buckets that do not add up',
      '# HELP a A\n# TYPE a histogram\na_bucket{le="+Inf"} 1\na_sum 1\na_count 2\n',
    ],
    ['a last line without an end', '# HELP a_total A\n# TYPE a_total counter\na_total 1'],
  ])('%s', (_what, text) => {
    expect(() => parseMetrics(text)).toThrow();
  });
});

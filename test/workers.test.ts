/** What files that share a worker have to keep to, so that none of them sees another. */
import { globSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { codeOf, isOfTheProcess, sharedFiles, withImports } from './workers.ts';

const shared = sharedFiles();

test('most files share a worker; none that changes or measures the process does', () => {
  const all = globSync('test/**/*.test.ts').length;
  expect(shared.length).toBeGreaterThan(all * 0.8);
  expect(shared).not.toContain('test/documents/environment.test.ts');
  // By what it imports: the simulation's globals, the state's moved clock.
  expect(shared).not.toContain('test/simulation/simulation.test.ts');
  expect(shared).not.toContain('test/state/sqlite/state.test.ts');
});

test('what they import has no hooks of its own: evaluated once, it would have them for the first file alone', () => {
  const helpers = new Set(shared.flatMap((file) => [...withImports(file)]));
  for (const file of shared) helpers.delete(file);
  const hooked = [...helpers].filter((file) =>
    /^(?:beforeEach|afterEach|beforeAll|afterAll|aroundEach|aroundAll)\(/m.test(codeOf(file)),
  );
  expect(hooked).toEqual([]);
});

test('what is imported of test/ is found, by an import of an import too', () => {
  const found = withImports('test/conversation/links/articles.test.ts');
  expect(found).toContain('test/conversation/scenarios/support.ts');
  expect(found).toContain('test/doubles/nemo/nemo-double.ts');
});

describe('of the process is', () => {
  test.each([
    'vi.useFakeTimers()',
    "vi.spyOn(Date, 'now')",
    "process.env['TOKEN'] = 'a'",
    "delete process.env['TOKEN']",
    'Object.assign(process.env, more)',
    "process.chdir('/')",
    "process.once('exit', end)",
    'process.memoryUsage()',
    'Date.now = () => 0',
    'Math.random = random',
    "globalThis['fetch'] = other",
    'DatabaseSync.prototype.prepare = slow',
    'Object.defineProperty(navigator, name, {})',
    'performance.now()',
    'monitorEventLoopDelay()',
  ])('%s', (code) => {
    expect(isOfTheProcess(code)).toBe(true);
  });

  test.each(['vi.waitUntil(done)', "const url = process.env['URL'];", 'const now = Date.now();'])(
    'not %s',
    (code) => {
      expect(isOfTheProcess(code)).toBe(false);
    },
  );
});

/** What stands in the log, by a process that writes it: all that helps, and no secret, wherever it lies. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../../src/runtime/log.ts';

const SECRET = 'a-secret-of-the-operator';
const SHAPES = [
  'nmv_usr_1234abcd',
  'clm_1234abcd',
  'xoxb-1-2-abcd',
  'xoxe.xoxb-1-abcd',
  'xoxe-1-abcd',
  'xapp-1-A-abcd',
];
const src = (file: string) => path.resolve(import.meta.dirname, '../../src/runtime', file);

/** What a program prints that logs once; `program` sees `log` and `secret`. */
async function logged(program: string, format: 'json' | 'pretty' = 'json'): Promise<string> {
  const script = `
    import { createLog } from ${JSON.stringify(src('log.ts'))};
    import { createRedact } from ${JSON.stringify(src('redact.ts'))};
    const secret = ${JSON.stringify(SECRET)};
    const log = createLog({ level: 'debug', format: '${format}', redact: createRedact(() => [secret]) });
    ${program}`;
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const [out, trouble] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(trouble).toBe('');
  return out;
}

const END = '-- the next one --';

/** What each of several programs prints, all in one process: to start one costs more than they do. */
async function loggedByEach(
  programs: readonly string[],
  format: 'json' | 'pretty',
): Promise<string[]> {
  const all = programs.map((program) => `{ ${program}; log.always('${END}'); }`).join('\n');
  const printed: string[] = [];
  let lines: string[] = [];
  for (const line of (await logged(all, format)).trimEnd().split('\n')) {
    if (line.includes(END)) {
      printed.push(lines.join('\n'));
      lines = [];
    } else lines.push(line);
  }
  expect(lines).toEqual([]);
  expect(printed).toHaveLength(programs.length);
  return printed;
}

const PLACES: readonly (readonly [string, string])[] = [
  ['the message', 'log.warn("it is " + secret)'],
  ['a field', 'log.warn("m", { at: "x " + secret })'],
  ['a nested field', 'log.warn("m", { a: { b: [{ c: "x " + secret }] } })'],
  ['a key', 'log.warn("m", { a: { [secret]: 1 } })'],
  ['a map', 'log.warn("m", { a: new Map([[secret, { b: secret }]]) })'],
  ['a set', 'log.warn("m", { a: new Set([secret]) })'],
  ['an address', 'log.warn("m", { a: new URL("https://a.example/?key=" + secret) })'],
  ['an error', 'log.error("m", { error: new Error(secret) })'],
  [
    'the name of an error',
    'log.error("m", { error: Object.assign(new Error("m"), { name: secret }) })',
  ],
  ['an error in a nested field', 'log.error("m", { a: { error: new Error(secret) } })'],
  ['a cause', 'log.error("m", { error: new Error("m", { cause: new Error(secret) }) })'],
  [
    'a cause that is no error',
    'log.error("m", { error: new Error("m", { cause: { a: secret } }) })',
  ],
  [
    'one of several errors',
    'log.error("m", { error: new AggregateError([new Error(secret)], "m") })',
  ],
  [
    'an error’s own field',
    'log.error("m", { error: Object.assign(new Error("m"), { data: { a: [secret] } }) })',
  ],
  ['what is always written', 'log.always(secret, { a: { b: secret } })'],
  ['the end of a text that is cut', 'log.warn("m", { a: "-".repeat(19_990) + secret })'],
];

describe.each(['json', 'pretty'] as const)('a secret (%s)', (format) => {
  let printed: readonly string[] = [];
  beforeAll(async () => {
    const programs = PLACES.map(([, program]) => program);
    printed = await loggedByEach(programs, format);
  });

  test.each(PLACES.map(([place], at) => [place, at] as const))('in %s is hidden', (_place, at) => {
    const line = printed[at];
    expect(line?.trim().split('\n')).toHaveLength(1);
    expect(line).toContain('[hidden]');
    expect(line).not.toContain(SECRET.slice(0, 8));
  });
});

describe('by what it is or is called', () => {
  const KEYS = ['authorization', 'Set-Cookie', 'bot_token', 'clientSecret', 'x-slack-signature'];
  let printed: readonly string[] = [];
  beforeAll(async () => {
    const programs = [
      ...SHAPES.map((token) => `log.warn("m", { a: { b: "x_${token} y" } })`),
      ...KEYS.map((key) => `log.warn("m", { a: { ${JSON.stringify(key)}: ["unknown-value"] } })`),
    ];
    printed = await loggedByEach(programs, 'json');
  });

  test.each(SHAPES)('a token like %s is known by its shape', (token) => {
    const line = printed[SHAPES.indexOf(token)];
    expect(line).toContain('"msg":"m"');
    expect(line).not.toContain(token.slice(-6));
  });

  test.each(KEYS)('what is called %s is hidden whatever it is', (key) => {
    const line = printed[SHAPES.length + KEYS.indexOf(key)];
    expect(line).toContain('"msg":"m"');
    expect(line).not.toContain('unknown-value');
  });
});

describe('what helps is printed', () => {
  test('fields however nested, and every error inside an error', async () => {
    const line = await logged(`
      const refused = Object.assign(new Error('ECONNREFUSED ::1'), { code: 'ECONNREFUSED' });
      const error = new AggregateError([refused, 'a text'], 'all failed', { cause: new Error('the cause') });
      log.error('m', { a: { b: [1, true, null, 2n] }, when: new Date(0), bytes: Buffer.alloc(5), error });`);
    expect(JSON.parse(line)).toMatchObject({
      msg: 'm',
      a: { b: [1, true, null, '2'] },
      when: '1970-01-01T00:00:00.000Z',
      bytes: '[5 bytes]',
      error: {
        name: 'AggregateError',
        message: 'all failed',
        stack: expect.stringContaining('AggregateError: all failed'),
        cause: { message: 'the cause' },
        errors: [{ message: 'ECONNREFUSED ::1', code: 'ECONNREFUSED' }, 'a text'],
      },
    });
  });

  test('circles, depths, widths, long texts and getters that throw are bounded', async () => {
    const line = await logged(`
      const ring = { name: 'ring' }; ring.self = ring;
      let deep = 'bottom'; for (let n = 0; n < 50_000; n += 1) deep = { deep };
      const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => ['k' + n, 'v']));
      let tree = 'leaf'; for (let n = 0; n < 7; n += 1) tree = Array.from({ length: 90 }, () => tree);
      const bad = { get it() { throw new Error('no'); } };
      const { proxy: gone, revoke } = Proxy.revocable({}, {}); revoke();
      log.warn('m', { ring, deep, wide, list: Object.keys(wide), bad, gone, long: 'x'.repeat(1e6), tree, texts: Array.from({ length: 90 }, () => 'y'.repeat(15_000)) });`);
    expect(line.length).toBeLessThan(200_000);
    expect(JSON.parse(line)).toMatchObject({
      ring: { name: 'ring', self: '[circular]' },
      bad: { it: '[unreadable]' },
      gone: '[unreadable]',
    });
  });

  test('the same thing twice is no circle', async () => {
    const line = await logged(`const it = { a: 1 }; log.warn('m', { one: it, other: [it] });`);
    expect(JSON.parse(line)).toMatchObject({ one: { a: 1 }, other: [{ a: 1 }] });
  });
});

test('what is below the level is not even looked through', () => {
  let looks = 0;
  const redact = (words: string) => {
    looks += 1;
    return words;
  };
  const log = createLog({ level: 'error', format: 'json', redact });
  log.debug('a line', { of: 'several fields' });
  log.info('a line', { of: 'several fields' });
  log.warn('a line', { of: 'several fields' });
  expect(looks).toBe(0);
});

/** `.env` with values set: nothing else in it changes, and Node reads back what was meant. */
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { saveEnv, withValues } from '../../src/cli/setup/env-file.ts';

function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'nemo-bot-env-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

const isClosed = (line: string): boolean =>
  ["'", '"', '`'].every((quote) => (line.split(quote).length - 1) % 2 === 0);

describe('values are set', () => {
  test('in their own lines; comments, order, unknown lines and blanks stay', () => {
    const text = `# mine
OTHER = 'left alone'   # as it is

export A=old
? not a setting at all
B="two
lines"
# C=default
# the end
`;
    expect(withValues(text, { A: 'new', B: 'one', C: 'given', D: 'a#b c' })).toBe(`# mine
OTHER = 'left alone'   # as it is

export A=new
? not a setting at all
B=one
# C=default
C=given
# the end
D='a#b c'
`);
  });

  test('of a name that is there twice in the last, which is the one that counts', () => {
    expect(withValues('A=1\nA=2\n', { A: '3' })).toBe('A=1\nA=3\n');
  });

  test('also where the last line has no end, where there is nothing, and with the line ends of Windows', () => {
    expect(withValues('A=1', { B: '2' })).toBe('A=1\nB=2\n');
    expect(withValues('', { B: '2' })).toBe('B=2\n');
    expect(withValues('A=1', { A: '2' })).toBe('A=2');
    expect(withValues('# x\r\nA=1\r\n', { A: '2', B: '3' })).toBe('# x\r\nA=2\r\nB=3\r\n');
  });

  test('behind a line of blanks alone, which Node would fill with the next one', () => {
    expect(withValues('A= \nB=1\n', { B: '2' })).toBe('A=\nB=2\n');
  });

  test('not where a quote that never ends would swallow them', () => {
    expect(() => withValues("A='x\nB=1'\nC='y\n", { D: "it's" })).toThrow(
      /D cannot stand in \.env: a quote in it is not closed/,
    );
    expect(() => withValues('', { D: 'a\nb' })).toThrow(/D has characters/);
  });

  test('in the example as it is shipped, each in its place', () => {
    const example = readFileSync('.env.example', 'utf8');
    const values = { NEMO_TOKEN: 'nmv_usr_1', ENCRYPTION_KEY: 'a+/=', SLACK_BOT_TOKEN: 'xoxb-1' };
    const made = withValues(example, values);
    expect(parseEnv(made)).toMatchObject(values);
    const added = made.split('\n').filter((line) => !example.split('\n').includes(line));
    expect(added).toHaveLength(3);
    expect(made.indexOf('# ENCRYPTION_KEY=\nENCRYPTION_KEY=')).toBeGreaterThan(0);
  });

  test('so that Node reads them, and everything that was there before', () => {
    const name = fc.constantFrom('A', 'B', 'C', 'D_1');
    const value = fc
      .string({ unit: 'grapheme-ascii', maxLength: 12 })
      .filter((it) => it !== '' && it.trim() === it);
    const simple = fc.stringMatching(/^[\w #'"=.:-]{0,10}$/);
    const line = fc.oneof(
      fc.tuple(name, simple).map(([key, it]) => `${key}=${it}`),
      simple.map((it) => `# ${it}`),
      fc.constantFrom('', 'A="x\ny"', "B='1\n2'", 'nothing', 'export C=7'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), fc.dictionary(name, value), (lines, values) => {
        const text = lines.join('\n');
        // A quote that never ends makes a value of what follows, and so do blanks alone: nobody means that.
        fc.pre(lines.every((each) => !/=[ \t]+$/.test(each) && isClosed(each)));
        let made: string;
        try {
          made = withValues(text, values);
        } catch (error) {
          expect(String(error)).toMatch(/cannot stand in \.env/);
          return;
        }
        expect(parseEnv(made)).toEqual({ ...parseEnv(text), ...values });
      }),
      { numRuns: 400 },
    );
  });
});

describe('the file', () => {
  test('is readable for its owner alone, also where it was not, and nothing is left beside it', () => {
    const at = path.join(folder(), '.env');
    saveEnv(at, 'A=1\n');
    expect(statSync(at).mode & 0o777).toBe(0o600);
    writeFileSync(at, 'A=1\n', { mode: 0o644 });
    saveEnv(at, 'A=2\n');
    expect(statSync(at).mode & 0o777).toBe(0o600);
    expect(readFileSync(at, 'utf8')).toBe('A=2\n');
    expect(readdirSync(path.dirname(at))).toEqual(['.env']);
  });

  test('that is a link stays one, and what it leads to is written', () => {
    const home = folder();
    const real = path.join(home, 'real.env');
    writeFileSync(real, 'A=1\n');
    symlinkSync(real, path.join(home, '.env'));
    saveEnv(path.join(home, '.env'), 'A=2\n');
    expect(lstatSync(path.join(home, '.env')).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, 'utf8')).toBe('A=2\n');
  });
});

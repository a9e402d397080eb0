import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, type Intent, intentOf } from '../../../src/conversation/language/intent.ts';
import { type Route, SENTENCES } from '../fixtures/sentences.ts';
import { SPANISH } from '../fixtures/sentences-es.ts';

const ALL = [...SENTENCES, ...SPANISH];

function route(intent: Intent): Route {
  if (intent.type === 'compare')
    return intent.pair ? `compare ${intent.pair[0]} ${intent.pair[1]}` : 'compare';
  if (intent.type !== 'export') return intent.type;
  const { wish, resolution } = intent;
  const wishes = [wish && `v${wish.version}`, wish?.shape, resolution].filter(Boolean);
  return wishes.length > 0 ? `export ${wishes.join(' ')}` : 'export';
}

describe('intentOf', () => {
  it('has a table that is worth the name', () => {
    expect(new Set(SENTENCES.map(([text]) => text)).size).toBeGreaterThanOrEqual(150);
    expect(new Set(SPANISH.map(([text]) => text)).size).toBeGreaterThanOrEqual(60);
  });

  it.each(ALL)('routes %j to %s', (text, expected) => {
    expect(route(intentOf(text))).toBe(expected);
  });

  it('case 47: credits, /credits and 余额 are answered by the bot', () => {
    for (const text of ['/credits', 'credits', '余额'])
      expect(intentOf(text)).toEqual({ type: 'credits' });
  });

  it('case 48: a video about bank credits is for the agent', () => {
    expect(intentOf('make a video about bank credits')).toEqual({ type: 'request' });
  });

  it('case 63: reads the resolution of "export 1080p MP4"', () => {
    expect(intentOf('export 1080p MP4')).toEqual({ type: 'export', resolution: '1080p' });
  });

  it('gives every text exactly one route, and quickly, however long it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void intentOf(text)),
    );
    expect(intentOf('export '.repeat(10_000))).toEqual({ type: 'request' });
    expect(intentOf('please '.repeat(14))).toEqual({ type: 'request' });
  });

  it('reads the same from every mix of case, full-width forms and invisible characters', () => {
    const commands = ALL.filter(([, to]) => to !== 'request' && to !== 'empty' && to !== 'aside');
    fc.assert(
      fc.property(
        fc.constantFrom(...commands),
        fc.constantFrom('\u202e', '\u2066', '\u0000', ' '),
        (row, noise) => {
          const [text, expected] = row;
          expect(route(intentOf(`${noise}${text.toUpperCase()}${noise}`))).toBe(expected);
        },
      ),
    );
  });

  it('never takes a command with a foreign word in it for a command', () => {
    const commands = ALL.filter(([text, to]) => to !== 'request' && /^[a-z ]+$/i.test(text));
    for (const [text] of commands) expect(intentOf(`${text} zebra`)).toEqual({ type: 'request' });
  });
});

describe('cleanText', () => {
  it('drops control characters and bidi overrides, keeps line breaks and tabs', () => {
    expect(cleanText(' a\u0000b\u001b[31m\tc\r\nd\re\u202eevil\u2069 \n')).toBe(
      'ab[31m\tc\nd\neevil',
    );
  });

  it('keeps emoji sequences, marks of right-to-left words and everything else word for word', () => {
    const text = '👨‍👩‍👧 עברית\u200f! “Zitat” 《引用》 ｆｕｌｌ  two  spaces';
    expect(cleanText(text)).toBe(text);
  });

  it('changes nothing more when applied again, and leaves no half character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const clean = cleanText(text);
        expect(cleanText(clean)).toBe(clean);
        expect(clean.isWellFormed()).toBe(true);
      }),
    );
  });
});

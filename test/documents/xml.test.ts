import { describe, expect, it } from 'vitest';
import { DocumentUnreadable } from '../../src/documents/document.ts';
import { writeXml } from '../../src/documents/markup/write-xml.ts';
import { parseXml, textIn } from '../../src/documents/markup/xml.ts';

const parse = (text: string) => parseXml(Buffer.from(text));
const refused = (reason: DocumentUnreadable['reason']) =>
  expect.objectContaining({ constructor: DocumentUnreadable, reason });
const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

describe('XML', () => {
  it('is read by namespace, whatever the prefixes, and written with ours', () => {
    const root = parse(
      `<x:p xmlns:x="${W}" x:val="&lt;" xmlns:y="urn:y" y:no="1"><y:gone/><r xmlns="${W}">a&amp;b<![CDATA[<c>]]></r></x:p>`,
    );
    expect(root.name).toBe('w:p');
    expect(textIn(root)).toBe('a&b<c>');
    expect(writeXml(root)).toMatch(
      /^<w:p xmlns:w="[^>]*" w:val="&lt;"><w:r>a&amp;b&lt;c&gt;<\/w:r><\/w:p>$/,
    );
  });

  it.each([
    ['that ends too early', '<a><b></b>'],
    ['that closes what is around an open element', '<a><b><c></b></a>'],
    ['that closes around an element that has just been opened', '<a><b></a>'],
    ['that nests without end', '<a>'.repeat(1000) + '</a>'.repeat(1000)],
    ['that declares entities', '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'],
    [
      'that declares prefixes without end',
      `<a ${Array.from({ length: 500 }, (_, at) => `xmlns:p${at}="x"`).join(' ')}/>`,
    ],
    ['that is none', 'words'],
    ['of nothing', ''],
  ])('%s is damaged', (_, text) => {
    expect(() => parse(text)).toThrow(refused('damaged'));
  });

  it('of more than a million elements is too large', () => {
    expect(() => parse(`<a>${'<b/>'.repeat(1_000_001)}</a>`)).toThrow(refused('too-large'));
  });

  it.each(['<a/>', '<a><b/></a>', '<a><b/><c><d/></c></a>', '<?xml version="1.0"?><a b="c"/>'])(
    '%s is whole',
    (text) => {
      expect(parse(text).name).toBe('a');
    },
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unzip } from '../../src/documents/archive/zip-guard.ts';
import { storedZip } from '../../src/documents/archive/zip-write.ts';
import { zip } from './files.ts';

const part = fc.tuple(fc.stringMatching(/^[a-zé海/]{1,20}\.xml$/), fc.uint8Array());
const someParts = fc.uniqueArray(part, { selector: ([name]) => name, maxLength: 8 });

describe('archives', () => {
  it('what was written comes back, names and contents', async () => {
    await fc.assert(
      fc.asyncProperty(someParts, async (parts) => {
        const { names, parts: read } = await unzip(storedZip(parts), 1 << 20, () => true);
        expect(names).toEqual(parts.map(([name]) => name));
        for (const [name, content] of parts) {
          expect(Buffer.compare(Buffer.from(read.get(name) ?? 'none'), content)).toBe(0);
        }
      }),
    );
  });

  it('only what is wanted is kept; all of it counts', async () => {
    const archive = zip([
      { name: 'a.xml', content: 'One' },
      { name: 'b.png', content: 'x'.repeat(100) },
    ]);
    const { names, parts } = await unzip(archive, 103, (name) => name.endsWith('.xml'));
    expect(names).toEqual(['a.xml', 'b.png']);
    expect([...parts.keys()]).toEqual(['a.xml']);
    await expect(unzip(archive, 102, () => false)).rejects.toThrow('more than is allowed');
  });

  it('what stands behind the end is passed over', async () => {
    const archive = Buffer.concat([
      zip([{ name: 'a.xml', content: 'One' }]),
      Buffer.from('\r\n--mail--\r\n'),
    ]);
    expect((await unzip(archive, 100, () => true)).names).toEqual(['a.xml']);
  });
});

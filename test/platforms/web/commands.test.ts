import { describe, expect, it } from 'vitest';
import { completions, readTyped } from '../../../src/platforms/web/page/commands.ts';

describe('slash commands', () => {
  it('are offered while their name is being typed', () => {
    expect(completions('/')).toHaveLength(12);
    expect(completions('/s')).toEqual(['status', 'stop']);
    expect(completions('/EXP')).toEqual(['export', 'export-data']);
    expect(completions('/export-')).toEqual(['export-data']);
    expect(completions('/export ')).toEqual([]);
    expect(completions('a/s')).toEqual([]);
  });

  it.each([
    ['/credits', { type: 'command', name: 'credits', argument: undefined }],
    ['  /Export  1080p ', { type: 'command', name: 'export', argument: '1080p' }],
    ['/video A lamp\nthat dims', { type: 'message', text: 'A lamp\nthat dims' }],
    ['/unknown thing', { type: 'message', text: '/unknown thing' }],
    ['// between us', { type: 'message', text: '// between us' }],
    ['/export-data', { type: 'command', name: 'export-data', argument: undefined }],
    ['/forget all', { type: 'command', name: 'forget', argument: 'all' }],
    ['/creditsx', { type: 'message', text: '/creditsx' }],
    ['make /credits', { type: 'message', text: 'make /credits' }],
  ])('%j is read as %j', (typed, read) => {
    expect(readTyped(typed)).toEqual(read);
  });
});

/** What a turn has noted: a type per phase, stored with a version. */
import { expect, test } from 'vitest';
import {
  type Entering,
  endedAs,
  entered,
  type Notes,
  readNotes,
  UnreadableNotes,
  writeNotes,
} from '../../src/conversation/notes.ts';
import type { Plan } from '../../src/conversation/plan/plan.ts';
import { ENDS } from '../../src/ledger/ledger.ts';
import { toMessageId, toRenderId, toTurnId } from '../../src/runtime/ids.ts';

const sent = { at: 5, baseline: '{}' };
const reply = {
  message: { text: 'The answer.', mention: ['ada'] },
  ending: 'done',
  exportWanted: true,
  creditsWanted: false,
} as const;
const said = { at: 7, ending: 'done', exportWanted: true } as const;
const wanted = { is: 'wanted', failed: 0, lost: 0 } as const;

const NOTES: readonly Notes[] = [
  { phase: 'accepted', startedAt: 1 },
  { phase: 'preparing', videos: [] },
  { phase: 'sending', sent },
  { phase: 'streaming', sent },
  { phase: 'recovering', sent },
  { phase: 'answered', reply },
  { phase: 'answered', reply, said },
  { phase: 'exporting', export: wanted },
  {
    phase: 'exporting',
    said,
    export: { is: 'ordered', render: toRenderId('r1'), failed: 1, lost: 0 },
  },
  { phase: 'exporting', export: { is: 'refused' } },
  { phase: 'exporting', export: { is: 'over', ending: 'done', render: toRenderId('r1') } },
];

test.each(NOTES)('comes back as it was written: $phase', (notes) => {
  const text = writeNotes(notes);
  expect(JSON.parse(text)).toMatchObject({ v: 2 });
  expect(text).not.toContain('"phase"');
  expect(readNotes(text, notes.phase)).toEqual(notes);
});

test('a phase without what it requires does not compile, and is not read', () => {
  // @ts-expect-error an answered turn has its answer
  const answered: Notes = { phase: 'answered' };
  // @ts-expect-error what was sent has the state before
  const sending: Entering = { phase: 'sending' };
  // @ts-expect-error an export has its render, or is wanted
  const exporting: Entering = { phase: 'exporting' };
  for (const { phase } of [answered, sending, exporting])
    expect(() => readNotes('{"v":2}', phase)).toThrow(UnreadableNotes);
});

test('what is noted in any phase stays when the next is entered; what belonged to the phase goes', () => {
  const before: Notes = { phase: 'sending', sent, startedAt: 1, root: toTurnId('r') };
  expect(entered(before, { phase: 'preparing', fit: 'gist' })).toEqual({
    phase: 'preparing',
    startedAt: 1,
    root: 'r',
    fit: 'gist',
  });
});

test.each(ENDS)('a turn that has ended (%s) still knows its answer and its export', (end) => {
  const notes = endedAs({ phase: 'answered', reply, said, statusId: toMessageId('s') }, end);
  expect(readNotes(writeNotes(notes), end)).toEqual({ phase: end, reply, said, statusId: 's' });
});

test('an empty id of an earlier version is read as none', () => {
  const stored = JSON.stringify({ v: 2, statusId: '', noticeId: '', stops: '' });
  const none = { statusId: null, noticeId: null, stops: null };
  expect(readNotes(stored, 'accepted')).toEqual({ phase: 'accepted', ...none });
  const flat = JSON.stringify({ statusId: '', startedAt: 1 });
  expect(readNotes(flat, 'preparing')).toEqual({
    phase: 'preparing',
    startedAt: 1,
    statusId: null,
  });
  const read = readNotes(stored, 'accepted');
  expect(readNotes(writeNotes(read), 'accepted')).toEqual(read);
});

test('the videos of a batch are read under their old name, too', () => {
  const videos = [{ number: 1, of: 1, name: 'a', instruction: 'slow', forAll: '', files: ['f1'] }];
  const stored = JSON.stringify({ v: 2, plan: videos });
  expect(readNotes(stored, 'preparing')).toEqual({ phase: 'preparing', videos });
  expect(readNotes('{"v":2,"plan":[]}', 'preparing')).toEqual({ phase: 'preparing', videos: [] });
});

test('a plan is read as it was written', () => {
  const plan = {
    origins: [toTurnId('t1')],
    kind: 'video',
    several: false,
    parts: [{ text: 'Hill' }, { text: 'Cup', out: true }],
    wishes: { seconds: 30, music: false, title: 'Tea' },
    decided: ['music'],
    added: ['funnier'],
    files: [{ name: 'a.png', use: 'image' }],
    told: ['Got it.'],
  } as const satisfies Plan;
  const notes: Notes = {
    phase: 'preparing',
    makes: { turn: toTurnId('t1'), plan },
    settles: { plan: toTurnId('t1'), how: 'made' },
  };
  expect(readNotes(writeNotes(notes), 'preparing')).toEqual(notes);
});

test('a version that is not known, another shape, no JSON: said without a word of the text', () => {
  const secret = 'A film about my secret.';
  for (const text of [
    JSON.stringify({ v: 3, secret }),
    JSON.stringify({ v: '2', secret }),
    JSON.stringify({ v: 2, reply: { message: { text: 7, secret } } }),
    JSON.stringify({ answer: secret }),
    JSON.stringify([secret]),
    secret,
  ]) {
    const read = () => readNotes(text, 'answered');
    expect(read, text).toThrow(UnreadableNotes);
    expect(read, text).not.toThrow(/secret/);
  }
});

/** As versions without a version wrote them. */
const FLAT = { startedAt: 1, baseline: '{}', sentAt: 5 };
const MADE = {
  entry: { number: 2, of: 3, name: 'b' },
  tried: [1, 2],
  made: [1],
  pastRenders: ['r1'],
};
const BATCH = { ...MADE, announced: true, late: [] };
const answer = reply.message;

test.each([
  ['accepted', {}, {}],
  ['preparing', { startedAt: 1, repeats: 't1' }, { startedAt: 1, repeats: { turn: 't1' } }],
  ['sending', FLAT, { startedAt: 1, sent }],
  ['streaming', { ...FLAT, ...MADE }, { startedAt: 1, sent, batch: BATCH }],
  [
    'answered',
    { ...FLAT, answer, answered: false, ending: 'done', exportWanted: true, creditsWanted: false },
    { startedAt: 1, reply },
  ],
  [
    'answered',
    { answer, answered: true, saidAt: 7, ending: 'done', exportWanted: true },
    { reply, said },
  ],
  // Too little was left of a quota: that answer had no ending.
  ['answered', { answer }, { reply: { ...reply, ending: 'needs-you', exportWanted: false } }],
  [
    'exporting',
    { answer, answered: true, saidAt: 7, ending: 'done', exportWanted: true, renderId: 'r1' },
    { said, export: { is: 'ordered', render: 'r1', failed: 0, lost: 0 } },
  ],
  [
    'delivered',
    { answered: true, ending: 'done', exportWanted: true, renderId: 'r1' },
    {
      said: { ...said, at: 0 },
      export: { is: 'ordered', render: 'r1', failed: 0, lost: 0 },
    },
  ],
  [
    'failed',
    { answer, answered: false },
    { reply: { ...reply, ending: 'needs-you', exportWanted: false } },
  ],
] as const)('of an earlier version: %s, %o', (phase, flat, notes) => {
  expect(readNotes(JSON.stringify(flat), phase)).toEqual({ phase, ...notes });
});

test('of an earlier version, where the export alone was repeated: answered without an answer is an export', () => {
  const flat = { repeats: 't1', answered: true, ending: 'done', exportWanted: true };
  expect(readNotes(JSON.stringify(flat), 'answered')).toEqual({
    phase: 'exporting',
    repeats: { turn: 't1' },
    said: { ...said, at: 0 },
    export: wanted,
  });
});

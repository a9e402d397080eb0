/** The table of what comes next, after each step and after a crash in each phase. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Task } from '../../src/conversation/job.ts';
import type { Batch, BatchVideo, Exporting, Notes } from '../../src/conversation/notes.ts';
import {
  MOST_CRASHES,
  nextStep,
  type Standing,
  type Step,
} from '../../src/conversation/phase-table.ts';
import { MOST_FAILED, MOST_LOST } from '../../src/conversation/render/submit-order.ts';
import type { Render, RenderPhase } from '../../src/ledger/ledger.ts';
import { toRenderId, toSessionId, toThreadKey, toTurnId } from '../../src/runtime/ids.ts';

const REQUEST: Task = { type: 'request' };
const EXPORT: Task = { type: 'export' };
const RETRY: Task = { type: 'retry', turn: toTurnId('t0') };
const WATCH: Task = { type: 'watch', render: toRenderId('r1'), from: toTurnId('t0') };

const sent = { at: 1, baseline: '{}' };
const reply = {
  message: { text: 'x' },
  ending: 'needs-you',
  exportWanted: false,
  creditsWanted: false,
} as const;
const done = { at: 1, ending: 'done', exportWanted: false } as const;
const exportDue = { ...done, exportWanted: true };
const wanted = { is: 'wanted', failed: 0, lost: 0 } as const;
const ordered = { ...wanted, is: 'ordered', render: toRenderId('r1') } as const;
const exporting = (state: Exporting): Notes => ({
  phase: 'exporting',
  said: exportDue,
  export: state,
});
const renderIn = (phase: RenderPhase, turn = 't1'): Render => ({
  id: toRenderId('r1'),
  thread: toThreadKey('t'),
  turn: toTurnId(turn),
  session: toSessionId('s'),
  phase,
  polls: 0,
  createdAt: 1,
});

const at = (task: Task, notes: Notes, more: Partial<Standing> = {}): Step =>
  nextStep({ turn: toTurnId('t1'), task, notes, render: undefined, crashes: 0, ...more });
const what = (task: Task, notes: Notes, more?: Partial<Standing>) => at(task, notes, more).do;

test('what has been told ends as it was told, in every phase and however often it is taken up', () => {
  for (const phase of ['accepted', 'preparing'] as const) {
    const notes: Notes = { phase, videos: [], told: 'failed' };
    expect(at(REQUEST, notes)).toEqual({ do: 'finish', ending: 'failed' });
    expect(at(RETRY, notes, { crashes: MOST_CRASHES + 1 }).do).toBe('finish');
  }
  const stopped: Notes = { phase: 'answered', reply, told: 'stopped' };
  expect(at(REQUEST, stopped)).toEqual({ do: 'finish', ending: 'stopped' });
});

describe('one video', () => {
  test.each<[string, Notes, Step['do']]>([
    ['accepted', { phase: 'accepted' }, 'count-videos'],
    ['preparing, of a version without plans', { phase: 'preparing' }, 'count-videos'],
    ['preparing', { phase: 'preparing', videos: [] }, 'prepare-and-send'],
    ['about to send', { phase: 'sending', sent }, 'take-stock'],
    ['streaming', { phase: 'streaming', sent, videos: [] }, 'take-stock'],
    ['recovering', { phase: 'recovering', sent, videos: [] }, 'take-stock'],
    ['answered', { phase: 'answered', reply }, 'say-answer'],
    ['said', { phase: 'answered', reply, said: done }, 'finish'],
    ['said, an export follows', { phase: 'answered', reply, said: exportDue }, 'order-render'],
    ['export wanted', exporting(wanted), 'order-render'],
    ['an order failed once', exporting({ ...wanted, failed: MOST_FAILED - 1 }), 'order-render'],
    ['it failed again', exporting({ ...wanted, failed: MOST_FAILED }), 'say-export-failed'],
    ['orders got lost', exporting({ ...wanted, lost: MOST_LOST - 1 }), 'order-render'],
    ['too many got lost', exporting({ ...wanted, lost: MOST_LOST }), 'say-export-failed'],
    ['the order was refused', exporting({ is: 'refused' }), 'say-export-failed'],
    ['the export is over', exporting({ is: 'over', ending: 'failed' }), 'finish'],
  ])('%s', (_name, notes, step) => {
    expect(what(REQUEST, notes)).toBe(step);
  });

  test.each<[RenderPhase, Step['do']]>([
    ['submitting', 'look-for-render'],
    ['rendering', 'follow-render'],
    ['ready', 'deliver'],
    ['delivered', 'finish'],
    ['failed', 'order-render'],
    ['abandoned', 'order-render'],
  ])('its render is on record as %s', (phase, step) => {
    expect(what(REQUEST, exporting(ordered), { render: renderIn(phase) })).toBe(step);
    // Whoever has taken it over looks after it.
    expect(at(REQUEST, exporting(ordered), { render: renderIn(phase, 't9') })).toEqual({
      do: 'finish',
      ending: 'done',
    });
  });

  test('ends as its answer or its export did', () => {
    const said = { ...done, ending: 'failed' } as const;
    expect(at(REQUEST, { phase: 'answered', reply, said })).toEqual({
      do: 'finish',
      ending: 'failed',
    });
    const over = exporting({ is: 'over', ending: 'needs-you' });
    expect(at(REQUEST, over)).toEqual({ do: 'finish', ending: 'needs-you' });
  });
});

const MAKE: Task = { type: 'make-plan', plan: toTurnId('t0') };
const makes: Notes['makes'] = {
  turn: toTurnId('t0'),
  plan: {
    origins: [toTurnId('t0')],
    kind: 'video',
    several: false,
    parts: [],
    wishes: {},
    decided: [],
    added: [],
    files: [],
    told: [],
  },
};

describe('an export, a retry, words', () => {
  test.each<[string, Task, Notes, Step['do']]>([
    ['an export', EXPORT, { phase: 'accepted' }, 'order-render'],
    ['an export under way', EXPORT, exporting(wanted), 'order-render'],
    ['a retry', RETRY, { phase: 'accepted' }, 'open-repetition'],
    [
      'a retry of an earlier version, which had not noted as what',
      RETRY,
      { phase: 'answered', reply, repeats: { turn: toTurnId('t0') } },
      'open-repetition',
    ],
    [
      'a retry of a request',
      RETRY,
      {
        phase: 'accepted',
        repeats: { turn: toTurnId('t0'), as: { type: 'request', turn: toTurnId('t0') } },
      },
      'count-videos',
    ],
    [
      'a retry that says an answer',
      RETRY,
      {
        phase: 'answered',
        reply,
        repeats: { turn: toTurnId('t0'), as: { type: 'request', turn: toTurnId('t0') } },
      },
      'say-answer',
    ],
    [
      'a retry of an export',
      RETRY,
      { phase: 'accepted', repeats: { turn: toTurnId('t0'), as: { type: 'export' } } },
      'order-render',
    ],
    ['a plan to be made', MAKE, { phase: 'accepted' }, 'settle-plan'],
    ['to be changed', { ...MAKE, type: 'change-plan' }, { phase: 'accepted' }, 'settle-plan'],
    ['to be cancelled', { ...MAKE, type: 'cancel-plan' }, { phase: 'accepted' }, 'settle-plan'],
    ['a plan that is made', MAKE, { phase: 'preparing', makes }, 'count-videos'],
    ['its videos are counted', MAKE, { phase: 'preparing', makes, videos: [] }, 'prepare-and-send'],
    ['it was sent', MAKE, { phase: 'sending', sent, makes, videos: [] }, 'take-stock'],
    [
      'a plan comes first',
      REQUEST,
      { phase: 'preparing', videos: [], planWhy: 'asked' },
      'show-plan',
    ],
    [
      'it is on record',
      REQUEST,
      { phase: 'answered', reply, videos: [], planWhy: 'asked' },
      'say-answer',
    ],
    ['new', { type: 'new' }, { phase: 'accepted' }, 'begin-anew'],
    ['help', { type: 'help' }, { phase: 'accepted' }, 'answer-word'],
    ['stop', { type: 'stop' }, { phase: 'accepted' }, 'answer-word'],
  ])('%s', (_name, task, notes, step) => {
    expect(what(task, notes)).toBe(step);
  });
});

describe('a batch', () => {
  const videos: BatchVideo[] = [1, 2, 3].map((number) => ({
    number,
    of: 3,
    name: `${number}`,
    instruction: '',
    forAll: '',
    files: [`f${number}`],
  }));
  const first = { number: 1, of: 3, name: '1' };
  const fresh: Batch = { announced: true, tried: [], made: [], late: [], pastRenders: [] };
  const begun: Batch = { ...fresh, entry: first, tried: [1] };

  test.each<[string, Notes, Step]>([
    [
      'not announced',
      { phase: 'preparing', videos, batch: { ...fresh, announced: false } },
      { do: 'announce-batch' },
    ],
    ['announced', { phase: 'preparing', videos, batch: fresh }, { do: 'next-of-batch', number: 1 }],
    [
      'the first is begun',
      { phase: 'preparing', videos, batch: begun },
      { do: 'prepare-and-send' },
    ],
    ['the first was sent', { phase: 'sending', sent, videos, batch: begun }, { do: 'take-stock' }],
    [
      'of an earlier version, in its midst',
      { phase: 'streaming', sent, batch: begun },
      { do: 'count-videos' },
    ],
    [
      'the first is exported',
      { ...exporting({ is: 'over', ending: 'done' }), videos, batch: begun },
      { do: 'close-entry', outcome: 'made' },
    ],
    [
      'its export failed',
      { ...exporting({ is: 'over', ending: 'failed' }), videos, batch: begun },
      { do: 'close-entry', outcome: 'not-made' },
    ],
    [
      'it got words alone',
      { phase: 'answered', reply, said: done, videos, batch: begun },
      { do: 'close-entry', outcome: 'not-made' },
    ],
    [
      'the first is over',
      { phase: 'preparing', videos, batch: { ...begun, over: 'not-made' } },
      { do: 'next-of-batch', number: 2 },
    ],
    [
      'a repetition leaves out what is made',
      { phase: 'preparing', videos, batch: { ...fresh, made: [1, 2] } },
      { do: 'next-of-batch', number: 3 },
    ],
    [
      'all were tried',
      { phase: 'preparing', videos, batch: { ...begun, over: 'made', tried: [1, 2, 3] } },
      { do: 'sum-up' },
    ],
    [
      'the others would end the same',
      { phase: 'preparing', videos, batch: { ...begun, over: 'hopeless' } },
      { do: 'sum-up' },
    ],
  ])('%s', (_name, notes, step) => {
    expect(at(REQUEST, notes)).toEqual(step);
  });
});

describe('a watch over a late render', () => {
  test.each<[RenderPhase, string, Step['do']]>([
    ['rendering', 't0', 'take-over'],
    ['ready', 't0', 'take-over'],
    ['rendering', 't1', 'watch-render'],
    ['submitting', 't1', 'watch-render'],
    ['ready', 't1', 'deliver'],
    ['delivered', 't1', 'finish'],
    ['failed', 't0', 'finish'],
    ['abandoned', 't1', 'finish'],
    ['rendering', 't9', 'finish'],
    ['ready', 't9', 'finish'],
  ])('%s, of %s', (phase, turn, step) => {
    expect(what(WATCH, { phase: 'accepted' }, { render: renderIn(phase, turn) })).toBe(step);
  });

  test('of a render that is forgotten: over', () => {
    expect(what(WATCH, { phase: 'accepted' })).toBe('finish');
  });
});

describe('begun too often', () => {
  const crashes = MOST_CRASHES + 1;
  test.each<[string, Notes, boolean]>([
    ['accepted', { phase: 'accepted' }, true],
    ['preparing', { phase: 'preparing', videos: [] }, true],
    ['sending', { phase: 'sending', sent }, true],
    ['recovering', { phase: 'recovering', sent }, true],
    ['answered', { phase: 'answered', reply }, false],
    ['an export after an answer', exporting(wanted), false],
    ['an export that is ordered', { phase: 'exporting', export: ordered }, false],
    ['an export that is not', { phase: 'exporting', export: wanted }, true],
  ])('%s: given up %s', (_name, notes, isGivenUp) => {
    expect(what(REQUEST, notes, { crashes }) === 'give-up').toBe(isGivenUp);
    expect(what(REQUEST, notes, { crashes: MOST_CRASHES })).not.toBe('give-up');
  });
});

test('whatever the rest: nothing is sent after the mark, nothing is ordered beside a render of its own', () => {
  const count = fc.nat(4);
  const state = fc.oneof(
    fc.record({ is: fc.constant('wanted' as const), failed: count, lost: count }),
    fc.record({
      is: fc.constant('ordered' as const),
      render: fc.constant(toRenderId('r1')),
      failed: count,
      lost: count,
    }),
    fc.constant({ is: 'refused' } as const),
    fc.constant({ is: 'over', ending: 'done' } as const),
  );
  const said = fc.option(fc.constantFrom(done, exportDue), { nil: undefined });
  const notes: fc.Arbitrary<Notes> = fc.oneof(
    fc.record({ phase: fc.constantFrom('accepted', 'preparing') }),
    fc.record({
      phase: fc.constantFrom('sending', 'streaming', 'recovering'),
      sent: fc.constant(sent),
    }),
    fc.record({ phase: fc.constant('answered'), reply: fc.constant(reply), said }),
    fc.record({ phase: fc.constant('exporting'), said, export: state }),
  );
  const render = fc.option(
    fc
      .constantFrom<RenderPhase>(
        'submitting',
        'rendering',
        'ready',
        'delivered',
        'failed',
        'abandoned',
      )
      .map((phase) => renderIn(phase)),
    { nil: undefined },
  );
  fc.assert(
    fc.property(
      fc.constantFrom(REQUEST, EXPORT),
      notes,
      render,
      fc.nat(20),
      (task, given, own, crashes) => {
        const step = nextStep({ turn: toTurnId('t1'), task, notes: given, render: own, crashes });
        if ('sent' in given) expect(['take-stock', 'give-up']).toContain(step.do);
        if (given.phase === 'answered' && !given.said) expect(step.do).toBe('say-answer');
        const isOpen = own && ['submitting', 'rendering', 'ready'].includes(own.phase);
        if (given.phase === 'exporting' && given.export.is === 'ordered' && isOpen)
          expect(['look-for-render', 'follow-render', 'deliver']).toContain(step.do);
      },
    ),
  );
});

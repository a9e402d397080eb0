/** The two stand-ins for the backend behind one face, so that one contract can be held against both. */

import type { Forms } from '../../../src/simulator/host/envelope.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/simulator.ts';
import type { Dialect, HeartbeatForm, Spoken } from '../../../src/simulator/stream/dialect.ts';
import { payloads } from '../../../src/simulator/stream/dialect.ts';
import { refused } from './answers.ts';
import { startNemoDouble } from './nemo-double.ts';
import { markupDraft, sampleDraft, unknownDraft } from './samples.ts';
import type { Step } from './steps.ts';
import type { NemoDouble, Route } from './world.ts';

/** What the agent or the host is to do with the message that is sent next. */
export type Wish =
  | 'cut'
  | 'markup'
  | 'unknown form'
  | 'no credits'
  | 'no credits, told in the stream'
  | 'expired token'
  | 'lost session'
  | 'rate limit'
  | 'bad gateway'
  | 'page'
  | 'drop'
  | 'error'
  | 'never ends';

export interface StandInOptions extends Partial<Forms> {
  readonly stream?: Dialect;
  readonly heartbeat?: Exclude<HeartbeatForm, 'mixed' | 'none'>;
  readonly maxUploadBytes?: number;
}

export interface StandIn {
  readonly url: string;
  readonly filesUrl: string;
  /** An account that was there before. */
  readonly token: string;
  /** The rules that clients broke, by name, in order. */
  broken(): string[];
  calls(route: Route): number;
  /** The text that makes the next run so. */
  message(wish: Wish): string;
  close(): Promise<void>;
}

export const STAND_INS: readonly (readonly [
  string,
  (options?: StandInOptions) => Promise<StandIn>,
])[] = [
  ['the simulator', async (options = {}) => simulator(await start(options))],
  ['the double', async (options = {}) => double(await startNemoDouble(options), options)],
];

const TOKEN = 'nmv_usr_operator_of_the_contract';
const WORDS = 'The sea is calm.';

/** Fast enough that a run of 100 s takes a fifth of a second. */
const start = (options: StandInOptions): Promise<Simulator> =>
  startSimulator({ timeScale: 0.002, operatorToken: TOKEN, heartbeat: 'typed', ...options });

const SWITCHES: Record<Wish, string> = {
  cut: '',
  markup: 'markup-draft',
  'unknown form': 'strange-draft',
  'no credits': 'no-credits',
  'no credits, told in the stream': 'no-credits-stream',
  'expired token': 'expired',
  'lost session': 'lost-session',
  'rate limit': 'rate-limit',
  'bad gateway': '502',
  page: 'html',
  drop: 'drop',
  error: 'error',
  'never ends': 'endless',
};

const simulator = (it: Simulator): StandIn => ({
  url: it.url,
  filesUrl: it.filesUrl,
  token: TOKEN,
  broken: () => it.snapshot().violations.map(({ rule }) => rule),
  calls: (route) => it.snapshot().calls[route] ?? 0,
  message: (wish) => (wish === 'cut' ? WORDS : `${WORDS} [[sim:${SWITCHES[wish]}]]`),
  close: () => it.close(),
});

function double(it: NemoDouble, options: StandInOptions): StandIn {
  const { stream = 'adk-nonstream', heartbeat = 'typed' } = options;
  const told = (spoken: Spoken): Step[] =>
    payloads(spoken, stream, 'e-1').map((payload) => ({ raw: `data: ${payload}\n\n` }));
  const tool = { id: 'call-1', name: 'generate_video_with_seedance' };
  const making = (draft: unknown): Step[] => [
    { heartbeat },
    ...told({ at: 0, do: 'model', text: 'I will make it.', call: { ...tool, args: {} } }),
    { draft },
    ...told({ at: 0, do: 'tool', ...tool, change: {} }),
    ...told({ at: 0, do: 'model', text: 'Your video is ready!' }),
  ];
  const acts: Record<Wish, () => void> = {
    cut: () => it.script(...making(sampleDraft)),
    markup: () => it.script(...making(markupDraft)),
    'unknown form': () => it.script(...making(unknownDraft)),
    'no credits': () => it.once('run_sse', refused(402, 2001, 'insufficient credits')),
    'no credits, told in the stream': () =>
      it.script({ event: { code: 2001, message: 'insufficient credits' } }),
    'expired token': () => void it.tokens.clear(),
    'lost session': () => it.sessions.clear(),
    'rate limit': () => it.once('run_sse', refused(429, 429, 'rate limit exceeded')),
    'bad gateway': () => it.once('run_sse', page(502)),
    page: () => it.once('run_sse', page(200)),
    drop: () => it.script({ heartbeat }, { drop: true }),
    error: () => it.script({ heartbeat }, { event: { error: 'Model call failed' } }),
    'never ends': () => it.script({ heartbeat }, { hang: true }),
  };
  return {
    url: it.url,
    filesUrl: it.filesUrl,
    token: it.token,
    broken: () => it.violations.map((words) => words.split(':')[0] ?? ''),
    calls: (route) => it.received(route).length,
    message(wish) {
      acts[wish]();
      return WORDS;
    },
    close: () => it.close(),
  };
}

const page = (status: number) => ({
  status,
  text: '<html><body><h1>Sorry</h1></body></html>',
  headers: { 'content-type': 'text/html' },
});

import { type Clock, scaledClock } from '../runtime/clock.ts';
import { type Forms, USUAL_FORMS } from './host/envelope.ts';
import { MAX_UPLOAD_BYTES } from './host/part-rules.ts';
import type { Dialect, HeartbeatForm } from './stream/dialect.ts';

export interface SimulatorOptions extends Partial<Forms> {
  /** Product milliseconds times this are real ones; 1 is the true pace. */
  readonly timeScale: number;
  /** 0 takes any free port. */
  readonly port?: number;
  readonly filesPort?: number;
  /** Everything is kept in this JSON file, and pictures and films in a folder beside it. */
  readonly dataFile?: string;
  /** The token of an account that has been there from the start. Without it: anonymous ones only. */
  readonly operatorToken?: string;
  /** What the operator's account holds at first. */
  readonly credits?: number;
  /** Shifts which edits are silent and which answers talk about buttons. */
  readonly seed?: number;
  readonly maxUploadBytes?: number;

  // What the public descriptions of the backend disagree about, besides the forms of its answers.
  readonly stream?: Dialect;
  readonly heartbeat?: HeartbeatForm;
  /** Product milliseconds. */
  readonly heartbeatMs?: number;
  /** What the API's own download route gives: the file, or JSON with its link. */
  readonly download?: 'file' | 'json';
}

export type Variants = Required<Omit<SimulatorOptions, 'dataFile' | 'operatorToken'>> & {
  readonly dataFile: string | undefined;
  readonly operatorToken: string | undefined;
  readonly clock: Clock;
};

export function withDefaults(options: SimulatorOptions): Variants {
  return {
    port: 0,
    filesPort: 0,
    credits: 1000,
    seed: 0,
    maxUploadBytes: MAX_UPLOAD_BYTES,
    ...USUAL_FORMS,
    stream: 'adk-nonstream',
    heartbeat: 'mixed',
    heartbeatMs: 15_000,
    download: 'file',
    ...options,
    dataFile: options.dataFile,
    operatorToken: options.operatorToken,
    clock: scaledClock(options.timeScale),
  };
}

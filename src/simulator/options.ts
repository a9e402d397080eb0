import { type Clock, scaledClock } from '../runtime/clock.ts';
import type { Dialect, HeartbeatForm } from './stream/dialect.ts';

export interface SimulatorOptions {
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

  // What the public descriptions of the backend disagree about.
  readonly envelope?: 'code' | 'success' | 'bare';
  /** Business errors as an HTTP status, or as HTTP 200 with the code in the body. */
  readonly errors?: 'http' | 'body';
  /** Codes as "2001" instead of 2001. */
  readonly stringCodes?: boolean;
  readonly tokenPlace?: 'data' | 'top';
  readonly numericSessionId?: boolean;
  readonly stream?: Dialect;
  readonly heartbeat?: HeartbeatForm;
  /** Product milliseconds. */
  readonly heartbeatMs?: number;
  /** `{success, data: {outputUrl}}`, or `output.url` at the top. */
  readonly renderShape?: 'data' | 'top';
  /** What the API's own download route gives: the file, or JSON with its link. */
  readonly download?: 'file' | 'json';
  readonly uploadShape?: 'files' | 'uploaded_files';
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
    maxUploadBytes: 500 * 1024 * 1024,
    envelope: 'code',
    errors: 'http',
    stringCodes: false,
    tokenPlace: 'data',
    numericSessionId: false,
    stream: 'adk-nonstream',
    heartbeat: 'mixed',
    heartbeatMs: 15_000,
    renderShape: 'data',
    download: 'file',
    uploadShape: 'files',
    ...options,
    dataFile: options.dataFile,
    operatorToken: options.operatorToken,
    clock: scaledClock(options.timeScale),
  };
}

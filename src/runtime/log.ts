/** One line per event, JSON or pretty; known secrets are blotted out of every text. */
import pino from 'pino';
import { plainFields } from './log-fields.ts';
import type { Redact } from './redact.ts';
import { turnInScope } from './turn-scope.ts';

export interface Log {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
  /** Written whatever the level: what an operator waits for. */
  always(message: string, fields?: object): void;
}

export interface LogOptions {
  readonly level: string;
  readonly format: 'json' | 'pretty';
  readonly redact: Redact;
}

export function createLog(options: LogOptions): Log {
  const root = pino(
    { level: options.level, base: null },
    options.format === 'pretty' ? prettyStream() : pino.destination({ dest: 1, sync: true }),
  );
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: object = {}) => {
      // What nobody reads is not made fit to be read: a turn has several lines that only a debugging operator sees.
      if (root.isLevelEnabled(level))
        root[level](plainFields(withTurn(fields), options.redact), options.redact(message));
    };
  const loud = root.child({}, { level: 'info' });
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    always: (message, fields = {}) =>
      loud.info(plainFields(withTurn(fields), options.redact), options.redact(message)),
  };
}

/** The id of the turn that the line belongs to, in front of what is told with it. */
function withTurn(fields: object): object {
  const turn = turnInScope();
  return turn === undefined ? fields : { turn, ...fields };
}

function prettyStream(): pino.DestinationStream {
  const time = () => new Date().toTimeString().slice(0, 8);
  return {
    write(line: string) {
      const { level, msg, time: _, ...rest } = JSON.parse(line);
      const mark = level >= 50 ? '✖' : level >= 40 ? '!' : ' ';
      const more = Object.keys(rest).length > 0 ? `  ${JSON.stringify(rest)}` : '';
      process.stdout.write(`${time()} ${mark} ${msg}${more}\n`);
    },
  };
}

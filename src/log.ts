/** One line per event, JSON or pretty; known secrets are blotted out of every text. */
import pino from 'pino';

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
  readonly redact: (text: string) => string;
}

export function createLog(options: LogOptions): Log {
  const root = pino(
    { level: options.level, base: null },
    options.format === 'pretty' ? prettyStream() : pino.destination({ dest: 1, sync: true }),
  );
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: object = {}) =>
      root[level](scrub(fields, options.redact), options.redact(message));
  const loud = root.child({}, { level: 'info' });
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    always: (message, fields = {}) =>
      loud.info(scrub(fields, options.redact), options.redact(message)),
  };
}

/** Pino's own redaction goes by path and misses secrets inside texts, so every string is scrubbed. */
function scrub(fields: object, redact: (text: string) => string): object {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, scrubValue(value, redact)]),
  );
}

function scrubValue(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (value instanceof Error) {
    const { name, message, stack, cause } = value;
    return {
      name,
      message: redact(message),
      stack: redact(stack ?? ''),
      ...(cause === undefined ? {} : { cause: scrubValue(cause, redact) }),
    };
  }
  return value;
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

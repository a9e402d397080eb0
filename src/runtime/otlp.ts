/**
 * Traces by OpenTelemetry's own SDK, sent as OTLP over HTTP. Loaded only where an address for them is set. The SDK reads the
 * other variables of its standard by itself, such as `OTEL_EXPORTER_OTLP_HEADERS`.
 */
import { type Span as ApiSpan, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { within } from './deadline.ts';
import type { Log } from './log.ts';
import type { Span, Tracer } from './tracing.ts';

export interface OtlpOptions {
  /** Without the path of a signal, as the standard has it. */
  readonly endpoint: string;
  readonly version: string;
  readonly log: Log;
}

/** Real milliseconds that a shutdown waits for what is left to be sent. */
const LAST_MS = 2_000;

export function openTracer({ endpoint, version, log }: OtlpOptions): Tracer {
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'nemo-bot', 'service.version': version }),
    // Bounded: what a collector that is away does not take is dropped.
    spanProcessors: [new BatchSpanProcessor({ exporter: telling(exporter, log) })],
  });
  const tracer = provider.getTracer('nemo-bot', version);
  return {
    begin: (name, attributes) => spanOf(tracer.startSpan(name, { attributes, root: true })),
    close: () => within(LAST_MS, undefined, () => provider.shutdown()),
  };

  function spanOf(span: ApiSpan): Span {
    return {
      traceId: span.spanContext().traceId,
      child: (name, attributes) =>
        spanOf(tracer.startSpan(name, { attributes }, trace.setSpan(ROOT_CONTEXT, span))),
      set: (fields) => void span.setAttributes(fields),
      end(error) {
        if (error !== undefined) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
        }
        span.end();
      },
    };
  }
}

/** One line when the collector goes, and none for each batch after it. */
function telling(exporter: SpanExporter, log: Log): SpanExporter {
  let isAway = false;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const failed = result.code !== 0;
        if (failed && !isAway) log.warn('traces could not be sent', { error: result.error });
        isAway = failed;
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}

import type {LogSink} from '../logs/log-sink.ts';

/** A sink whose lines arrive `ms` later, in their order: then it is decided whether a missing group may be made. */
export function lateSink(sink: LogSink, ms: number): LogSink {
  if (ms === 0) return sink;
  return {write: (lines, to) => void setTimeout(() => sink.write(lines, to), ms).unref()};
}

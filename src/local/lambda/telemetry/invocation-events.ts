import {randomBytes} from 'node:crypto';
import type {Invocation} from '../environment/environment.ts';
import type {Failure} from '../environment/failure.ts';
import type {InvocationReport} from '../environment/platform-lines.ts';
import type {EmitEvent} from './event.ts';
import {type Outcome, outcomeOf} from './outcome.ts';
import {roundMs} from './round-ms.ts';

/** What the runtime posted, and when it began to (`performance.now()`). */
export type PostedAnswer = {beganAt: number; producedBytes: number; errorType?: string};

/** Tells of one invocation: its start, when the runtime was done, its report. */
export class InvocationEvents {
  private readonly emit: EmitEvent;
  private readonly requestId: string;
  private readonly tracing: {tracing?: object};
  private startedAt = performance.now();
  private answered: (PostedAnswer & {endedAt: number}) | undefined;
  private runtimeDoneAt: number | undefined;

  constructor(emit: EmitEvent, invocation: Invocation) {
    this.emit = emit;
    this.requestId = invocation.requestId;
    const {traceId} = invocation;
    const spanId = randomBytes(8).toString('hex');
    this.tracing = traceId ? {tracing: {spanId, type: 'X-Amzn-Trace-Id', value: traceId}} : {};
  }

  start(version: string): void {
    this.startedAt = performance.now();
    this.emit('platform.start', {requestId: this.requestId, version, ...this.tracing});
  }

  answer(answer: PostedAnswer): void {
    this.answered = {...answer, endedAt: performance.now()};
  }

  /** The runtime waits for the next event, or will never. */
  runtimeDone(failure?: Failure): void {
    if (this.runtimeDoneAt !== undefined) return;
    const now = performance.now();
    this.runtimeDoneAt = now;
    const {answered} = this;
    const spans = answered && [
      span('responseLatency', this.startedAt, answered.beganAt),
      span('responseDuration', answered.beganAt, answered.endedAt),
      span('runtimeOverhead', answered.endedAt, now),
    ];
    this.emit('platform.runtimeDone', {
      requestId: this.requestId,
      ...this.outcome(failure),
      metrics: {
        durationMs: roundMs(now - this.startedAt),
        ...(answered && {producedBytes: answered.producedBytes}),
      },
      ...(spans && {spans}),
      ...this.tracing,
    });
  }

  /** The end of the invocation; `failure` is the environment's, not one that the function answered with. */
  report(report: InvocationReport, failure: Failure | undefined): void {
    this.runtimeDone(failure);
    if (failure) {
      const text = `RequestId: ${this.requestId} Error: ${failure.message}\n${failure.type}`;
      this.emit('platform.fault', text);
    }
    this.emit('platform.end', {requestId: this.requestId});
    const {ms, initMs, maxMemoryMb} = report;
    this.emit('platform.report', {
      requestId: this.requestId,
      ...this.outcome(failure),
      metrics: {
        durationMs: roundMs(ms),
        billedDurationMs: Math.ceil(ms + (initMs ?? 0)),
        memorySizeMB: report.memoryMb,
        ...(maxMemoryMb !== undefined && {maxMemoryUsedMB: maxMemoryMb}),
        ...(initMs !== undefined && {initDurationMs: roundMs(initMs)}),
      },
      spans: [span('extensionOverhead', this.runtimeDoneAt!, performance.now())],
      ...this.tracing,
    });
  }

  private outcome(failure: Failure | undefined): Outcome {
    const errorType = this.answered?.errorType;
    return failure || !errorType ? outcomeOf(failure) : {status: 'error', errorType};
  }
}

function span(name: string, from: number, to: number): object {
  return {name, start: new Date(performance.timeOrigin + from).toISOString(), durationMs: roundMs(to - from)};
}

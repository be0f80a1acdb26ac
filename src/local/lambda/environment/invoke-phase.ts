import {setImmediate as nextTurn} from 'node:timers/promises';
import {InvocationEvents} from '../telemetry/invocation-events.ts';
import type {EnvironmentSpec, Invocation, InvokeAnswer} from './environment.ts';
import {type Failure, failurePayload, postedType, timedOut} from './failure.ts';
import type {Generation} from './generation.ts';
import {endLine, reportLine, startLine} from './platform-lines.ts';
import type {PostedByRuntime} from './runtime-api.ts';
import type {SystemLog} from './system-log.ts';
import {within} from './within.ts';

export type InvokePhase = {
  /** None when the environment was ended before it could start one. */
  generation: Generation | undefined;
  spec: EnvironmentSpec;
  log: SystemLog;
  invocation: Invocation;
  /** `performance.now()` at its start: one deadline covers an inline init, the function and the extensions. */
  startedAt: number;
  /** The same deadline, epoch ms. */
  deadlineMs: number;
  /** Of a successful init phase that this is the first invocation of. */
  initMs: number | undefined;
  /** The caller may be answered; only the first call counts. */
  answer(answer: InvokeAnswer): void;
  /** Why there is no generation, or what ends it from outside. */
  stopped(): Failure | undefined;
  peakMemoryMb(): number | undefined;
};

/** `failure`: of the environment; `errorType`: of what the function threw. */
export type InvokeOutcome = {failure?: Failure; errorType?: string};

/** Runs one invocation to the end of its phase, with its log lines and events. */
export async function runInvokePhase(phase: InvokePhase): Promise<InvokeOutcome> {
  const {generation, spec, log, invocation, startedAt} = phase;
  const {requestId} = invocation;
  log.text(startLine(requestId, spec.functionVersion));
  const events = new InvocationEvents(log.emitter(generation?.telemetry), invocation);
  events.start(spec.functionVersion);
  const errorType = generation && !generation.failure ? await deliver(phase, generation, events) : undefined;
  const failure = generation?.failure ?? phase.stopped();
  // Without effect when the runtime has answered already.
  if (failure) phase.answer({payload: failurePayload(failure, requestId), functionError: 'Unhandled'});
  await nextTurn();
  const ms = failure?.status === 'timeout' ? spec.timeoutMs : performance.now() - startedAt;
  report(phase, ms, failure, events);
  return {...(failure && {failure}), ...(errorType !== undefined && {errorType})};
}

/** Gives the type of the error that the function answered with. */
async function deliver(
  phase: InvokePhase,
  generation: Generation,
  events: InvocationEvents,
): Promise<string | undefined> {
  const {timeoutMs} = phase.spec;
  let errorType: string | undefined;
  await generation.thaw();
  const listener = {
    answer: (answer: PostedByRuntime) => {
      if (answer.functionError) errorType = postedType(answer);
      events.answer({...answer, producedBytes: answer.payload.length});
      phase.answer(answer);
    },
    // What was printed before the runtime asked for its next event may still be waiting in a pipe.
    runtimeDone: () => void nextTurn().then(() => events.runtimeDone()),
  };
  const leftMs = timeoutMs - (performance.now() - phase.startedAt);
  const over = generation.invoke(phase.invocation, phase.deadlineMs, listener);
  if (!(await within(over, leftMs))) generation.fail(timedOut(timeoutMs));
  return errorType;
}

function report(phase: InvokePhase, ms: number, failure: Failure | undefined, events: InvocationEvents): void {
  const {log, spec, initMs} = phase;
  const {requestId} = phase.invocation;
  const peakMb = phase.peakMemoryMb();
  log.text(endLine(requestId));
  const report = {
    requestId,
    ms,
    memoryMb: spec.memoryMb,
    ...(peakMb !== undefined && {maxMemoryMb: peakMb}),
    ...(initMs !== undefined && {initMs}),
    ...(failure && {failure}),
  };
  log.text(reportLine(report));
  events.report(report, failure);
}

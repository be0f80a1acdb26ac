import {setImmediate as nextTurn} from 'node:timers/promises';
import {InitEvents} from '../telemetry/init-events.ts';
import type {EnvironmentSpec} from './environment.ts';
import {type Failure, timedOut} from './failure.ts';
import type {Generation} from './generation.ts';
import {extensionLine, initReportLine, type RuntimeVersion} from './platform-lines.ts';
import type {SystemLog} from './system-log.ts';
import {within} from './within.ts';

export type InitPhase = {
  generation: Generation;
  spec: EnvironmentSpec;
  version: RuntimeVersion;
  log: SystemLog;
  /** `invoke`: again, as a part of the first invocation. */
  phase: 'init' | 'invoke';
  limitMs: number;
};

/**
 * Starts a generation of processes and waits for it at most `limitMs`, with the log lines and events of the phase.
 * `ms`: how long it took, also when it failed.
 */
export async function runInitPhase(init: InitPhase): Promise<{failure?: Failure; ms: number}> {
  const {generation, spec, version, log, phase, limitMs} = init;
  const startedAt = performance.now();
  const events = new InitEvents(log.emitter(generation.telemetry), spec, phase);
  events.start(spec, version);
  const started = generation.start(() => events.runtimeDone());
  if (!(await within(started, limitMs))) generation.fail(timedOut(limitMs));
  const {failure} = generation;
  const ms = performance.now() - startedAt;
  await nextTurn();
  const extensions = generation.extensions.flatMap(({name, state, events: wanted, errorType}) =>
    state === 'Started' ? [] : [{name, state, events: wanted, ...(errorType && {errorType})}],
  );
  for (const extension of extensions) log.text(extensionLine(extension));
  events.end(ms, extensions, failure);
  if (!failure) return {ms};
  const {status, type} = failure;
  log.text(initReportLine({ms, phase, status, ...(status === 'error' && {errorType: type})}));
  return {failure, ms};
}

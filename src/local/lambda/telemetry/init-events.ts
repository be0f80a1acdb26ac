import type {EnvironmentSpec} from '../environment/environment.ts';
import type {Failure} from '../environment/failure.ts';
import type {RuntimeVersion} from '../environment/platform-lines.ts';
import type {EmitEvent} from './event.ts';
import {outcomeOf} from './outcome.ts';
import {roundMs} from './round-ms.ts';

type ExtensionState = {name: string; state: string; events: readonly string[]; errorType?: string};
const bytesPerMb = 1_048_576;

/** Tells of one init phase: its start, when the runtime was done, every extension, its end. */
export class InitEvents {
  private readonly emit: EmitEvent;
  private readonly phase: {initializationType: string; phase: 'init' | 'invoke'};
  private runtimeIsDone = false;

  constructor(emit: EmitEvent, spec: EnvironmentSpec, phase: 'init' | 'invoke') {
    this.emit = emit;
    this.phase = {initializationType: spec.initializationType, phase};
  }

  start(spec: EnvironmentSpec, version: RuntimeVersion): void {
    this.emit('platform.initStart', {
      ...this.phase,
      functionName: spec.functionName,
      functionVersion: spec.functionVersion,
      instanceId: spec.logStream,
      instanceMaxMemory: spec.memoryMb * bytesPerMb,
      runtimeVersion: version.name,
      runtimeVersionArn: version.arn,
    });
  }

  /** The runtime waits for its first event, or will never. */
  runtimeDone(failure?: Failure): void {
    if (this.runtimeIsDone) return;
    this.runtimeIsDone = true;
    this.emit('platform.initRuntimeDone', {...this.phase, ...outcomeOf(failure)});
  }

  end(ms: number, extensions: readonly ExtensionState[], failure: Failure | undefined): void {
    this.runtimeDone(failure);
    for (const extension of extensions) this.emit('platform.extension', extension);
    this.emit('platform.initReport', {...this.phase, ...outcomeOf(failure), metrics: {durationMs: roundMs(ms)}});
  }
}

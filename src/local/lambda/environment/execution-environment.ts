import {setImmediate as nextTurn} from 'node:timers/promises';
import type {LogLine} from '../../logs/log-sink.ts';
import type {Settings} from '../../settings.ts';
import type {Sandbox, SandboxForm} from '../sandbox/sandbox.ts';
import {InitEvents} from '../telemetry/init-events.ts';
import {InvocationEvents} from '../telemetry/invocation-events.ts';
import {type ApiServer, startApiServer} from './api-server.ts';
import type {EnvironmentListener} from './create.ts';
import type {
  EnvironmentSpec,
  EnvironmentState,
  ExecutionEnvironment,
  Invocation,
  InvokeAnswer,
  RunningInvocation,
  ShutdownReason,
} from './environment.ts';
import {type Failure, failurePayload, timedOut} from './failure.ts';
import {Generation} from './generation.ts';
import {LogWriter} from './log-writer.ts';
import {peakMemoryMb} from './memory.ts';
import {
  endLine,
  extensionLine,
  initReportLine,
  initStartLine,
  type RuntimeVersion,
  reportLine,
  runtimeVersion,
  startLine,
  subscriptionLine,
} from './platform-lines.ts';
import type {PostedByRuntime} from './runtime-api.ts';
import {within} from './within.ts';

export type EnvironmentHost = {
  settings: Settings;
  form: SandboxForm;
  python(): Promise<string>;
  programFolders(paths: Sandbox['paths']): Promise<readonly string[]>;
};

/** How often the memory of the processes is looked at, in ms. */
const memoryEveryMs = 1_000;

/** The state machine of one execution environment: init → ready ⇄ invoking → shutting-down → gone. */
export class LambdaEnvironment implements ExecutionEnvironment {
  readonly id: string;
  private readonly spec: EnvironmentSpec;
  private readonly host: EnvironmentHost;
  private readonly listener: EnvironmentListener;
  private readonly log: LogWriter;
  private readonly version: RuntimeVersion;
  private current: EnvironmentState = 'init';
  private since = performance.now();
  private server: ApiServer | undefined;
  private sandbox: Sandbox | undefined;
  private generation: Generation | undefined;
  /** Of an init phase that went well, until its first invocation has reported it. */
  private initMs: number | undefined;
  private memory: {sampledAt: number; peakMb: number | undefined} = {sampledAt: -Infinity, peakMb: undefined};
  /** What init, the running invocation or a reset is at. */
  private work: Promise<unknown> = Promise.resolve();
  private ending: Promise<void> | undefined;

  constructor(spec: EnvironmentSpec, host: EnvironmentHost, listener: EnvironmentListener) {
    this.spec = spec;
    this.host = host;
    this.listener = listener;
    this.log = new LogWriter(lines => listener.lines(lines));
    const {runtime, region} = spec;
    this.version = runtimeVersion(runtime, runtime.startsWith('nodejs') ? process.versions.node : '1', region);
    this.id = /[0-9a-f]{32}$/.exec(spec.logStream)?.[0] ?? spec.logStream;
  }

  get state(): EnvironmentState {
    return this.current;
  }

  init(): Promise<void> {
    const init = this.runInit();
    this.work = init.catch(() => {});
    return init;
  }

  invoke(invocation: Invocation): RunningInvocation {
    if (this.current !== 'ready') throw new Error(`An environment in state ${this.current} takes no event.`);
    const before = this.work;
    this.become('invoking', {requestId: invocation.requestId});
    let settle: (answer: InvokeAnswer) => void = () => {};
    const answer = new Promise<InvokeAnswer>(resolve => {
      settle = resolve;
    });
    const done = before.then(() => this.runInvocation(invocation, settle));
    this.work = done.catch(() => {});
    return {answer, done};
  }

  shutdown(reason: ShutdownReason): Promise<void> {
    this.ending ??= this.end(reason);
    return this.ending;
  }

  private async runInit(): Promise<void> {
    this.log.write(initStartLine(this.version));
    const {form, settings} = this.host;
    this.server = await startApiServer(form.addresses(), () => this.generation?.routes ?? []);
    const {codeFolder, layersFolder} = this.spec;
    const host = this.server.address.host;
    this.sandbox = await form.open({id: this.id, codeFolder, layersFolder, host});
    if (this.ending) return;
    const {failure, ms} = await this.startGeneration('init', settings.initLimitMs);
    if (failure) return this.reset(failure.status === 'timeout' ? 'timeout' : 'failure');
    this.initMs = ms;
    this.rest();
  }

  /** Starts a generation of processes and waits for it at most `limitMs`. */
  private async startGeneration(
    phase: 'init' | 'invoke',
    limitMs: number,
    announce: (generation: Generation) => void = () => {},
  ): Promise<{failure?: Failure; ms: number}> {
    const {spec, host} = this;
    const sandbox = this.sandbox!;
    const startedAt = performance.now();
    const generation: Generation = new Generation({
      spec,
      settings: host.settings,
      sandbox,
      paths: sandbox.paths,
      api: this.server!.address,
      programFolders: await host.programFolders(sandbox.paths),
      python: host.python,
      onLine: (line, source) => this.writeOutput(generation, source, line),
      onSubscribed: (...subscription) => this.log.write(subscriptionLine(...subscription)),
      onFailure: () => this.failWhileIdle(generation),
    });
    this.generation = generation;
    const events = new InitEvents((...event) => generation.telemetry.emit(...event), spec, phase);
    events.start(spec, this.version);
    announce(generation);
    if (
      !(await within(
        generation.start(() => events.runtimeDone()),
        limitMs,
      ))
    )
      generation.fail(timedOut(limitMs));
    const {failure} = generation;
    const ms = performance.now() - startedAt;
    await nextTurn();
    const extensions = generation.extensions.flatMap(({name, state, events: wanted, errorType}) =>
      state === 'Started' ? [] : [{name, state, events: wanted, ...(errorType && {errorType})}],
    );
    for (const extension of extensions) this.log.write(extensionLine(extension));
    events.end(ms, extensions, failure);
    if (!failure) return {ms};
    const {status, type} = failure;
    this.log.write(initReportLine({ms, phase, status, ...(status === 'error' && {errorType: type})}));
    return {failure, ms};
  }

  private async runInvocation(
    invocation: Invocation,
    settle: (answer: InvokeAnswer) => void,
  ): Promise<{lines: LogLine[]}> {
    const {spec} = this;
    const startedAt = performance.now();
    const deadlineMs = Date.now() + spec.timeoutMs;
    const left = () => spec.timeoutMs - (performance.now() - startedAt);
    this.log.startTail();
    if (!this.generation && !this.ending) {
      await this.startGeneration('invoke', spec.timeoutMs, generation => generation.announce(invocation, deadlineMs));
    }
    this.log.write(startLine(invocation.requestId, spec.functionVersion));
    const generation = this.generation;
    const events = new InvocationEvents((...event) => generation?.telemetry.emit(...event), invocation);
    events.start(spec.functionVersion);
    if (generation && !generation.failure) {
      generation.thaw();
      const listener = {
        answer: (answer: PostedByRuntime) => {
          events.answer({...answer, producedBytes: answer.payload.length});
          settle(answer);
        },
        runtimeDone: () => events.runtimeDone(),
      };
      if (!(await within(generation.invoke(invocation, deadlineMs, listener), left()))) {
        generation.fail(timedOut(spec.timeoutMs));
      }
    }
    const failure = generation?.failure ?? (this.ending && stopped);
    // Without effect when the runtime has answered already.
    if (failure) settle({payload: this.payloadOf(failure, invocation), functionError: 'Unhandled'});
    await nextTurn();
    const ms = failure?.status === 'timeout' ? spec.timeoutMs : performance.now() - startedAt;
    this.report(invocation.requestId, ms, failure, events);
    const lines = this.log.endTail();
    if (failure) await this.reset(failure.status === 'timeout' ? 'timeout' : 'failure');
    else this.rest();
    return {lines};
  }

  private payloadOf(failure: Failure, invocation: Invocation): Uint8Array {
    return failurePayload(failure, invocation.requestId);
  }

  private report(requestId: string, ms: number, failure: Failure | undefined, events: InvocationEvents): void {
    const {memoryMb} = this.spec;
    const {initMs} = this;
    this.initMs = undefined;
    const peakMb = this.peakMemory();
    this.log.write(endLine(requestId));
    const report = {
      requestId,
      ms,
      memoryMb,
      ...(peakMb !== undefined && {maxMemoryMb: peakMb}),
      ...(initMs !== undefined && {initMs}),
      ...(failure && {failure}),
    };
    this.log.write(reportLine(report));
    events.report(report, failure);
  }

  private peakMemory(): number | undefined {
    const now = performance.now();
    if (this.generation && now - this.memory.sampledAt > memoryEveryMs) {
      const peakMb = peakMemoryMb(this.generation.pids) ?? 0;
      this.memory = {sampledAt: now, peakMb: Math.max(peakMb, this.memory.peakMb ?? 0) || undefined};
    }
    return this.memory.peakMb;
  }

  /** Waits, frozen, for the next event. */
  private rest(): void {
    if (this.ending) return;
    if (this.host.settings.freeze) this.generation?.freeze();
    this.become('ready');
  }

  /** Ends all processes; `/tmp` stays, and the next invocation starts them again. */
  private async reset(reason: ShutdownReason): Promise<void> {
    if (this.ending) return;
    this.become('shutting-down', {reason});
    await this.generation?.shutdown(reason);
    this.generation = undefined;
    this.initMs = undefined;
    this.become('ready');
  }

  private failWhileIdle(generation: Generation): void {
    if (this.current === 'ready' && this.generation === generation) this.work = this.reset('failure');
  }

  private async end(reason: ShutdownReason): Promise<void> {
    this.become('shutting-down', {reason});
    await this.generation?.shutdown(reason);
    await this.work;
    await this.generation?.shutdown(reason);
    this.log.flush();
    await this.server?.close();
    await this.sandbox?.remove();
    this.become('gone', {reason});
  }

  private writeOutput(generation: Generation, source: 'function' | 'extension', line: string): void {
    const text = this.readable(line);
    this.log.write(text);
    generation.telemetry.emit(source, text);
  }

  /** Managed runtimes write the line ends inside a message as carriage returns. */
  private readable(line: string): string {
    return this.spec.runtime.startsWith('provided') ? line : line.replaceAll('\r', '\n');
  }

  private become(to: EnvironmentState, more: {requestId?: string; reason?: ShutdownReason} = {}): void {
    const from = this.current;
    if (from === to || from === 'gone') return;
    const now = performance.now();
    const ms = now - this.since;
    this.current = to;
    this.since = now;
    const {functionName} = this.spec;
    this.listener.transition({at: new Date().toISOString(), environment: this.id, functionName, from, to, ms, ...more});
  }
}

/** What the caller learns when the environment is ended under a running invocation. */
const stopped: Failure = {type: 'Sandbox.Failure', message: 'The execution environment was stopped', status: 'error'};

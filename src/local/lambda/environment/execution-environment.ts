import {setImmediate as nextTurn} from 'node:timers/promises';
import type {LogLine} from '../../logs/log-sink.ts';
import type {Settings} from '../../settings.ts';
import type {Sandbox, SandboxForm} from '../sandbox/sandbox.ts';
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
import {endLine, extensionLine, initReportLine, initStartLine, reportLine, startLine} from './platform-lines.ts';
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
    const {runtime, region} = this.spec;
    const version = runtime.startsWith('nodejs') ? process.versions.node : '1';
    this.log.write(initStartLine(runtime, version, region));
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
    const generation = new Generation({
      spec,
      settings: host.settings,
      sandbox,
      paths: sandbox.paths,
      api: this.server!.address,
      programFolders: await host.programFolders(sandbox.paths),
      python: host.python,
      onLine: line => this.log.write(this.readable(line)),
      onFailure: () => this.failWhileIdle(generation),
    });
    this.generation = generation;
    announce(generation);
    if (!(await within(generation.start(), limitMs))) generation.fail(timedOut(limitMs));
    const {failure} = generation;
    const ms = performance.now() - startedAt;
    await nextTurn();
    for (const {name, state, events, errorType} of generation.extensions) {
      if (state !== 'Started') this.log.write(extensionLine({name, state, events, ...(errorType && {errorType})}));
    }
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
    if (generation && !generation.failure) {
      this.sandbox!.thaw();
      if (!(await within(generation.invoke(invocation, deadlineMs, settle), left()))) {
        generation.fail(timedOut(spec.timeoutMs));
      }
    }
    const failure = generation?.failure ?? (this.ending && stopped);
    // Without effect when the runtime has answered already.
    if (failure) settle({payload: this.payloadOf(failure, invocation), functionError: 'Unhandled'});
    await nextTurn();
    const ms = failure?.status === 'timeout' ? spec.timeoutMs : performance.now() - startedAt;
    this.report(invocation.requestId, ms, failure);
    const lines = this.log.endTail();
    if (failure) await this.reset(failure.status === 'timeout' ? 'timeout' : 'failure');
    else this.rest();
    return {lines};
  }

  private payloadOf(failure: Failure, invocation: Invocation): Uint8Array {
    return failurePayload(failure, invocation.requestId);
  }

  private report(requestId: string, ms: number, failure: Failure | undefined): void {
    const {memoryMb} = this.spec;
    const {initMs} = this;
    this.initMs = undefined;
    const peakMb = this.peakMemory();
    this.log.write(endLine(requestId));
    this.log.write(
      reportLine({
        requestId,
        ms,
        memoryMb,
        ...(peakMb !== undefined && {maxMemoryMb: peakMb}),
        ...(initMs !== undefined && {initMs}),
        ...(failure && {failure}),
      }),
    );
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
    if (this.host.settings.freeze) this.sandbox!.freeze();
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

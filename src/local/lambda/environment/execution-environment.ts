import type {LogLine} from '../../logs/log-sink.ts';
import type {Settings} from '../../settings.ts';
import type {Sandbox, SandboxForm} from '../sandbox/sandbox.ts';
import {type ApiServer, startApiServer} from './api-server.ts';
import type {EnvironmentListener} from './create.ts';
import type {
  EnvironmentSpec,
  EnvironmentState,
  ExecutionEnvironment,
  ExtensionEnd,
  Invocation,
  InvokeAnswer,
  RunningInvocation,
  ShutdownReason,
  Transition,
} from './environment.ts';
import {type Failure, postedType} from './failure.ts';
import {Generation} from './generation.ts';
import {runInitPhase} from './init-phase.ts';
import {runInvokePhase} from './invoke-phase.ts';
import {LogWriter} from './log-writer.ts';
import {PeakMemory} from './memory.ts';
import {OutputLog} from './output-log.ts';
import {initStartLine, type RuntimeVersion, runtimeVersion} from './platform-lines.ts';
import {SystemLog} from './system-log.ts';

export type EnvironmentHost = {
  settings: Settings;
  form: SandboxForm;
  python(): Promise<string>;
  programFolders(paths: Sandbox['paths']): Promise<readonly string[]>;
};

/** What a transition tells besides its two states. */
type Facts = Pick<Transition, 'requestId' | 'reason' | 'cold' | 'errorType' | 'budgetMs' | 'extensions'>;

/** The state machine of one execution environment: init → ready ⇄ invoking → shutting-down → gone. */
export class LambdaEnvironment implements ExecutionEnvironment {
  readonly id: string;
  private readonly spec: EnvironmentSpec;
  private readonly host: EnvironmentHost;
  private readonly listener: EnvironmentListener;
  private readonly log: LogWriter;
  private readonly systemLog: SystemLog;
  private readonly outputLog: OutputLog;
  private readonly version: RuntimeVersion;
  private current: EnvironmentState = 'init';
  private since = performance.now();
  private server: ApiServer | undefined;
  private sandbox: Sandbox | undefined;
  private programFolders: readonly string[] = [];
  private generation: Generation | undefined;
  /** Of an init phase that went well, until its first invocation has reported it. */
  private initMs: number | undefined;
  /** These processes have had no invocation yet. */
  private cold = true;
  private readonly memory = new PeakMemory();
  /** What init, the running invocation or a reset is at. */
  private work: Promise<unknown> = Promise.resolve();
  private ending: Promise<void> | undefined;

  constructor(spec: EnvironmentSpec, host: EnvironmentHost, listener: EnvironmentListener) {
    this.spec = spec;
    this.host = host;
    this.listener = listener;
    this.log = new LogWriter(lines => listener.lines(lines));
    this.systemLog = new SystemLog(this.log, spec.jsonLogging);
    this.outputLog = new OutputLog(this.log, spec);
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
    this.become('invoking', {requestId: invocation.requestId, cold: this.cold});
    this.cold = false;
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
    this.systemLog.text(initStartLine(this.version));
    const {form, settings} = this.host;
    this.server = await startApiServer(form.addresses(), () => this.generation?.routes ?? []);
    const {codeFolder, layersFolder} = this.spec;
    const host = this.server.address.host;
    this.sandbox = await form.open({id: this.id, codeFolder, layersFolder, host});
    this.programFolders = await this.host.programFolders(this.sandbox.paths);
    if (this.ending) return;
    const {failure, ms} = await this.initGeneration('init', settings.initLimitMs);
    if (failure) return this.reset(failure);
    this.initMs = ms;
    this.rest();
  }

  private initGeneration(
    phase: 'init' | 'invoke',
    limitMs: number,
    announce: (generation: Generation) => void = () => {},
  ): Promise<{failure?: Failure; ms: number}> {
    const {spec, version, systemLog: log} = this;
    const generation = this.newGeneration();
    this.generation = generation;
    announce(generation);
    return runInitPhase({generation, spec, version, log, phase, limitMs});
  }

  private newGeneration(): Generation {
    const {spec, host} = this;
    const sandbox = this.sandbox!;
    const generation: Generation = new Generation({
      spec,
      settings: host.settings,
      sandbox,
      paths: sandbox.paths,
      api: this.server!.address,
      programFolders: this.programFolders,
      python: host.python,
      onLine: (line, source) => this.outputLog.write(source, line, generation.telemetry),
      onSubscribed: (...subscription) => this.systemLog.subscribed(...subscription),
      onFailure: () => this.failWhileIdle(generation),
    });
    return generation;
  }

  private async runInvocation(
    invocation: Invocation,
    answer: (answer: InvokeAnswer) => void,
  ): Promise<{lines: LogLine[]}> {
    const {spec, log, systemLog} = this;
    const startedAt = performance.now();
    const deadlineMs = Date.now() + spec.timeoutMs;
    log.startTail();
    if (!this.generation && !this.ending) {
      await this.initGeneration('invoke', spec.timeoutMs, generation => generation.announce(invocation, deadlineMs));
    }
    const {generation, initMs} = this;
    this.initMs = undefined;
    const {failure, errorType} = await runInvokePhase({
      generation,
      spec,
      log: systemLog,
      invocation,
      startedAt,
      deadlineMs,
      initMs,
      answer,
      stopped: () => (this.ending ? stopped : undefined),
      peakMemoryMb: () => this.memory.of(() => this.generation?.pids ?? []),
    });
    const lines = log.endTail();
    const {requestId} = invocation;
    if (failure) await this.reset(failure, requestId);
    else this.rest({requestId, ...(errorType !== undefined && {errorType})});
    return {lines};
  }

  /** Waits, frozen, for the next event. */
  private rest(facts: Facts = {}): void {
    if (this.ending) return;
    if (this.host.settings.freeze) this.generation?.freeze();
    this.become('ready', facts);
  }

  /** Ends all processes; `/tmp` stays, and the next invocation starts them again. */
  private async reset({status, type, payload}: Failure, requestId?: string): Promise<void> {
    if (this.ending) return;
    const reason = status === 'timeout' ? 'timeout' : 'failure';
    this.become('shutting-down', {
      ...{reason, errorType: payload ? postedType({payload, errorType: type}) : type},
      ...(requestId !== undefined && {requestId}),
      ...this.budget(),
    });
    const ends = await this.generation?.shutdown(reason);
    this.generation = undefined;
    this.initMs = undefined;
    this.cold = true;
    this.become('ready', {reason, ...extensionsOf(ends)});
  }

  private failWhileIdle(generation: Generation): void {
    const {failure} = generation;
    if (failure && this.current === 'ready' && this.generation === generation) this.work = this.reset(failure);
  }

  private async end(reason: ShutdownReason): Promise<void> {
    const invoking = this.current === 'invoking';
    this.become('shutting-down', {reason, ...this.budget()});
    // Its caller is answered and its report written while the extensions can still hear of it.
    if (invoking) this.generation?.fail(stopped);
    else await this.generation?.shutdown(reason);
    await this.work;
    const ends = await this.generation?.shutdown(reason);
    this.log.flush();
    await this.server?.close();
    await this.sandbox?.remove();
    this.become('gone', {reason, ...extensionsOf(ends)});
  }

  private budget(): Facts {
    const budgetMs = this.generation?.shutdownBudgetMs;
    return budgetMs === undefined ? {} : {budgetMs};
  }

  private become(to: EnvironmentState, facts: Facts = {}): void {
    const from = this.current;
    if (from === to || from === 'gone') return;
    const now = performance.now();
    const ms = now - this.since;
    this.current = to;
    this.since = now;
    const {functionName, functionVersion: version} = this.spec;
    const of = {functionName, ...(version !== '$LATEST' && {functionVersion: version})};
    const at = new Date().toISOString();
    this.listener.transition({at, environment: this.id, ...of, from, to, ms, ...facts});
  }
}

function extensionsOf(ends: ExtensionEnd[] = []): Facts {
  return ends.length === 0 ? {} : {extensions: ends};
}

/** What the caller learns when the environment is ended under a running invocation. */
const stopped: Failure = {type: 'Sandbox.Failure', message: 'The execution environment was stopped', status: 'error'};

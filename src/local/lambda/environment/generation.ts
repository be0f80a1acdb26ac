import type {Settings} from '../../settings.ts';
import type {Exit, Sandbox} from '../sandbox/sandbox.ts';
import type {EventKind} from '../telemetry/event.ts';
import type {TelemetryApiName} from '../telemetry/subscription-request.ts';
import {Telemetry} from '../telemetry/telemetry.ts';
import {telemetryRoutes} from '../telemetry/telemetry-api.ts';
import type {ApiRoute} from './api-server.ts';
import {Conditions} from './conditions.ts';
import type {ExtensionEnd, Invocation, ShutdownReason} from './environment.ts';
import type {Extension} from './extension.ts';
import {ExtensionsApi} from './extensions-api.ts';
import {extensionExit, type Failure, noBootstrap, runtimeExit} from './failure.ts';
import {Freezer} from './freezer.ts';
import {type ExtensionFile, extensionFiles, runtimeCommand} from './launch.ts';
import {Processes} from './processes.ts';
import {type PostedByRuntime, RuntimeApi} from './runtime-api.ts';
import {runShutdownSequence, shutdownBudgetMs} from './shutdown-sequence.ts';
import type {ProcessContext} from './variables.ts';

export type GenerationOptions = ProcessContext & {
  settings: Settings;
  sandbox: Sandbox;
  /** The interpreter for `python3.*`, asked for when needed. */
  python(): Promise<string>;
  onLine(line: string, source: 'function' | 'extension'): void;
  onSubscribed(api: TelemetryApiName, extension: string, types: readonly EventKind[]): void;
  /** The first fatal failure. */
  onFailure(failure: Failure): void;
};

/** What happens in an invoke phase before its end. */
export type InvokeListener = {
  /** The caller may be answered. */
  answer(answer: PostedByRuntime): void;
  /** The runtime waits for its next event; extensions may still be at work. */
  runtimeDone(): void;
};

/** The processes between two starts of an environment: extensions, runtime, and the APIs they speak to. */
export class Generation {
  readonly routes: readonly ApiRoute[];
  readonly telemetry: Telemetry;
  private readonly options: GenerationOptions;
  private readonly runtimeApi: RuntimeApi;
  private readonly extensionsApi: ExtensionsApi;
  private readonly processes: Processes;
  private readonly conditions = new Conditions();
  private fatal: Failure | undefined;
  private onAnswer: ((answer: PostedByRuntime) => void) | undefined;
  private onRuntimeReady: () => void = () => {};
  private ended: Promise<ExtensionEnd[]> | undefined;
  private readonly freezer: Freezer;

  constructor(options: GenerationOptions) {
    this.options = options;
    const {spec, settings} = options;
    const changed = () => this.conditions.changed();
    this.processes = new Processes(options);
    this.freezer = new Freezer(options.sandbox, settings.freezeDelayMs);
    this.extensionsApi = new ExtensionsApi({spec, maxExtensions: settings.maxExtensions, changed});
    this.runtimeApi = new RuntimeApi(settings.responseLimitBytes, {
      ready: () => {
        this.extensionsApi.closeRegistration();
        this.onRuntimeReady();
        changed();
      },
      initError: ({type, payload}) => this.fail({type, message: 'Init failed', payload, status: 'error'}),
      answer: answer => {
        this.onAnswer?.(answer);
        this.onAnswer = undefined;
        changed();
      },
    });
    this.telemetry = new Telemetry(settings.telemetry, options.api.host);
    const telemetry = telemetryRoutes({
      settings: settings.telemetry,
      telemetry: this.telemetry,
      identify: (...call) => this.extensionsApi.identify(...call),
      onSubscribed: options.onSubscribed,
    });
    this.routes = [...this.runtimeApi.routes, ...this.extensionsApi.routes, ...telemetry];
  }

  get failure(): Failure | undefined {
    return this.fatal;
  }

  get extensions(): readonly Extension[] {
    return this.extensionsApi.extensions;
  }

  /** On the host, of what runs. */
  get pids(): number[] {
    return this.processes.running.map(process => process.pid);
  }

  /** The init phase: resolves when runtime and extensions wait for their first event, or at the first failure. */
  async start(onRuntimeReady: () => void): Promise<void> {
    this.onRuntimeReady = onRuntimeReady;
    const files = await extensionFiles(this.options.spec.layersFolder);
    if (this.ended) return;
    this.startExtensions(files);
    if (!this.fatal) await this.startRuntime();
    await this.until(() => this.runtimeApi.isReady && this.registered.every(({state}) => state === 'Ready'));
    this.telemetry.closeSubscriptions();
  }

  /** Which invocation an inline init belongs to. */
  announce(invocation: Invocation, deadlineMs: number): void {
    this.runtimeApi.announce(invocation, deadlineMs);
  }

  /**
   * The invoke phase: the event goes to runtime and subscribed extensions at once. Resolves when all have called
   * `next` again, or at the first failure.
   */
  async invoke(invocation: Invocation, deadlineMs: number, listener: InvokeListener): Promise<void> {
    const subscribed = this.registered.filter(extension => extension.listensTo('INVOKE'));
    this.onAnswer = listener.answer;
    this.onRuntimeReady = listener.runtimeDone;
    this.runtimeApi.announce(invocation, deadlineMs);
    for (const extension of subscribed) extension.sendInvoke(invocation, deadlineMs);
    this.runtimeApi.deliver();
    const over = () => !this.onAnswer && this.runtimeApi.isReady && subscribed.every(({state}) => state === 'Ready');
    await this.until(over);
  }

  /** For the whole shutdown phase; nothing when no extension has registered. */
  get shutdownBudgetMs(): number | undefined {
    return shutdownBudgetMs(this.options.settings, this.registered);
  }

  /** Ends deliveries at once, and stops the processes unless an event comes within `freezeDelayMs`. */
  freeze(): void {
    this.telemetry.pause();
    this.freezer.freeze();
  }

  /** Resolves when the processes go on. An event that came sooner could meet a stop that is still on its way. */
  async thaw(): Promise<void> {
    await this.freezer.thaw();
    this.telemetry.resume();
  }

  /** Records the first fatal failure; what waits for the end of a phase goes on. */
  fail(failure: Failure): void {
    if (this.fatal || this.ended) return;
    this.fatal = failure;
    this.options.onFailure(failure);
    this.conditions.changed();
  }

  /** The shutdown sequence; resolves when no process is left. Once, however often it is called. */
  shutdown(reason: ShutdownReason): Promise<ExtensionEnd[]> {
    const {settings, sandbox} = this.options;
    const {telemetry, processes, registered} = this;
    this.freezer.stayAwake();
    this.ended ??= runShutdownSequence({settings, sandbox, telemetry, processes, registered}, reason);
    this.conditions.changed();
    return this.ended;
  }

  private get registered(): Extension[] {
    return this.extensionsApi.registered;
  }

  private startExtensions(files: readonly ExtensionFile[]): void {
    const {maxExtensions} = this.options.settings;
    for (const [index, {name, executable}] of files.entries()) {
      const extension = this.extensionsApi.expect(name);
      if (index >= maxExtensions) this.failLaunch(extension, 'TooManyExtensions');
      else if (!executable) this.failLaunch(extension, 'PermissionDenied');
    }
    if (this.fatal) return;
    for (const extension of this.extensions) {
      this.processes.startExtension(extension, exit => this.extensionEnded(extension, exit));
    }
  }

  private extensionEnded(extension: Extension, exit: Exit): void {
    const unstarted = extension.state === 'Started' && 'code' in exit && (exit.code === 126 || exit.code === 127);
    if (unstarted && !this.ended) this.failLaunch(extension, 'UnknownError');
    const {state} = extension;
    this.fail(extensionExit(exit, state === 'InitError' || state === 'ExitError' ? state : undefined));
  }

  private failLaunch(extension: Extension, errorType: string): void {
    extension.state = 'LaunchError';
    extension.errorType = errorType;
    this.fail({type: 'Extension.LaunchError', message: errorType, status: 'error'});
  }

  /** The runtime starts when every external extension has registered, or before it and waits at a gate. */
  private async startRuntime(): Promise<void> {
    const {paths} = this.options.sandbox;
    const launch = await runtimeCommand(this.options.spec, paths, this.options.python);
    if (!launch) return this.fail(noBootstrap(paths));
    const start = () => this.processes.startRuntime(launch, exit => this.fail(runtimeExit(exit)));
    if (launch.gated && !this.isOver) start();
    await this.until(() => this.extensions.every(extension => extension.registered));
    if (this.isOver) return;
    if (launch.gated) this.processes.openGate();
    else start();
  }

  /** Nothing goes on after a failure or the end, so nobody waits for ever. */
  private get isOver(): boolean {
    return this.fatal !== undefined || this.ended !== undefined;
  }

  private until(condition: () => boolean): Promise<void> {
    return this.conditions.until(() => this.isOver || condition());
  }
}

import type {Exit, SandboxedProcess} from '../sandbox/sandbox.ts';
import type {Extension} from './extension.ts';
import type {GenerationOptions} from './generation.ts';
import type {RuntimeCommand} from './launch.ts';
import {extensionVariables, runtimeVariables} from './variables.ts';

/** The processes of one generation: one for each extension file, and the runtime. */
export class Processes {
  readonly extensions = new Map<Extension, SandboxedProcess>();
  private readonly options: GenerationOptions;
  private started: SandboxedProcess | undefined;
  private gateClosed = false;

  constructor(options: GenerationOptions) {
    this.options = options;
  }

  get runtime(): SandboxedProcess | undefined {
    return this.started;
  }

  /** The runtime waits at its gate: nothing of the function's has run in it. */
  get runtimeIsGated(): boolean {
    return this.gateClosed;
  }

  get running(): SandboxedProcess[] {
    const all = [...this.extensions.values(), ...(this.started ? [this.started] : [])];
    return all.filter(process => process.running);
  }

  startExtension(extension: Extension, onExit: (exit: Exit) => void): void {
    const {sandbox} = this.options;
    const process = sandbox.start({
      command: [`${sandbox.paths.opt}/extensions/${extension.name}`],
      cwd: '/',
      variables: extensionVariables(this.options),
      onLine: line => this.options.onLine(line, 'extension'),
    });
    this.extensions.set(extension, process);
    void process.exited.then(onExit);
  }

  startRuntime({command, gated}: RuntimeCommand, onExit: (exit: Exit) => void): void {
    const {sandbox} = this.options;
    const variables = runtimeVariables(this.options);
    const onLine = (line: string) => this.options.onLine(line, 'function');
    this.started = sandbox.start({command, cwd: sandbox.paths.task, variables, onLine, gated});
    this.gateClosed = gated;
    void this.started.exited.then(onExit);
  }

  openGate(): void {
    this.gateClosed = false;
    this.started?.release();
  }
}

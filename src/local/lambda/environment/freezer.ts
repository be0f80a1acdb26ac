import type {Sandbox} from '../sandbox/sandbox.ts';

/** Stops the processes of an environment between events, some ms later: an event that comes sooner finds them awake. */
export class Freezer {
  private readonly sandbox: Sandbox;
  private readonly delayMs: number;
  /** Runs while the processes are soon to be stopped. */
  private soon: NodeJS.Timeout | undefined;

  constructor(sandbox: Sandbox, delayMs: number) {
    this.sandbox = sandbox;
    this.delayMs = delayMs;
  }

  freeze(): void {
    this.soon = setTimeout(() => {
      this.soon = undefined;
      this.sandbox.freeze();
    }, this.delayMs);
  }

  /** Resolves when the processes go on. */
  async thaw(): Promise<void> {
    if (this.soon) this.stayAwake();
    else await this.sandbox.thaw();
  }

  /** Stops nothing that is not stopped yet. */
  stayAwake(): void {
    clearTimeout(this.soon);
    this.soon = undefined;
  }
}

import {randomUUID} from 'node:crypto';
import type {ServerResponse} from 'node:http';
import {answerJson} from './api-answer.ts';
import type {Invocation, ShutdownReason} from './environment.ts';

export type ExtensionEvent = 'INVOKE' | 'SHUTDOWN';
type State = 'Started' | 'Registered' | 'Ready' | 'Running' | 'InitError' | 'ExitError' | 'LaunchError';
type Wanted = 'Registered' | 'Ready' | 'InitError' | 'ExitError';

const allowed: Readonly<Record<Wanted, readonly State[]>> = {
  Registered: ['Started'],
  Ready: ['Registered', 'Running'],
  InitError: ['Registered', 'InitError'],
  ExitError: ['Registered', 'Ready', 'Running', 'ExitError'],
};

/** Where one extension stands, and the `next` it waits in. */
export class Extension {
  readonly id = randomUUID();
  readonly name: string;
  readonly external: boolean;
  state: State = 'Started';
  events: readonly ExtensionEvent[] = [];
  errorType: string | undefined;
  private parked: ServerResponse | undefined;
  /** Whether SHUTDOWN has gone out as the answer to one of its calls. */
  tookShutdown = false;
  private pending: {body: object; headers: Record<string, string>} | undefined;

  constructor(name: string, external: boolean) {
    this.name = name;
    this.external = external;
  }

  /** Whether it has registered, whatever became of it since. */
  get registered(): boolean {
    return this.state !== 'Started' && this.state !== 'LaunchError';
  }

  listensTo(event: ExtensionEvent): boolean {
    return this.events.includes(event);
  }

  /** Takes the step, or tells why not. */
  become(wanted: Wanted): string | undefined {
    if (!allowed[wanted].includes(this.state)) {
      const step = `State transition from ${this.state} to ${wanted} failed for extension ${this.name}.`;
      return `${step} Error: State transition is not allowed`;
    }
    this.state = wanted;
    return undefined;
  }

  /** Keeps a call of `next` until there is something to tell. */
  park(response: ServerResponse): void {
    this.parked = response;
    response.on('close', () => {
      if (this.parked !== response) return;
      // The caller gave up: it may ask again.
      this.parked = undefined;
      if (this.state === 'Ready') this.state = 'Running';
    });
    this.flush();
  }

  sendInvoke(invocation: Invocation, deadlineMs: number): void {
    const tracing = invocation.traceId && {tracing: {type: 'X-Amzn-Trace-Id', value: invocation.traceId}};
    const body = {
      eventType: 'INVOKE',
      deadlineMs,
      requestId: invocation.requestId,
      invokedFunctionArn: invocation.invokedFunctionArn,
      ...tracing,
    };
    this.tell(body, {'Lambda-Extension-Event-Identifier': randomUUID()});
  }

  /** A busy extension gets it at its next call of `next`. */
  sendShutdown(reason: ShutdownReason, deadlineMs: number): void {
    this.tell({eventType: 'SHUTDOWN', shutdownReason: reason, deadlineMs}, {});
  }

  private tell(body: object, headers: Record<string, string>): void {
    this.pending = {body, headers};
    this.flush();
  }

  private flush(): void {
    const {parked, pending} = this;
    if (!parked || !pending) return;
    this.parked = undefined;
    this.pending = undefined;
    this.state = 'Running';
    this.tookShutdown ||= 'shutdownReason' in pending.body;
    answerJson(parked, 200, pending.body, pending.headers);
  }
}

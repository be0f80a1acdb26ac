import type {Settings} from '../../settings.ts';
import {ServiceError} from '../../wire/service.ts';
import type {FunctionReference} from '../functions/names.ts';
import type {Invoker, LambdaEvent} from './invoker.ts';

type Waits = Pick<Settings, 'asyncRetryMs' | 'asyncThrottleMs'>;

const awsRetrySeconds = [60, 120];

/**
 * Events of asynchronous invokes. A function error is retried as often as there are waits in the settings,
 * with the same request id; while throttled the event stays in the queue. At-least-once, as on AWS.
 */
export class AsyncQueue {
  readonly #invoker: Pick<Invoker, 'invoke'>;
  readonly #waits: Waits;
  readonly #onNotice: (text: string) => void;
  readonly #closing = new AbortController();

  constructor(invoker: Pick<Invoker, 'invoke'>, waits: Waits, onNotice: (text: string) => void) {
    this.#invoker = invoker;
    this.#waits = waits;
    this.#onNotice = onNotice;
  }

  add(reference: FunctionReference, event: LambdaEvent): void {
    this.#deliver(reference, event).catch(error => this.#dropped(reference, event, error));
  }

  /** What waits for a retry is given up. */
  close(): void {
    this.#closing.abort();
  }

  async #deliver(reference: FunctionReference, event: LambdaEvent): Promise<void> {
    const {asyncRetryMs} = this.#waits;
    for (let attempt = 0; ; attempt++) {
      const failed = await this.#untilAccepted(reference, event);
      if (!failed) return;
      const ms = asyncRetryMs[attempt];
      if (ms === undefined) throw new Error(`the function failed ${attempt + 1} times`);
      const aws = awsRetrySeconds[attempt];
      this.#onNotice(
        `${nameOf(reference, event)} failed, retry ${attempt + 1} of ${asyncRetryMs.length} in ${ms / 1_000} s${aws === undefined ? '' : ` (${aws} s on AWS)`}.`,
      );
      await this.#wait(ms);
    }
  }

  /** Whether the function failed. */
  async #untilAccepted(reference: FunctionReference, event: LambdaEvent): Promise<boolean> {
    const {first, most, age} = this.#waits.asyncThrottleMs;
    const until = Date.now() + age;
    for (let ms = first; ; ms = Math.min(ms * 2, most)) {
      try {
        const {answer} = await this.#invoker.invoke(reference, event);
        return answer.functionError !== undefined;
      } catch (error) {
        const again = error instanceof ServiceError && (error.status === 429 || error.status >= 500);
        if (!again || this.#closing.signal.aborted || Date.now() + ms > until) throw error;
        if (ms === first) {
          this.#onNotice(
            `${nameOf(reference, event)} is held back (${error.message}), tried again in ${ms / 1_000} s, then up to ${most / 1_000} s apart, as on AWS.`,
          );
        }
        await this.#wait(ms);
      }
    }
  }

  #wait(ms: number): Promise<void> {
    const {signal} = this.#closing;
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        clearTimeout(timer);
        reject(new Error('the embedded AWS is being stopped'));
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      }, ms);
      signal.addEventListener('abort', giveUp, {once: true});
      if (signal.aborted) giveUp();
    });
  }

  #dropped(reference: FunctionReference, event: LambdaEvent, error: unknown): void {
    if (this.#closing.signal.aborted) return;
    this.#onNotice(`${nameOf(reference, event)} dropped: ${(error as Error).message}.`);
  }
}

const nameOf = ({name}: FunctionReference, {requestId}: LambdaEvent) => `Asynchronous event ${requestId} of ${name}`;

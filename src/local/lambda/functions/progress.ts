import type {Settings} from '../../settings.ts';
import type {FunctionVersion, LambdaFunction} from './model.ts';

type Delays = Pick<Settings, 'functionCreateMs' | 'functionUpdateMs'>;

/**
 * The two changes that take Lambda time: `Pending` to `Active`, and an update from `InProgress` to `Successful`.
 * Until an update is through, invokes get the old configuration.
 */
export class Progress {
  readonly #delays: Delays;
  readonly #replaced: (old: FunctionVersion) => void;
  readonly #timers = new Map<LambdaFunction, NodeJS.Timeout>();

  /** `replaced` is told of every configuration that gets no more events. */
  constructor(delays: Delays, replaced: (old: FunctionVersion) => void) {
    this.#delays = delays;
    this.#replaced = replaced;
  }

  created(lambdaFunction: LambdaFunction): void {
    this.#after(lambdaFunction, this.#delays.functionCreateMs, () => {
      lambdaFunction.state = 'Active';
    });
  }

  updated(lambdaFunction: LambdaFunction, version: FunctionVersion): void {
    lambdaFunction.latest = version;
    lambdaFunction.updating = true;
    this.#after(lambdaFunction, this.#delays.functionUpdateMs, () => {
      const old = lambdaFunction.live;
      lambdaFunction.live = version;
      lambdaFunction.updating = false;
      this.#replaced(old);
    });
  }

  /** Nothing more happens to it. */
  stop(lambdaFunction: LambdaFunction): void {
    clearTimeout(this.#timers.get(lambdaFunction));
    this.#timers.delete(lambdaFunction);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #after(lambdaFunction: LambdaFunction, ms: number, change: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(lambdaFunction);
      change();
    }, ms);
    this.#timers.set(lambdaFunction, timer);
  }
}

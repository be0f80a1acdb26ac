/** Holds `burst` tokens, and gets one back every `everyMs`. Times are ms on the caller's clock, in which it begins full. */
export class TokenBucket {
  readonly #burst: number;
  readonly #everyMs: number;
  /** When it is full again. */
  #fullAt = Number.NEGATIVE_INFINITY;

  constructor(burst: number, everyMs: number) {
    this.#burst = burst;
    this.#everyMs = everyMs;
  }

  /** How long there is no token yet; 0 when there is one. */
  waitMs(now: number): number {
    return Math.max(0, this.#fullAt - (this.#burst - 1) * this.#everyMs - now);
  }

  take(now: number): void {
    this.#fullAt = Math.max(this.#fullAt, now) + this.#everyMs;
  }

  giveBack(): void {
    this.#fullAt -= this.#everyMs;
  }

  /** Whoever keeps the real count may have begun to count as late as now, when its answer came. */
  answered(now: number): void {
    if (this.#burst === 1) this.#fullAt = Math.max(this.#fullAt, now + this.#everyMs);
  }
}

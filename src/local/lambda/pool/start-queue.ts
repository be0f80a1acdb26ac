/** Lets a fixed number of starts run at once; the others wait in the order they came. */
export class StartQueue {
  #free: number;
  #closed: Error | undefined;
  readonly #waiting: {resolve: () => void; reject: (error: Error) => void}[] = [];

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  /** Runs when its turn has come. Rejects without running once the queue is closed. */
  async run<T>(start: () => Promise<T>): Promise<T> {
    await this.#turn();
    try {
      return await start();
    } finally {
      const next = this.#waiting.shift();
      if (next) next.resolve();
      else this.#free++;
    }
  }

  /** Whoever still waits is told why. */
  close(reason: Error): void {
    this.#closed = reason;
    for (const waiting of this.#waiting.splice(0)) waiting.reject(reason);
  }

  #turn(): Promise<void> {
    if (this.#closed) return Promise.reject(this.#closed);
    if (this.#free > 0) {
      this.#free--;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => this.#waiting.push({resolve, reject}));
  }
}

import type {Output} from '../output.ts';
import type {JournalTransition} from './journal.ts';

const everyMs = 1_000;

/** Which environments have shown themselves and are not gone, so that an end can say what it waits for. */
export class WhatsLeft {
  readonly #alive = new Set<string>();

  see({environment, to}: Pick<JournalTransition, 'environment' | 'to'>): void {
    if (to === 'gone') this.#alive.delete(environment);
    else this.#alive.add(environment);
  }

  /** Says at once how many get their SHUTDOWN, and every second how many still have not gone. */
  async while<T>(ending: Promise<T>, output: Output): Promise<T> {
    const count = () => `${this.#alive.size} environment${this.#alive.size === 1 ? '' : 's'}`;
    output.progress(
      this.#alive.size === 0
        ? 'Ending: no environment is left'
        : `Ending: ${count()} get${this.#alive.size === 1 ? 's its' : ' their'} SHUTDOWN (Ctrl-C again ends at once)`,
    );
    const timer = setInterval(() => output.progress(`Still ending: ${count()} left`), everyMs);
    try {
      return await ending;
    } finally {
      clearInterval(timer);
    }
  }
}

/** Those who wait for something to become true, asked again at every change. */
export class Conditions {
  private waiting: {condition: () => boolean; resolve: () => void}[] = [];

  /** Resolves as soon as `condition` holds. */
  until(condition: () => boolean): Promise<void> {
    return new Promise(resolve => {
      this.waiting.push({condition, resolve});
      this.changed();
    });
  }

  changed(): void {
    const met = this.waiting.filter(({condition}) => condition());
    this.waiting = this.waiting.filter(waiter => !met.includes(waiter));
    for (const {resolve} of met) resolve();
  }
}

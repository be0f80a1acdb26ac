import {randomInt} from 'node:crypto';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A random id as API Gateway makes them: lower-case letters and digits, 10 of them, 6 for authorizers, deployments and resources. */
export function newId(length: 6 | 10, taken: {has(id: string): boolean}): string {
  for (;;) {
    const id = Array.from({length}, () => letters[randomInt(letters.length)]).join('');
    if (!taken.has(id)) return id;
  }
}

/** API Gateway's dates have whole seconds. */
export function wholeSecond(now = Date.now()): Date {
  return new Date(Math.floor(now / 1_000) * 1_000);
}

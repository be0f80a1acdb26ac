import {RuntimeApiError} from './extensions-api.ts';

const pausesMs = [20, 100, 500, 1_000, 2_000];

/**
 * Repeats a call of the Extensions API that got no answer, for 3.6 s. Rejects with the last error, and at once when an
 * answer refused the call.
 */
export async function insist<T>(
  call: () => Promise<T>,
  wait: (ms: number) => Promise<void>,
  onFailure: (error: unknown) => void,
): Promise<T> {
  for (const pause of pausesMs) {
    try {
      return await call();
    } catch (error) {
      if (error instanceof RuntimeApiError && error.status !== undefined) throw error;
      onFailure(error);
      await wait(pause);
    }
  }
  return call();
}

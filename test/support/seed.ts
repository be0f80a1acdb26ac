/** Of everything random in one run of the tests; printed where a test fails. */
export const seed = Number(process.env.LIFECYCLE_SEED ?? Date.now() % 100_000);

/** Repeatable numbers from 0 to 1 (a linear congruential generator). */
export function numbers(start = seed): () => number {
  let state = start >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Runs it, and says what it was when it fails. */
export async function naming(what: object, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`With ${JSON.stringify(what)}, LIFECYCLE_SEED=${seed}: ${reason}`, {cause});
  }
}

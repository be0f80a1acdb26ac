/** Failed attempts of which it is not yet told, because it may be known in a moment whether they are repeated. */
const untold = new WeakMap<object, ((retryInMs?: number) => void)[]>();

/** Says that what failed with this error is tried again after a pause. */
export function willRetry(error: unknown, pauseMs: number): void {
  const waiting = typeof error === 'object' && error !== null ? untold.get(error) : undefined;
  for (const tell of waiting ?? []) tell(Math.round(pauseMs));
}

/** Calls `tell` once it is known whether the call is repeated: whoever repeats it decides so before the event loop turns. */
export function tellSoon(error: unknown, tell: (retryInMs?: number) => void): void {
  if (typeof error !== 'object' || error === null) {
    tell();
    return;
  }
  let told = false;
  const once = (retryInMs?: number): void => {
    if (!told) tell(retryInMs);
    told = true;
  };
  untold.set(error, [...(untold.get(error) ?? []), once]);
  setImmediate(() => once());
}

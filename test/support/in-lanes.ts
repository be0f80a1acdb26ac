/** Runs all of them, at most `lanes` at once; the lane's number says what may be shared. Rejects with the first failure. */
export async function inLanes<T>(
  items: readonly T[],
  lanes: number,
  run: (item: T, lane: number) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const work = async (lane: number): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await run(item, lane);
  };
  try {
    await Promise.all(Array.from({length: lanes}, (_, lane) => work(lane)));
  } finally {
    waiting.length = 0;
  }
}

import {setTimeout as pause} from 'node:timers/promises';

/** Asks until the answer is a 200, a minute long; gives what the request took that got it, in ms. */
export async function getUntilAnswered(url: string, everyMs: number): Promise<number> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const started = performance.now();
    const response = await fetch(url);
    const text = await response.text();
    if (response.status === 200) return performance.now() - started;
    if (performance.now() > deadline) throw new Error(`${url} answers ${response.status}: ${text}`);
    await pause(everyMs);
  }
}

import {setTimeout as sleep} from 'node:timers/promises';
import type {Stack} from './stack.ts';

const quietMs = 20;

/**
 * The calls of `run`, round by round: those of a round are held back until no more of them come, and go out together; what
 * is sent after one of a round has ended belongs to the next, however fast or slow each of them is.
 */
export async function roundsOf(stack: Stack, run: () => Promise<unknown>): Promise<string[][]> {
  const rounds: string[][] = [];
  let round: {operations: string[]; sent: Promise<void>} | undefined;
  let [waiting, under, lastAt] = [0, 0, 0];
  const gather = async (): Promise<void> => {
    do await sleep(quietMs);
    while (under > 0 || performance.now() - lastAt < quietMs);
    rounds.push(round!.operations.sort());
    round = undefined;
    under = waiting;
    waiting = 0;
  };
  const {way} = stack;
  stack.way = async (send, operation) => {
    round ??= {operations: [], sent: gather()};
    round.operations.push(operation);
    waiting++;
    lastAt = performance.now();
    await round.sent;
    try {
      return await send();
    } finally {
      under--;
      lastAt = performance.now();
    }
  };
  await run();
  stack.way = way;
  return rounds;
}

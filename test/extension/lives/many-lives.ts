import {inLanes} from '../../support/in-lanes.ts';
import {naming, numbers, seed} from '../../support/seed.ts';
import {unpackExtension} from '../extension-process.ts';
import {judge} from './life.ts';
import {liveReally} from './real-life.ts';
import {liveVirtually} from './virtual-life.ts';

/** Each life has numbers of its own, so that a failing one can be had alone. */
export async function liveVirtualLives(count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    await naming({life: number}, async () => judge(await liveVirtually(numbers(seed * 100_003 + number * 7_919))));
  }
}

export async function liveRealLives(count: number): Promise<void> {
  const layer = await unpackExtension();
  const lives = Array.from({length: count}, (_, number) => number);
  try {
    await inLanes(lives, 4, number =>
      naming({life: number}, async () => judge(await liveReally(layer.file, numbers(seed * 100_003 + number * 7_919)))),
    );
  } finally {
    await layer.remove();
  }
}

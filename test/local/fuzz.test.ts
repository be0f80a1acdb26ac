import {afterAll, beforeAll, expect, it} from 'vitest';
import {randomFrom} from '../../src/local/behaviour/seeded-random.ts';
import {type LocalAws, startLocalAws} from '../../src/local/start.ts';
import {brokenRequest, inParallel, seeds, statusOf, textOf} from './wire/broken-requests.ts';
import {seedOfRun} from './wire/mutations.ts';
import {sendRaw} from './wire/sockets.ts';

const notices: string[] = [];
let local: LocalAws;
beforeAll(async () => {
  local = await startLocalAws({port: 0, onNotice: text => notices.push(text)});
});
afterAll(() => local.close());

it('finds no defect in any service with 2,000 mutated requests', async () => {
  const seed = seedOfRun();
  console.log(`LIFECYCLE_SEED=${seed}`);
  const random = randomFrom(seed);
  const broken = Array.from({length: 2_000}, () => brokenRequest(random));
  await inParallel(broken, 16, text => statusOf(local.port, text));
  expect(notices.filter(text => text.includes('failed in'))).toEqual([]);
  const [first] = seeds;
  expect(first && (await sendRaw(local.port, textOf(first))).status).toBe(200);
});

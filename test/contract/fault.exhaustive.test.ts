import {describe, it} from 'vitest';
import {type Fault, faultKinds} from '../support/faults.ts';
import {inLanes} from '../support/in-lanes.ts';
import {naming} from '../support/seed.ts';
import {embedded} from './embedded.ts';
import {everyCall, type Meeting, provideExposed} from './exposed.ts';
import {isRead} from './stack.ts';

describe('every fault at every call', () => {
  const lanes = provideExposed(embedded, 6);

  it('is got over', {timeout: 300_000}, async () => {
    const calls = await everyCall(lanes[0]!);
    const [deploy, teardown] = [calls.deploy, calls.teardown].map(list => list.flatMap(faultsAt)) as [Fault[], Fault[]];
    const pairs = Array.from({length: Math.max(deploy.length, teardown.length)}, (_, at) => ({
      deploy: deploy[at % deploy.length]!,
      teardown: teardown[at % teardown.length]!,
    }));
    await inLanes(pairs, lanes.length, (each, lane) => naming(each, () => lanes[lane]!.expectConvergence(each)));
  });
});

/** Without an answer it is the same whether a read was done; held up, it only takes longer. */
function faultsAt(call: Meeting): Fault[] {
  const kinds = isRead(call.operation ?? '') ? faultKinds.filter(kind => !/after|slow/.test(kind)) : faultKinds;
  return kinds.map(kind => ({kind, ...call}));
}

import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {EventBuffer} from '../../../../src/local/lambda/telemetry/buffer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const limits = {maxItems: 3, maxBytes: 10, timeoutMs: 100};
type Step = string | number | 'flush' | 'close';

/** Texts are added, numbers are milliseconds that pass. */
const table: [name: string, steps: Step[], batches: string[][]][] = [
  ['nothing makes no batch', [1_000, 'flush'], []],
  ['one item waits for the time', ['a', 99], []],
  ['the time counts from the first item', ['a', 60, 'b', 40, 'c', 99], [['a', 'b']]],
  ['the time starts again with the next batch', ['a', 100, 50, 'b', 99], [['a']]],
  ['as many items as asked for', ['a', 'b', 'c', 'd'], [['a', 'b', 'c']]],
  ['as many bytes as asked for', ['12345', '67890', 'a'], [['12345', '67890']]],
  ['bytes, not characters', ['ééé', 'éé'], [['ééé', 'éé']]],
  ['an item larger than the limit goes whole', ['1234567890123'], [['1234567890123']]],
  ['a full batch takes its time limit along', ['a', 50, 'b', 'c', 60, 'd', 99], [['a', 'b', 'c']]],
  ['what is handed over early does not come twice', ['a', 'flush', 200], [['a']]],
  ['what is forgotten never comes', ['a', 'close', 200, 'flush'], []],
];

test.each(table)('%s', (_name, steps, expected) => {
  const batches: string[][] = [];
  const buffer = new EventBuffer(limits, batch => {
    expect(batch.bytes).toBe(Buffer.byteLength(batch.items.join('')));
    batches.push(batch.items);
  });
  for (const step of steps) {
    if (typeof step === 'number') vi.advanceTimersByTime(step);
    else if (step === 'flush') buffer.flush();
    else if (step === 'close') buffer.close();
    else buffer.add(step);
  }
  expect(batches).toEqual(expected);
});

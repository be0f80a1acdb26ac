import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {Outbox} from '../../../../src/local/lambda/telemetry/outbox.ts';
import {defaultSettings} from '../../../../src/local/settings.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const settings = {...defaultSettings.telemetry, retryMs: [100, 200], deliveryMs: 1_000, queueLimitBytes: 4};
type Reply = 'ok' | 'fail' | 'hang';

/** A consumer that answers in turn as told, and with `ok` afterwards; `hang` waits until it is given up. */
function outboxTo(replies: Reply[]) {
  const sent: {at: number; items: readonly string[]}[] = [];
  const startedAt = Date.now();
  const outbox = new Outbox(
    settings,
    (items, signal) => {
      sent.push({at: Date.now() - startedAt, items});
      const reply = replies.shift() ?? 'ok';
      if (reply !== 'hang') return Promise.resolve(reply === 'ok');
      return new Promise(resolve => signal.addEventListener('abort', () => resolve(false)));
    },
    ({droppedRecords, droppedBytes}) => `dropped ${droppedRecords} of ${droppedBytes} bytes`,
  );
  const add = (...items: string[]) => outbox.add({items, bytes: items.join('').length});
  return {outbox, add, sent};
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('delivers in order, one after the other', async () => {
  const {add, sent} = outboxTo([]);
  add('a', 'b');
  add('c');
  await pass(0);
  expect(sent).toEqual([
    {at: 0, items: ['a', 'b']},
    {at: 0, items: ['c']},
  ]);
  add('d');
  await pass(0);
  expect(sent.at(-1)).toEqual({at: 0, items: ['d']});
});

test('tries again after longer and longer waits, and keeps the order', async () => {
  const {add, sent} = outboxTo(['fail', 'fail', 'ok']);
  add('a');
  add('b');
  await pass(1_000);
  expect(sent).toEqual([
    {at: 0, items: ['a']},
    {at: 100, items: ['a']},
    {at: 300, items: ['a']},
    {at: 300, items: ['b']},
  ]);
});

test('drops what fails every time, and tells of it once with the next events', async () => {
  const {add, sent} = outboxTo(['fail', 'fail', 'fail']);
  add('a', 'bc');
  await pass(1_000);
  expect(sent).toHaveLength(3);
  add('d');
  add('e');
  await pass(0);
  expect(sent.slice(3).map(({items}) => items)).toEqual([['dropped 2 of 3 bytes', 'd'], ['e']]);
});

test('what is lost while the loss is told of is told next time', async () => {
  const {add, sent} = outboxTo(['fail', 'fail', 'fail', 'hang', 'ok']);
  add('a');
  await pass(1_000);
  add('b');
  await pass(0);
  add('too long');
  await pass(5_000);
  add('c');
  await pass(0);
  expect(sent.slice(3).map(({items}) => items)).toEqual([
    ['dropped 1 of 1 bytes', 'b'],
    ['dropped 2 of 9 bytes', 'b'],
    ['c'],
  ]);
});

test('gives up on a consumer that does not answer, and drops what the queue cannot take', async () => {
  const {add, sent} = outboxTo(['hang']);
  add('ab');
  add('cd');
  add('e');
  await pass(999);
  expect(sent).toHaveLength(1);
  await pass(101);
  expect(sent.slice(1)).toEqual([
    {at: 1_100, items: ['dropped 1 of 1 bytes', 'ab']},
    {at: 1_100, items: ['cd']},
  ]);
});

test('delivers nothing while frozen, and does not hold the freeze against the consumer', async () => {
  const {outbox, add, sent} = outboxTo(['hang', 'ok']);
  outbox.pause();
  add('a');
  await pass(60_000);
  expect(sent).toEqual([]);
  outbox.resume();
  await pass(500);
  expect(sent).toHaveLength(1);
  outbox.pause();
  await pass(60_000);
  outbox.resume();
  await pass(999);
  expect(sent).toHaveLength(1);
  await pass(101);
  expect(sent).toHaveLength(2);
});

test('a freeze between two tries keeps the events', async () => {
  const {outbox, add, sent} = outboxTo(['fail', 'ok']);
  add('a');
  await pass(50);
  outbox.pause();
  await pass(60_000);
  expect(sent).toHaveLength(1);
  outbox.resume();
  await pass(0);
  expect(sent.map(({items}) => items)).toEqual([['a'], ['a']]);
});

test('at the end each batch is tried once more, without waits', async () => {
  const {outbox, add, sent} = outboxTo(['fail', 'fail', 'ok']);
  add('a');
  add('b');
  add('c');
  await pass(50);
  await outbox.drain();
  expect(sent.map(({at, items}) => [at, items[0]])).toEqual([
    [0, 'a'],
    [50, 'dropped 1 of 1 bytes'],
    [50, 'dropped 2 of 2 bytes'],
  ]);
});

test('after the end nothing is delivered', async () => {
  const {outbox, add, sent} = outboxTo(['hang']);
  add('a');
  await pass(0);
  outbox.close();
  add('b');
  await pass(10_000);
  expect(sent).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});

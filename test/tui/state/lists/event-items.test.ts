import {expect, test} from 'vitest';
import {type DeliveryMessage, message} from '../../../../src/lifecycle/message.ts';
import {createEventItems} from '../../../../src/tui/state/lists/event-items.ts';
import {ids, someEnvironments, someEvent, someState} from '../../../support/fake-session.ts';

const one = someEnvironments[0]!;
const withMissing = (missing: number) => ({...someState().environments, list: [{...one, missing}]});
const shown = (items: ReturnType<ReturnType<typeof createEventItems>>) =>
  items.map(item =>
    item.type === 'event'
      ? item.sequence
      : item.type === 'gap'
        ? `${item.missing} missing`
        : `webhook ${item.eventType}`,
  );
const delivery = (at: string) =>
  message<DeliveryMessage>(
    {type: 'delivery', eventId: 'e', eventType: 'INVOKE', environmentId: ids[0], requestId: 'r', status: 200, bytes: 9},
    new Date(at),
  );

test.each([
  ['nothing', [1, 2, 3], 0, [1, 2, 3]],
  ['one between', [1, 3], 1, [1, '1 missing', 3]],
  ['several gaps', [1, 4, 5, 7], 3, [1, '2 missing', 4, 5, '1 missing', 7]],
  ['the first ones', [3, 4], 2, ['2 missing', 3, 4]],
  ['before and between', [2, 4], 2, ['1 missing', 2, '1 missing', 4]],
  ['before the window: not missing, only old', [7, 9], 1, [7, '1 missing', 9]],
])('missing: %s', (_, sequences, missing, expected) => {
  const events = sequences.map((sequence, index) => someEvent(index, {sequence}));
  const items = createEventItems()({events, deliveries: [], environments: withMissing(missing)});
  expect(shown(items)).toEqual(expected);
});

test('events of other environments lie between, and have gaps of their own', () => {
  const events = [
    someEvent(0, {sequence: 1}),
    someEvent(1, {sequence: 1, environmentId: ids[1]}),
    someEvent(2, {sequence: 3}),
    someEvent(3, {sequence: 4, environmentId: ids[1]}),
  ];
  const items = createEventItems()({events, deliveries: [], environments: withMissing(1)});
  expect(shown(items)).toEqual([1, 1, '1 missing', 3, 4]);
});

test('webhook deliveries are where their time puts them', () => {
  const events = [someEvent(0, {}), someEvent(1, {})];
  const at = (index: number, ms: number) => new Date(Date.parse(events[index]!.timestamp) + ms).toISOString();
  const deliveries = [delivery(at(0, 40)), delivery(at(1, 40))];
  const items = createEventItems()({events, deliveries, environments: withMissing(0)});
  expect(shown(items)).toEqual([1, 'webhook INVOKE', 1, 'webhook INVOKE']);
});

test('a gap is the same row as long as it says the same', () => {
  const itemsOf = createEventItems();
  const events = [someEvent(0, {sequence: 1}), someEvent(1, {sequence: 4})];
  const before = itemsOf({events, deliveries: [], environments: withMissing(2)});
  const more = [...events, someEvent(2, {sequence: 5})];
  const after = itemsOf({events: more, deliveries: [], environments: withMissing(2)});
  expect(after[1]).toBe(before[1]);
  const filled = [events[0]!, someEvent(5, {sequence: 2}), ...more.slice(1)];
  expect(shown(itemsOf({events: filled, deliveries: [], environments: withMissing(1)}))).toEqual([
    1,
    2,
    '1 missing',
    4,
    5,
  ]);
});

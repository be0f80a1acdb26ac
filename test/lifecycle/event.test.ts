import {expect, test} from 'vitest';
import {fromItem, type LifecycleEvent, toItem} from '../../src/lifecycle/event.ts';

const event: LifecycleEvent = {
  eventId: '0b5f6c4e-0000-4000-8000-000000000001',
  timestamp: '2026-11-20T12:00:00.000Z',
  writtenAt: '2026-11-20T12:00:00.010Z',
  eventType: 'SHUTDOWN',
  functionName: 'lambda-target-demo',
  functionVersion: '$LATEST',
  environmentId: 'e1',
  environmentStartedAt: '2026-11-20T11:59:00.000Z',
  generation: 1,
  sequence: 3,
  initType: 'on-demand',
  requestId: 'N/A',
  invocation: 2,
  shutdownReason: 'spindown',
  lastRequestId: 'r2',
  parkedMs: 50_000,
  extensionMs: 12,
  ttl: 1_795_000_000,
};

test('an event survives the way through an item', () => {
  expect(fromItem(toItem(event))).toEqual(event);
  const invoke: LifecycleEvent = {...event, eventType: 'INVOKE', cold: true, requestId: 'r3', shutdownReason: 'N/A'};
  expect(fromItem(toItem(invoke))).toEqual(invoke);
});

test('types of an item are those the index keys were declared with', () => {
  const item = toItem(event);
  expect(item.timestamp).toEqual({S: event.timestamp});
  expect(item.functionName).toEqual({S: event.functionName});
  expect(item.ttl).toEqual({N: '1795000000'});
  expect(item).not.toHaveProperty('cold');
});

test.each([
  ['undefined', undefined],
  ['null', null],
  ['a string', 'x'],
  ['an empty item', {}],
  ['a null member', {...toItem(event), eventId: null}],
  ['no environment', without('environmentId')],
  ['no function', without('functionName')],
  ['another event type', {...toItem(event), eventType: {S: 'INIT'}}],
  ['a time of another form', {...toItem(event), timestamp: {S: 'yesterday'}}],
  ['an impossible time', {...toItem(event), timestamp: {S: '2026-13-41T25:00:00Z'}}],
  ['a numeric time', {...toItem(event), timestamp: {N: '1'}}],
  ['an id of a megabyte', {...toItem(event), eventId: {S: 'x'.repeat(1_000_000)}}],
  ['an inherited member', Object.create(toItem(event))],
])('no event: %s', (_, item) => {
  expect(fromItem(item)).toBeUndefined();
});

test('members of the wrong type say least', () => {
  const item = {
    ...toItem(event),
    sequence: {N: 'NaN'},
    parkedMs: {N: '1e999'},
    cold: {BOOL: 'yes'},
    generation: {S: '9'},
  };
  expect(fromItem(item)).toMatchObject({sequence: 0, generation: 1});
  expect(fromItem(item)).not.toHaveProperty('parkedMs');
  expect(fromItem(item)).not.toHaveProperty('cold');
});

function without(name: string) {
  const {[name]: _, ...rest} = toItem(event);
  return rest;
}

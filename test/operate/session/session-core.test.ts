import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {message} from '../../../src/lifecycle/message.ts';
import type {FunctionMessage, ShutdownMessage, ShutdownWay} from '../../../src/lifecycle/session-message.ts';
import {createSessionCore, type SessionCore} from '../../../src/operate/session/session-core.ts';

let core: SessionCore;
beforeEach(() => {
  vi.useFakeTimers();
  core = createSessionCore({clock: () => 0});
});
afterEach(() => {
  core.close();
  vi.useRealTimers();
});

const changed = (lastModified: number) =>
  core.take([message<FunctionMessage>({type: 'function', environments: [], lastModified})]);
const order = (how: ShutdownWay, startedAt: number, expected: string[]) =>
  core.take([message<ShutdownMessage>({type: 'shutdown', status: 'ordered', how, waitMs: 1, startedAt, expected})]);

test('every change of the function is kept, once, and whose end was ordered', () => {
  changed(1_000);
  changed(1_000);
  order('update', 2_000, ['a', 'b']);
  changed(2_010);
  order('timeout', 3_000, ['b', 'c']);
  core.flush();
  const {functionChanges, ordered} = core.getState();
  expect(functionChanges).toEqual([1_000, 2_000, 2_010]);
  // A timeout only resets: what ends b and c after it need not have been asked for.
  expect(Object.fromEntries(ordered)).toEqual({a: 2_000, b: 2_000});
});

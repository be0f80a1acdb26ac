import {expect, test} from 'vitest';
import {type Environments, emptyEnvironments} from '../../src/lifecycle/environment.ts';
import type {EventMessage, LogMessage, Message} from '../../src/lifecycle/message.ts';
import {reduceEnvironments} from '../../src/lifecycle/reduce-environments.ts';
import {startingEnvironments} from '../../src/lifecycle/starting.ts';
import {eventMessage, logMessage} from '../operate/fakes.ts';

const target = 'lambda-target-demo';
const initText = 'INIT_START Runtime Version: nodejs:24.v18\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:0';
const startText = 'START RequestId: 7e8a3f10-0000-4000-8000-000000000001 Version: $LATEST';

const line = (message: string, timestamp: number, more: Partial<LogMessage> = {}): LogMessage =>
  logMessage({message, timestamp, stream: 's-1', ...more});
const event = (startedAt: number, more: Partial<EventMessage> = {}): EventMessage =>
  eventMessage({
    environmentId: 'env-1',
    environmentStartedAt: new Date(startedAt).toISOString(),
    timestamp: new Date(startedAt + 300).toISOString(),
    ...more,
  });
const fold = (...messages: Message[]): Environments => messages.reduce(reduceEnvironments, emptyEnvironments);
const begin = Date.UTC(2026, 10, 20, 12);

test('a stream without INVOKE is an environment in its init', () => {
  const state = fold(line(initText, begin));
  expect(state.list).toEqual([]);
  expect(startingEnvironments(state, target)).toEqual([
    {state: 'init', stream: 's-1', functionName: target, startedAt: begin},
  ]);
  expect(startingEnvironments(state, 'lambda-authorizer-demo')).toEqual([]);
});

test('its START says that it was invoked, though no event has come', () => {
  const state = fold(line(initText, begin), line(startText, begin + 400));
  expect(startingEnvironments(state, target)).toMatchObject([{invokedAt: begin + 400}]);
});

test('once joined it is its environment, which then knows when its init began', () => {
  const state = fold(line(initText, begin), event(begin + 90), line(startText, begin + 400, {environmentId: 'env-1'}));
  expect(state.starting).toEqual([]);
  expect(state.list).toMatchObject([{id: 'env-1', logStream: 's-1', initStartedAt: begin}]);
});

test('an INIT_START that comes after the join only tells when the init began, and the first one counts', () => {
  const joined = [event(begin + 90), line(startText, begin + 400, {environmentId: 'env-1'})];
  const state = fold(
    ...joined,
    line(initText, begin, {environmentId: 'env-1'}),
    line(initText, begin + 60_000, {environmentId: 'env-1'}),
  );
  expect(state.starting).toEqual([]);
  expect(state.list[0]?.initStartedAt).toBe(begin);
});

test.each([
  ['started in its init', 90, 0],
  ['started before it', -5_000, 1],
  ['started too long after any init', 60_000, 1],
])('beside an environment whose stream is not known yet, and which %s', (_, after, rows) => {
  const state = fold(line(initText, begin), event(begin + after));
  expect(startingEnvironments(state, target)).toHaveLength(rows);
});

test('one environment hides one stream, not two', () => {
  const state = fold(line(initText, begin), line(initText, begin + 5, {stream: 's-2'}), event(begin + 90));
  expect(startingEnvironments(state, target)).toMatchObject([{stream: 's-2'}]);
});

test('a line that only says so is not the platform', () => {
  expect(fold(line('I say INIT_START Runtime Version: x', begin)).starting).toEqual([]);
});

test('streams that never tell anything are forgotten, and there are never too many', () => {
  const many = Array.from({length: 150}, (_, n) => line(initText, begin + n, {stream: `s-${n}`}));
  expect(fold(...many).starting).toHaveLength(100);
  expect(fold(...many, line(initText, begin + 1_300_000, {stream: 'late'})).starting).toMatchObject([{stream: 'late'}]);
});

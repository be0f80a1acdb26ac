import {expect, test} from 'vitest';
import {firstPlan, isThrottled, type Plan, type PlanField, readPlan} from '../../../../src/tui/state/requests/plan.ts';
import {editPlan, pasteIntoPlan} from '../../../../src/tui/state/requests/plan-keys.ts';

test.each<[Partial<Plan>, object]>([
  [{}, {count: 100, concurrency: 5, sleepMs: 200, via: 'api'}],
  [{sleepMs: '0'}, {count: 100, concurrency: 5, via: 'api'}],
  [
    {rate: '0.5', via: 'invoke'},
    {count: 100, concurrency: 5, sleepMs: 200, rate: 0.5, via: 'invoke'},
  ],
  [
    {count: '1', concurrency: '40', sleepMs: '5000', rate: '20'},
    {count: 1, concurrency: 40, sleepMs: 5_000, rate: 20, via: 'api'},
  ],
])('%j is a request', (patch, request) => {
  expect(readPlan({...firstPlan, ...patch})).toEqual({request});
});

test.each<[Partial<Plan>, object]>([
  [{count: ''}, {count: 'is missing'}],
  [{count: '0'}, {count: 'must be 1 to 100000'}],
  [{count: '1.5'}, {count: 'is not a whole number'}],
  [{concurrency: '41'}, {concurrency: 'must be 1 to 40'}],
  [{concurrency: '1001', via: 'invoke'}, {concurrency: 'must be 1 to 1000'}],
  [{sleepMs: '5001'}, {sleepMs: 'must be 0 to 5000'}],
  [{rate: '21'}, {rate: 'must be at most 20'}],
  [{rate: '0'}, {rate: 'must be > 0, or empty'}],
  [{rate: '1.234'}, {rate: 'is no number like 0.5'}],
  [
    {count: '', rate: '..'},
    {count: 'is missing', rate: 'is no number like 0.5'},
  ],
])('%j is refused by field', (patch, errors) => {
  expect(readPlan({...firstPlan, ...patch})).toEqual({errors});
});

test.each<[string, Partial<Plan>, boolean]>([
  ['as it is at first', {}, false],
  ['no more than the burst', {count: '40', concurrency: '40', sleepMs: '0'}, false],
  ['more than the burst at full speed', {count: '300', concurrency: '40', sleepMs: '0'}, true],
  ['slow enough by its sleep', {count: '300', concurrency: '10', sleepMs: '500'}, false],
  ['too fast for its sleep', {count: '300', concurrency: '40', sleepMs: '500'}, true],
  ['paced', {count: '300', concurrency: '40', sleepMs: '0', rate: '20'}, false],
  ['past the API', {count: '300', concurrency: '40', sleepMs: '0', via: 'invoke'}, false],
])('a plan %s: the stage throttles it or not', (_, patch, throttled) => {
  const read = readPlan({...firstPlan, ...patch});
  expect('request' in read && isThrottled(read.request)).toBe(throttled);
});

const overlay = {kind: 'plan', plan: firstPlan, field: 'count'} as const;

test('keys move between the fields in a ring, and type only what a number can have', () => {
  const after = (...keys: string[]) => keys.reduce<Parameters<typeof editPlan>[0]>(editPlan, overlay);
  expect(after('tab').field).toBe('concurrency');
  expect(after('shift+tab').field).toBe('via');
  expect(after('down', 'down', 'down', 'down', 'down').field).toBe('count');
  expect(after('up').field).toBe('via');
  expect(after('x', 'backspace', '7').plan.count).toBe('107');
  expect(after('ctrl+u', '1', '2', '3', '4', '5', '6', '7', '8', '9', '0').plan.count).toBe('123456789');
  expect(after('up', 'space').plan.via).toBe('invoke');
  expect(after('up', 'right', 'left').plan.via).toBe('api');
  expect(after('up', '7').plan).toEqual(firstPlan);
});

test('once errors are shown, they follow what is typed', () => {
  const wrong = {...overlay, plan: {...firstPlan, count: '0'}, errors: {count: 'must be 1 to 100000'}};
  expect(editPlan(wrong, '5').errors).toEqual({});
  expect(editPlan(editPlan(wrong, '5'), 'ctrl+u').errors).toEqual({count: 'is missing'});
});

test.each<[PlanField, string, string | undefined]>([
  ['count', '250', '250'],
  ['concurrency', '8', '8'],
  ['sleepMs', '1500', '1500'],
  ['sleepMs', '1.5s', '1500'],
  ['sleepMs', '200 ms', '200'],
  ['rate', '0.5', '0.5'],
  ['rate', '2s', undefined],
  ['count', '2s', undefined],
  ['count', '1,000', undefined],
  ['count', '-5', undefined],
  ['count', '1234567890', undefined],
  ['count', '', undefined],
  ['sleepMs', 'soon', undefined],
  ['via', 'invoke', undefined],
])('%s takes a paste of "%s" as %s', (field, text, value) => {
  const pasted = pasteIntoPlan({...overlay, field}, text);
  expect(pasted?.plan).toEqual(value === undefined ? undefined : {...firstPlan, [field]: value});
});

test('a paste corrects an error that is shown', () => {
  const wrong = {...overlay, plan: {...firstPlan, count: '0'}, errors: {count: 'must be 1 to 100000'}};
  expect(pasteIntoPlan(wrong, '7')?.errors).toEqual({});
});

import {expect, test} from 'vitest';
import {fileName, someNumber} from '../../../src/tui/keys/argument.ts';
import {firstPlan} from '../../../src/tui/state/requests/plan.ts';
import {planAfter, planArgument} from '../../../src/tui/state/requests/plan-argument.ts';

test.each([
  ['errors.txt', true],
  ['errors', true],
  ['my errors.log', true],
  ['/etc/passwd', false],
  ['../up', false],
  ['..', false],
  ['.hidden', false],
  ['a/b', false],
  ['a\\b', false],
  ['a\u0000b', false],
  ['a\x1b[2Jb', false],
  ['a'.repeat(101), false],
])('%j is the name of a file: %s', (text, fits) => {
  expect(fileName.misfit(text) === undefined).toBe(fits);
});

test.each([
  ['0.1', true],
  ['30', true],
  ['1000', true],
  ['1001', false],
  ['0', false],
  ['-1', false],
  ['fast', false],
  ['1e3', false],
])('%s is a speed: %s', (text, fits) => {
  expect(someNumber(0.1, 1_000).misfit(text) === undefined).toBe(fits);
});

test.each([
  ['200', {count: '200'}],
  ['200 10', {count: '200', concurrency: '10'}],
  ['200  10 1.5s 0.5', {count: '200', concurrency: '10', sleepMs: '1500', rate: '0.5'}],
  ['200 10 500', {count: '200', concurrency: '10', sleepMs: '500'}],
])('%j is a plan', (text, patch) => {
  expect(planArgument.misfit(text)).toBeUndefined();
  expect(planAfter(text, firstPlan)).toEqual({...firstPlan, ...patch});
});

test.each([
  ['many', 'COUNT is not a whole number'],
  ['0', 'COUNT must be 1 to 100000'],
  ['10 5 6s', 'SLEEP must be 0 to 5000'],
  ['10 2000 1h', 'AT-ONCE must be 1 to 1000, SLEEP must be 0 to 5000'],
  ['1 2 3 4 5', 'takes COUNT, AT-ONCE, SLEEP and RATE, or the first of them'],
])('%j is no plan', (text, misfit) => {
  expect(planArgument.misfit(text)).toBe(misfit);
});

import {expect, test} from 'vitest';
import {createReadingProblems} from '../../../src/operate/session/reading-problems.ts';

function listen() {
  const told: string[] = [];
  const after = createReadingProblems(messages => {
    for (const one of messages) told.push(`${one.type}: ${one.text ?? 'none'}`);
  });
  return {told, after};
}

test('a trouble is a notice once, and the problem until a read goes well', () => {
  const {told, after} = listen();
  after('the table', undefined);
  expect(told).toEqual([]);
  after('the table', new Error('no way'));
  after('the table', new Error('no way'));
  expect(told).toEqual([
    expect.stringMatching(/^notice: Reading the table failed: .*no way\. Trying again\.$/),
    expect.stringMatching(/^problem: Reading the table failed: .*no way$/),
  ]);
  after('the table', undefined);
  expect(told.at(-1)).toBe('problem: none');
});

test('of several the oldest is the problem, and the next one once it is over', () => {
  const {told, after} = listen();
  after('the table', new Error('first'));
  after('the logs', new Error('second'));
  expect(told.filter(one => one.startsWith('problem'))).toHaveLength(1);
  after('the table', undefined);
  expect(told.at(-1)).toContain('problem: Reading the logs failed');
  after('the logs', new Error('third'));
  expect(told.slice(-2)).toEqual([
    expect.stringMatching(/^notice: .*third/),
    expect.stringMatching(/^problem: .*third/),
  ]);
});

import {expect, test} from 'vitest';
import {journalHeader, noticeRow, transitionRow} from '../../../src/cli/local/journal.ts';
import type {Part} from '../../../src/cli/output.ts';
import type {Transition} from '../../../src/local/lambda/environment/environment.ts';

const plain = (parts: Part[]) =>
  parts
    .map(part => (typeof part === 'object' ? part.text : part || ''))
    .join('')
    .trimEnd();
const row = (more: Partial<Transition>) =>
  plain(
    transitionRow(
      {
        at: '2026-11-21T05:03:12.204Z',
        environment: '3fa91c02d1',
        functionName: 'f',
        from: 'ready',
        to: 'gone',
        ms: 0,
        ...more,
      },
      90,
    ),
  );
const extension = (outcome: 'exited' | 'failed' | 'killed' | 'unsubscribed' | 'gone', delivered = true) => ({
  ...{name: 'x', outcome, delivered, ms: 88},
});

test.each<[string, Partial<Transition>, string]>([
  ['an init', {from: 'init', to: 'ready', ms: 182}, 'init → ready                182 ms'],
  ['the first event', {to: 'invoking', cold: true, requestId: 'r1'}, 'ready → invoking              0 ms  cold  r1'],
  ['a later event', {to: 'invoking', cold: false, requestId: 'r1'}, 'ready → invoking              0 ms  warm  r1'],
  ['an answer', {from: 'invoking', to: 'ready', requestId: 'r1', ms: 26}, 'invoking → ready             26 ms'],
  [
    'an error of the function',
    {from: 'invoking', to: 'ready', requestId: 'r1', errorType: 'TypeError'},
    'invoking → ready              0 ms  function error TypeError  r1',
  ],
  [
    'the end of an idle one',
    {to: 'shutting-down', reason: 'spindown', budgetMs: 2_000, ms: 20_000},
    'ready → shutting-down       20.0 s  SHUTDOWN spindown, 2.0 s to go',
  ],
  [
    'the end of one without extensions',
    {to: 'shutting-down', reason: 'spindown'},
    'ready → shutting-down         0 ms  SHUTDOWN spindown, no extension to tell',
  ],
  [
    'an init that failed',
    {from: 'init', to: 'shutting-down', reason: 'failure', errorType: 'Extension.Crash', budgetMs: 2_000},
    'init → shutting-down          0 ms  init failed: Extension.Crash  SHUTDOWN failure, 2.0 s to go',
  ],
  [
    'a time-out',
    {
      ...{from: 'invoking', to: 'shutting-down', reason: 'timeout', errorType: 'Sandbox.Timedout'},
      ...{budgetMs: 500, requestId: 'r1'},
    },
    'invoking → shutting-down      0 ms  timed out  SHUTDOWN timeout, 500 ms to go  r1',
  ],
  [
    'a crash',
    {from: 'invoking', to: 'shutting-down', reason: 'failure', errorType: 'Runtime.ExitError', requestId: 'r1'},
    'invoking → shutting-down      0 ms  invocation failed: Runtime.ExitError  SHUTDOWN failure, no extension to tell  r1',
  ],
  [
    'a reset',
    {from: 'shutting-down', to: 'ready', extensions: [extension('exited')], ms: 120},
    'shutting-down → ready       120 ms  x exited 88 ms after SHUTDOWN  reset, /tmp kept',
  ],
  ['a reset without extensions', {from: 'shutting-down', to: 'ready'}, 'reset, /tmp kept'],
  ['failed', {from: 'shutting-down', extensions: [extension('failed')]}, 'x failed 88 ms after SHUTDOWN'],
  [
    'killed',
    {from: 'shutting-down', extensions: [extension('killed')]},
    'x killed, still running 88 ms after SHUTDOWN',
  ],
  ['busy', {from: 'shutting-down', extensions: [extension('killed', false)]}, 'x killed, never came for SHUTDOWN'],
  [
    'two',
    {from: 'shutting-down', extensions: [extension('gone'), extension('unsubscribed', false)]},
    'x had ended before, x killed at once, not subscribed to SHUTDOWN',
  ],
])('the line of %s', (_, transition, expected) => {
  expect(row(transition)).toMatch(/^05:03:12\.204 {2}3fa91c02 {2}f {15} {2}/);
  expect(row(transition).endsWith(expected), row(transition)).toBe(true);
});

test('versions, long names, and the header stay in their columns', () => {
  expect(row({functionVersion: '7', functionName: 'mine'})).toContain('  mine:7            ready');
  expect(row({functionName: 'lambda-target-demo-of-mine'})).toContain('  lambda-target-d…  ready');
  const header = plain(journalHeader(90));
  expect(header.indexOf('from')).toBe(row({}).indexOf('ready'));
  expect(header.length).toBe(row({}).length);
});

test('a notice has a time too', () => {
  expect(plain(noticeRow('2026-11-21T05:03:12.204Z', 'retry'))).toBe('05:03:12.204  ! retry');
});

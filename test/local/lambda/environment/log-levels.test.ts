import {expect, test} from 'vitest';
import {applicationLevelOf, passesLevel, systemLevelOf} from '../../../../src/local/lambda/environment/log-levels.ts';

test.each([
  ['platform.initStart', {runtimeVersion: 'nodejs:24.v1'}, 'INFO'],
  ['platform.initStart', {}, 'DEBUG'],
  ['platform.initRuntimeDone', {status: 'success'}, 'DEBUG'],
  ['platform.initRuntimeDone', {status: 'error'}, 'WARN'],
  ['platform.initReport', {status: 'success', initializationType: 'on-demand'}, 'DEBUG'],
  ['platform.initReport', {status: 'success', initializationType: 'snap-start'}, 'INFO'],
  ['platform.initReport', {status: 'timeout', initializationType: 'on-demand'}, 'WARN'],
  ['platform.start', {}, 'INFO'],
  ['platform.runtimeDone', {status: 'success'}, 'DEBUG'],
  ['platform.runtimeDone', {status: 'timeout'}, 'WARN'],
  ['platform.report', {status: 'success'}, 'INFO'],
  ['platform.report', {status: 'failure'}, 'WARN'],
  ['platform.extension', {state: 'Ready'}, 'INFO'],
  ['platform.extension', {state: 'LaunchError'}, 'WARN'],
  ['platform.telemetrySubscription', {}, 'INFO'],
  ['platform.logsSubscription', {}, 'INFO'],
  ['platform.end', {}, undefined],
  ['platform.fault', 'text', undefined],
  ['function', 'text', undefined],
])('%s %j is %s', (type, record, level) => {
  expect(systemLevelOf(type, record as object)).toBe(level);
});

test.each([
  [{level: 'debug'}, 'DEBUG'],
  [{level: 'WARNING'}, 'WARN'],
  [{level: 'CRITICAL'}, 'FATAL'],
  [{log_level: 'ERROR'}, 'ERROR'],
  [{level: 'loud'}, 'INFO'],
  [{level: 30}, 'INFO'],
  [{}, 'INFO'],
  [undefined, 'INFO'],
])('a line %j is %s', (line, level) => {
  expect(applicationLevelOf(line)).toBe(level);
});

test('a level lets itself and less detail pass', () => {
  expect([passesLevel('DEBUG', 'INFO'), passesLevel('INFO', 'INFO'), passesLevel('FATAL', 'TRACE')]).toEqual([
    false,
    true,
    true,
  ]);
});

import {expect, test} from 'vitest';
import {viewOf} from '../../../../src/local/lambda/telemetry/schema-view.ts';
import type {SubscriptionRequest} from '../../../../src/local/lambda/telemetry/subscription-request.ts';

const request = (api: 'Telemetry' | 'Logs', schemaVersion: string) => ({api, schemaVersion}) as SubscriptionRequest;
const record = {requestId: 'r', status: 'success', version: '1', metrics: {durationMs: 1}, spans: [], tracing: {}};

/** What each schema gets: `all` of the record, some of its fields, or nothing. */
const table: [type: string, telemetry: 'all' | 'none', logs2021: string[] | 'all' | 'none', logs2020?: 'none'][] = [
  ['platform.initStart', 'all', 'none'],
  ['platform.initRuntimeDone', 'all', 'none'],
  ['platform.initReport', 'all', 'none'],
  ['platform.telemetrySubscription', 'all', 'none'],
  ['platform.logsSubscription', 'none', 'all'],
  ['platform.extension', 'all', 'all'],
  ['platform.start', 'all', ['requestId', 'version']],
  ['platform.runtimeDone', 'all', ['requestId', 'status'], 'none'],
  ['platform.end', 'none', 'all'],
  ['platform.fault', 'none', 'all'],
  ['platform.report', 'all', ['requestId', 'metrics']],
  ['platform.logsDropped', 'all', 'all'],
];

test.each(table)('%s', (type, telemetry, logs2021, logs2020) => {
  const event = {time: '2026-11-21T00:00:00.000Z', type, record};
  const seen = (api: 'Telemetry' | 'Logs', version: string) => {
    const view = viewOf(event, request(api, version));
    if (!view) return 'none';
    expect([view.time, view.type]).toEqual([event.time, type]);
    const fields = Object.keys(view.record as object);
    return fields.length === Object.keys(record).length ? 'all' : fields;
  };
  expect(seen('Telemetry', '2022-07-01')).toEqual(telemetry);
  expect(seen('Logs', '2021-03-18')).toEqual(logs2021);
  expect(seen('Logs', '2020-08-15')).toEqual(logs2020 ?? logs2021);
});

test('a line of the JSON log format is an object where the schema has it, else its text', () => {
  const line = {level: 'INFO', message: 'x'};
  for (const type of ['function', 'extension']) {
    const event = {time: '2026-11-21T00:00:00.000Z', type, record: line};
    const seen = (api: 'Telemetry' | 'Logs', version: string) => viewOf(event, request(api, version))?.record;
    for (const version of ['2022-12-13', '2025-01-29']) expect(seen('Telemetry', version)).toEqual(line);
    expect(seen('Telemetry', '2022-07-01')).toBe(JSON.stringify(line));
    expect(seen('Logs', '2021-03-18')).toBe(JSON.stringify(line));
    expect(viewOf({...event, record: 'text'}, request('Telemetry', '2025-01-29'))?.record).toBe('text');
  }
});

import {describe, test} from 'vitest';
import {type DeliveryMessage, message} from '../../../src/lifecycle/message.ts';
import type {SessionState} from '../../../src/operate/session/session-state.ts';
import {frameTime, ids, someEnvironments, someEvent, someLog, someState} from '../../support/fake-session.ts';
import {golden} from '../../support/golden.ts';
import {enter, up} from '../../support/keys.ts';
import {openDashboard, quiet} from '../../support/open-app.ts';
import {large, sizeName, small, usual} from '../../support/sizes.ts';
import type {DriverOptions} from '../../support/tui-driver.tsx';

const words = ['Target function invoked', '[shutdown-notifier] Event: INVOKE', 'Processing request...'];
const manyLogs = Array.from({length: 2_314}, (_, index) => {
  const text = index % 7 === 0 ? `[shutdown-notifier] SHUTDOWN! Reason: spindown ${index}` : words[index % 3]!;
  return {...someLog(index, text, ids[index % 3]), timestamp: frameTime - 40_000 + index * 17};
});
const longLogs = [
  someLog(0, 'START RequestId: 3f0c9d52-0000-4000-8000-000000000001 Version: $LATEST', ids[0]),
  someLog(1, `the order is ${Array.from({length: 30}, (_, index) => `item-${index}`).join(' ')} and no more`, ids[0]),
  someLog(
    2,
    '漢字 and 👩‍🚀 in a line that is as long as the one before it, or so it seems to the one who reads it'.repeat(2),
    ids[1],
  ),
  someLog(3, 'END RequestId: 3f0c9d52-0000-4000-8000-000000000001', ids[0]),
];
const authorizer = (index: number, text: string) => ({...someLog(index, text), function: 'lambda-authorizer-demo'});
const bothLogs = [
  authorizer(0, 'Authorizer invoked'),
  authorizer(1, 'Returning policy'),
  someLog(2, 'Target function invoked', ids[0]),
  someLog(3, 'INIT_START Runtime Version: nodejs:24.v18'),
];
const delivery = (index: number, status: number) => {
  const {eventId, environmentId, requestId, timestamp} = someEvent(index, {});
  return message<DeliveryMessage>(
    {type: 'delivery', eventId, eventType: 'INVOKE', environmentId, requestId, status, bytes: 212},
    new Date(Date.parse(timestamp) + 41),
  );
};

/** Keys one after the other: after each its effect is on the screen. */
async function frame(name: string, options: DriverOptions, state: Partial<SessionState>, ...keys: string[]) {
  const {app} = await openDashboard({...options, state});
  for (const key of keys) await app.press(key);
  if (keys.at(-1) !== 's') quiet(app);
  await golden(name, app);
}

describe.each([large, usual])('at $columns x $rows', size => {
  const name = (what: string) => `${what}-${sizeName(size)}`;

  test.each<[string, Partial<SessionState>, string[]]>([
    [
      'logs-empty',
      {logs: [], events: [], requests: [], requestCounts: {...someState().requestCounts, sent: 0}},
      ['4z'],
    ],
    ['logs-waiting', {logs: [], events: []}, ['4z']],
    ['logs-unreadable', {logs: [], events: [], live: false, problem: 'Reading the table failed: Throttled'}, ['4z']],
    ['logs-following', {logs: manyLogs}, ['4']],
    ['logs-scrolled', {logs: manyLogs}, ['4', up.repeat(20)]],
    ['logs-filtered', {logs: manyLogs}, ['4', '/', 'spindown', enter]],
    ['logs-filter-prompt', {logs: manyLogs}, ['4z', '/', 'spindown', enter, '/', ' (', '2']],
    ['logs-filtered-to-nothing', {logs: manyLogs}, ['4z', '/', 'no such text', enter]],
    ['logs-inverted', {logs: manyLogs}, ['4z', '/', 'invoked|Event', enter, '!']],
    ['logs-regex', {logs: manyLogs}, ['4z', '/', '^.shut.* \\d+7$', enter, 'NN']],
    ['logs-wrapped', {logs: longLogs}, ['4zw']],
    ['logs-sideways', {logs: longLogs}, ['4zlll']],
    ['logs-authorizer', {logs: bothLogs}, ['4z', 'aa']],
    ['logs-both', {logs: bothLogs}, ['4z']],
    ['logs-zoomed', {logs: manyLogs}, ['4z', 'kkk']],
    ['logs-details', {logs: longLogs}, ['4z', 'kk', enter, 'jj']],
    ['events-details', {}, ['3z', 'jjj', enter]],
    ['requests-details', {}, ['2z', 'j', enter]],
  ])('%s', async (what, change, keys) => {
    await frame(name(what), size, change, ...keys);
  });

  test('logs-searched', async () => {
    const {app, session} = await openDashboard({...size, state: {logs: manyLogs}});
    await app.press('4z/');
    await app.press('spindown');
    await app.press('\x1b');
    await app.see('n spindown');
    await app.press('NNN');
    session.change({logs: [...manyLogs, someLog(90_000, 'one more', ids[0])]});
    app.app.store.flush();
    await golden(name('logs-searched'), app);
  });

  test('logs-marked', async () => {
    const before = manyLogs.slice(0, 30);
    const {app, session} = await openDashboard({...size, state: {logs: before}});
    await app.press('4zmk');
    quiet(app);
    session.change({logs: [...before, {...someLog(1, 'the line after the mark', ids[1]), timestamp: frameTime + 9}]});
    app.app.store.flush();
    await golden(name('logs-marked'), app);
  });

  test('events-missing', async () => {
    const environments = {
      ...someState().environments,
      list: [{...someEnvironments[0]!, missing: 3}, ...someEnvironments.slice(1)],
    };
    const events = [
      someEvent(1, {cold: true, sequence: 2}),
      someEvent(2, {environmentId: ids[3], cold: true}),
      someEvent(4, {sequence: 5, invocation: 4}),
      someEvent(6, {environmentId: ids[3], eventType: 'SHUTDOWN', shutdownReason: 'spindown', parkedMs: 20_912}),
      someEvent(7, {sequence: 6, invocation: 5, late: true}),
      someEvent(9, {sequence: 7, invocation: 1, generation: 2, cold: true}),
    ];
    await frame(
      name('events-missing'),
      size,
      {environments, events, deliveries: [delivery(1, 200), delivery(9, 503)]},
      '3',
    );
  });

  test('saved', async () => {
    await frame(name('logs-saved'), size, {logs: manyLogs}, '4z', 's');
  });
});

test.each<[string, string[]]>([
  ['logs-60x16', ['4', up.repeat(9)]],
  ['logs-filtered-60x16', ['4', '/', 'spindown', enter, up.repeat(9)]],
  ['events-60x16', ['3']],
])('%s', async (name, keys) => {
  await frame(name, small, {logs: manyLogs}, ...keys);
});

test('logs without colours', async () => {
  await frame('logs-filtered-mono-120x40', {theme: 'mono'}, {logs: manyLogs}, '4z', '/', 'spindown', enter, 'N');
});

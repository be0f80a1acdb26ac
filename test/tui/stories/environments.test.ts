import {expect, test} from 'vitest';
import {message, type NoticeMessage} from '../../../src/lifecycle/message.ts';
import {ago, awsForecasts, awsState, fakeEnvironment, longId, noEnvironments} from '../../support/fake-environments.ts';
import {frameTime, someEvent, someLog} from '../../support/fake-session.ts';
import {openDashboard, without} from '../../support/open-app.ts';

const dashboard = (state = awsState()) => openDashboard({on: 'aws', state});

/** The id under the cursor. */
const cursor = (frame: string) => /▸ (\w{6})/.exec(frame)?.[1];
const idsDown = (frame: string) => [...frame.matchAll(/^┃ [▸ ] (\w{6}) /gm)].map(match => match[1]);

test('+ looks nearer and − farther, the heading says what at, and stops at both ends', async () => {
  const {app} = await dashboard();
  await app.see('LAST 10 MIN (AUTO)');
  await app.press('-');
  await app.see(/LAST 15 MIN {2,}/);
  await app.press('----');
  await app.see('LAST 30 MIN');
  await app.press('+');
  await app.press('+');
  await app.see('LAST 10 MIN (AUTO)');
  await app.press('+++++++++');
  await app.see('LAST 30 S');
});

test('o changes the order, the border says which, and the cursor stays on its environment', async () => {
  const {app} = await dashboard();
  await app.press('j');
  const seen: [string | undefined, string[]][] = [];
  for (const order of ['age', 'next to go', 'runs', 'idle longest', 'age']) {
    const frame = await app.see(`by ${order} ·`);
    expect(cursor(frame)).toBe('7d20c1');
    seen.push([order, idsDown(frame).slice(0, 4) as string[]]);
    await app.press('o');
  }
  expect(seen).toEqual([
    ['age', ['9f3c1a', '7d20c1', 'b07e44', 'c2d810']],
    // What is later than anything seen may go any moment.
    ['next to go', ['b07e44', '9f3c1a', '7d20c1', 'c2d810']],
    ['runs', ['c2d810', '9f3c1a', '7d20c1', 'b07e44']],
    ['idle longest', ['b07e44', '9f3c1a', '7d20c1', 'c2d810']],
    ['age', ['9f3c1a', '7d20c1', 'b07e44', 'c2d810']],
  ]);
});

test('the cursor stays where it is while others come and go around it', async () => {
  const {app, session} = await dashboard();
  await app.press('o');
  await app.press('jj');
  const on = cursor(await app.frame());
  const list = [...awsState().environments.list, fakeEnvironment(longId('0ldest'), {startedAt: ago(9_000)})];
  session.change({environments: {...noEnvironments, list}, ...awsForecasts(list)});
  app.app.store.flush();
  const frame = await app.see('0ldest');
  expect(cursor(frame)).toBe(on);
});

test('enter shows one environment in full, its history scrolls, and escape is back where it was', async () => {
  const lines = Array.from({length: 80}, (_, index) => ({
    ...someLog(index, `line number ${index} ends`, longId('9f3c1a')),
    timestamp: ago(300) + index * 10,
  }));
  const {app, session} = await dashboard(awsState({logs: lines}));
  await app.press('\r');
  await app.see('Environment 9f3c1a');
  await app.see('line number 79 ends');
  await app.press('g');
  const top = await app.see('line number 0 ends');
  expect(top).not.toContain('line number 79 ends');
  await app.press('\x04');
  await app.see('line number 20 ends');
  await app.press('G');
  await app.see('line number 79 ends');
  // What comes now is followed.
  const more = someEvent(0, {eventId: 'new', environmentId: longId('9f3c1a'), invocation: 8});
  session.change({events: [{...more, timestamp: new Date(frameTime).toISOString()}]});
  app.app.store.flush();
  await app.see('INVOKE    #8');
  await app.press('y');
  expect(app.copied).toEqual([longId('9f3c1a')]);
  await app.press('\x1b');
  const back = await app.see('1 Environments');
  expect(cursor(back)).toBe('9f3c1a');
});

test('a line that is longer than the screen is gone through sideways', async () => {
  const long = `begins ${'word '.repeat(40)}ends`;
  const {app} = await dashboard(awsState({logs: [someLog(0, long, longId('9f3c1a'))]}));
  await app.press('\r');
  const before = await app.see('begins word');
  expect(before).not.toContain('ends');
  await app.press('lllllllllllllllll');
  const end = await app.see('word ends');
  expect(end).toContain('← 128 cells');
  expect(end).toContain('│ log      …');
  await app.press('hhhhhhhhhhhhhhhh');
  await app.see('begins word');
});

test('of an environment that is just starting there is no history, and enter says why', async () => {
  const {app} = await dashboard();
  await app.press('jjjj\r');
  await app.see('↵: it has told nothing of itself yet');
});

test('an environment that is too old to be kept does not take the screen down', async () => {
  const {app, session} = await dashboard();
  await app.press('\r');
  await app.see('Environment 9f3c1a');
  session.change({environments: noEnvironments});
  app.app.store.flush();
  await app.see('It has gone too long ago to be kept.');
  await app.press('j');
  await app.press('\r');
  await app.see('no environment yet');
});

test('a filter keeps those it names, by state, reason or id', async () => {
  const {app} = await dashboard();
  for (const [filter, ids] of [
    ['idle', ['9f3c1a', '7d20c1', 'b07e44']],
    ['timeout', ['e1177b']],
    ['reset', ['e1177b']],
    ['^c2d8', ['c2d810']],
    ['!shutdown|init', ['9f3c1a', '7d20c1', 'b07e44', 'c2d810']],
  ] as const) {
    await app.press(`/\x15${filter}\r`);
    expect(idsDown(await app.see(`/${filter}`))).toEqual(ids);
  }
  await app.press('/\x15nothing like it\r');
  await app.see('nothing matches the filter');
});

test('n goes to the next of those that were searched for', async () => {
  const {app} = await dashboard();
  await app.press('/spindown\r');
  await app.press('\x1b');
  await app.see(without('/spindown'));
  await app.press('n');
  const first = cursor(await app.see('n spindown'));
  await app.press('n');
  const second = cursor(await app.frame());
  expect([first, second].sort()).toEqual(['08ab3e', '4410fa']);
});

test('hostile names and reasons stay inside their cells', async () => {
  const evil = '\x1b[2J\x1b]0;owned\x07\x9b5A\u202egnihtyreve\u0000 漢字漢字';
  const {app, session} = await dashboard();
  const list = [
    fakeEnvironment(evil, {initType: evil, logStream: evil, missing: 2, sequence: {first: 1, last: 4, seen: 2}}),
    fakeEnvironment('gone', {state: 'gone', shutdown: {at: ago(3), reason: evil.repeat(5), idleMs: 5_000}}),
  ];
  session.change({environments: {...noEnvironments, list}, ...awsForecasts(list)});
  session.change({notices: [message<NoticeMessage>({type: 'notice', level: 'info', text: 'x'})]});
  app.app.store.flush();
  await app.press('\r');
  const frame = await app.see('Environment');
  for (const line of frame.split('\n')) expect(line).toMatch(/^[┏┃┗].*[┓┃┛]$/u);
  expect(frame).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
});

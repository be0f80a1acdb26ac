import {expect, test, vi} from 'vitest';
import {message, type NoticeMessage} from '../../../src/lifecycle/message.ts';
import {cellWidth} from '../../../src/text/cells.ts';
import {fakeBackend} from '../../support/fake-backend.ts';
import {frameTime, ids, someEnvironments, someEvent, someLog, someState} from '../../support/fake-session.ts';
import {enter, escapeKey, up} from '../../support/keys.ts';
import {dev, localAndDev, openApp, openDashboard, openWorld, without} from '../../support/open-app.ts';

test('enter on Local starts it, deploys and opens the dashboard', async () => {
  const {app, stack} = await openDashboard();
  expect(stack.orders).toEqual(['deploy', expect.stringMatching(/^open /)]);
  await app.see('http://127.0.0.1:4566');
});

test('enter on a deployed stack opens it without deploying', async () => {
  const {backend, app} = await openWorld(localAndDev);
  await app.press('j');
  await app.see('open dashboard');
  await app.press(enter);
  await app.see('1 Environments');
  expect(backend.stacks.get('dev')!.orders).toEqual([expect.stringMatching(/^open /)]);
});

test('on AWS a deployment asks first, and escape leaves everything as it was', async () => {
  const {backend, app} = await openWorld({places: [{kind: 'local'}, dev]});
  await app.press('j');
  await app.press(enter);
  const question = await app.see('Deploy?');
  expect(question).toContain('dev · eu-west-1');
  await app.press(escapeKey);
  await app.see(without('Deploy\\?'));
  expect(backend.stacks.get('dev')!.orders).toEqual([]);
  await app.press(enter);
  await app.see('Deploy?');
  await app.press(enter);
  await app.see('1 Environments');
  expect(backend.stacks.get('dev')!.orders).toContain('deploy');
});

test('i fires one, b a burst whose size [ and ] change', async () => {
  const {app, session} = await openDashboard();
  await app.press('i');
  await app.press('b');
  await app.press(']');
  await app.see('burst of 5');
  await app.press('b');
  await app.press('[[[');
  await app.see('burst of 2');
  expect(session.orders).toEqual(['fire 1 at 1 sleeping 0', 'fire 3 at 3 sleeping 1000', 'fire 5 at 5 sleeping 1000']);
});

test('x forces SHUTDOWN and says how many went', async () => {
  const {app, session} = await openDashboard();
  await app.press('x');
  await app.see('3 of 3 environments gone in 412 ms, median 412 ms.');
  expect(session.orders).toEqual(['shutdown update']);
});

test('x on AWS asks once per session', async () => {
  const {app, session} = await openDashboard({on: 'aws'});
  await app.press('x');
  await app.see('Force SHUTDOWN by update?');
  expect(session.orders).toEqual([]);
  await app.press(enter);
  await app.see('environments gone');
  await app.press('x');
  expect(session.orders).toEqual(['shutdown update', 'shutdown update']);
});

test('a running forced SHUTDOWN counts up', async () => {
  const {app, session} = await openDashboard();
  const seen = [{environmentId: ids[0], reason: 'spindown', latencyMs: 300}];
  session.change({
    shutdown: {how: 'update', waitMs: 30_000, startedAt: frameTime - 6_000, expected: [...ids], seen, finished: false},
  });
  await app.see('1 of 4 gone, 6 s');
});

test('with --read-only nothing is changed, and the key says why', async () => {
  const {app, stack, session} = await openDashboard({on: 'aws', readOnly: true});
  for (const key of ['i', 'b', 'r', 'x', 'D', 'T']) {
    await app.press(key);
    await app.see('started with --read-only');
  }
  expect(session.orders).toEqual([]);
  expect(stack.orders).toEqual([expect.stringMatching(/^open /)]);
});

test('teardown on Local takes enter, on AWS the typed region', async () => {
  const {app, stack, session} = await openDashboard();
  await app.press('T');
  await app.see('3 live: get SHUTDOWN');
  await app.press(enter);
  await app.see('done in');
  expect(stack.orders).toContain('teardown');
  expect(session.closed).toBe(true);
});

test('teardown on AWS does nothing before the region is right', async () => {
  const {backend, app} = await openWorld(localAndDev);
  await app.press('jT');
  await app.see('Type the region');
  await app.press(enter);
  await app.press('eu-west-2');
  await app.press(enter);
  expect(backend.stacks.get('dev')!.orders).toEqual([]);
  await app.press('\x7f1');
  await app.press(enter);
  await app.see('done in');
  expect(backend.stacks.get('dev')!.orders).toEqual(['teardown']);
});

test('the first ctrl-c stops a deployment, which then can be left', async () => {
  const {backend, app} = await openWorld({hold: true});
  await app.press(enter);
  await app.see('CreateFunction');
  await app.press('\x03');
  await app.see('stopping after the calls in flight');
  backend.held!.release();
  await app.see('stopped after');
  await app.press(enter);
  await app.see('Where shall the demo run?');
});

test('the second ctrl-c quits with 130 and ends Local', async () => {
  const {backend, app} = await openWorld({hold: true});
  await app.press(enter);
  await app.see('CreateFunction');
  await app.press('\x03');
  await app.press('\x03');
  expect(await app.app.exited).toBe(130);
  expect(backend.local.stopped).toBe(1);
});

test('q ends the session, then Local with its environments, and says so meanwhile', async () => {
  const {backend, app, session} = await openDashboard();
  let finish = () => {};
  backend.local.stop = () =>
    new Promise(resolve => {
      finish = resolve;
    });
  await app.press('q');
  await app.see('stopping the embedded AWS');
  expect(session.closed).toBe(true);
  finish();
  expect(await app.app.exited).toBe(0);
});

test('quitting while everything loads leaves at once and drops what comes later', async () => {
  const backend = fakeBackend({places: [{kind: 'local'}, dev]});
  let answer: (places: readonly (typeof dev)[]) => void = () => {};
  const late = new Promise<readonly (typeof dev)[]>(resolve => {
    answer = resolve;
  });
  backend.listTargets = async () => [...(await Promise.race([late, Promise.resolve([dev])]))];
  const app = await openApp(backend);
  backend.listTargets = async () => [...(await late)];
  await app.press('r');
  await app.press('q');
  expect(await app.app.exited).toBe(0);
  const {menu} = app.app.store.get();
  answer([dev, dev]);
  await late;
  await new Promise(resolve => setImmediate(resolve));
  expect(app.app.store.get().menu).toBe(menu);
});

test('a filter narrows the focused pane, ! inverts it, escape clears it', async () => {
  const {app} = await openDashboard();
  await app.press('4');
  await app.press('/');
  await app.press('spindown');
  const one = await app.see('1 of 8 lines');
  expect(one).not.toContain('Target function invoked');
  await app.press(enter);
  await app.press('/');
  await app.press('\x15!spindown');
  await app.see('7 of 8 lines');
  await app.press(escapeKey);
  await app.see(/· 8 lines/);
});

test('scrolling up stops following, new lines do not move what is read, G follows again', async () => {
  const {app, session} = await openDashboard();
  const lines = Array.from({length: 60}, (_, index) => someLog(index, `line number ${index} ends`));
  session.change({logs: lines});
  await app.press('4');
  await app.see('line number 59 ends');
  await app.press(up.repeat(1));
  await app.press('kkkkkkkkkkkkkkkkkkkk');
  const before = await app.see('f follows');
  expect(before).toContain('line number 38 ends');
  session.change({
    logs: [...lines, ...Array.from({length: 30}, (_, index) => someLog(60 + index, `later ${index} ends`))],
  });
  await app.see('90 lines');
  const after = await app.frame();
  expect(after).toContain('line number 38 ends');
  expect(after).not.toContain('later');
  await app.press('G');
  await app.see('later 29 ends');
});

test('tab and digits move the focus; z gives the pane the screen', async () => {
  const {app} = await openDashboard();
  await app.press('\t');
  await app.see('┏━ 2 Requests');
  await app.press('3');
  await app.see('┏━ 3 Events');
  await app.press('\x1b[Z');
  await app.see('┏━ 2 Requests');
  await app.press('z');
  const zoomed = await app.frame();
  expect(zoomed).not.toContain('Environments');
  await app.press('z');
  await app.see('1 Environments');
});

test('a zoomed request says why it was cold', async () => {
  const {app} = await openDashboard();
  await app.press('2z');
  const frame = await app.see('first request');
  expect(frame).toContain('the one environment busy');
});

test('y copies the line, Y the URL, enter shows every member', async () => {
  const {app} = await openDashboard();
  await app.press('y');
  await app.press('u');
  expect(app.copied).toEqual([ids[0], expect.stringMatching(/^http.*\/prod\/hello$/)]);
  await app.press('3');
  await app.press(enter);
  const details = await app.see('eventId');
  expect(details).toContain('event-11');
  await app.press(escapeKey);
});

test('help searches, and lists each key that the footer shows', async () => {
  const {app} = await openDashboard();
  await app.press('?');
  await app.see('type to search');
  await app.press('teardown'.slice(0, 4));
  const found = await app.see('tear down');
  expect(found).not.toContain('colour theme');
  await app.press(escapeKey);
  await app.see('b burst of 3');
});

test('pasted text presses no keys, but fills what is being typed', async () => {
  const {app, session, stack} = await openDashboard();
  await app.press('\x1b[200~xT\ri\x1b[201~');
  await app.see('Pasted text is not taken as keys.');
  expect(session.orders).toEqual([]);
  expect(stack.orders).not.toContain('teardown');
  await app.press('4');
  await app.press('/');
  await app.press('\x1b[200~spindown\x1b[201~');
  await app.see('1 of 8 lines');
});

test('pasted text is no key in any overlay, and is typed into those that take text', async () => {
  const {app, session, stack} = await openDashboard();
  const store = app.app.store;
  const pasted = (text: string) => `\x1b[200~${text}\x1b[201~`;
  const leave = async () => {
    await app.press(escapeKey);
    await vi.waitFor(() => expect(store.get().overlay).toBeUndefined());
  };
  for (const key of ['X', '\r', '@']) {
    await app.press(key);
    const before = store.get().overlay;
    expect(before).toBeDefined();
    await app.press(pasted('qTy j\r'));
    expect(store.get().toast?.text).toBe('Pasted text is not taken as keys.');
    expect(store.get().overlay).toBe(before);
    await leave();
  }

  await app.press('B');
  await app.press(pasted(' 250\n'));
  await app.press('\t\t');
  await app.press(pasted('1.5s\r\n'));
  expect(store.get().overlay).toMatchObject({kind: 'plan', plan: {count: '250', sleepMs: '1500'}});
  await app.press(pasted('no number'));
  await app.see('does not fit into this field');
  expect(store.get().overlay).toMatchObject({plan: {sleepMs: '1500'}});
  await leave();

  await app.press('?');
  await app.press(pasted('tear\ndown\x1b[31m'));
  expect(store.get().overlay).toMatchObject({kind: 'help', search: 'tear down'});
  await leave();

  // A blank in what is pasted is no answer to "keep the events?".
  await app.press('T');
  await app.see('1 284 events');
  await app.press(pasted('us-east-1 \r'));
  expect(store.get().overlay).toMatchObject({kind: 'teardown', keep: false, typed: 'us-east-1'});
  expect([...session.orders, ...stack.orders]).not.toContain('teardown');
});

test('the target that cannot be reached says what to do', async () => {
  const problem = Object.assign(new Error(''), {title: 'The login has expired.', next: 'aws sso login --profile dev'});
  const {app} = await openWorld({places: [{kind: 'local'}, dev], found: {dev: problem}});
  await app.press('j');
  await app.see('Next: aws sso login --profile dev');
  await app.press(enter);
  await app.see('this target cannot be reached');
});

test('resizing draws every layout, down to a terminal of 12 columns', async () => {
  const {app} = await openDashboard();
  for (const [columns, rows] of [
    [80, 24],
    [100, 30],
    [60, 16],
    [200, 50],
    [12, 6],
    [120, 40],
  ] as const) {
    await app.resize(columns, rows);
    const frame = await app.see(columns < 60 ? `have ${columns}x${rows}` : '1 Environments');
    const lines = frame.split('\n');
    expect(lines.length).toBe(rows);
    for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(columns);
    if (columns >= 60) expect(lines.at(-1)).toContain('q quit');
  }
});

test('hostile text from logs, events and headers neither moves the cursor nor breaks a border', async () => {
  const {app, session} = await openDashboard();
  const evil = '\x1b[2J\x1b[H\x1b]0;owned\x07\x9b5A\u202egnihtyreve\u0000\r\n\ttab 漢字漢字 👨‍👩‍👧 ';
  session.change({
    logs: [someLog(0, evil.repeat(9)), someLog(1, 'honest line')],
    events: [someEvent(3, {eventType: 'SHUTDOWN', shutdownReason: evil, environmentId: evil})],
    requests: [{key: 1, sentAt: frameTime, ahead: 0, status: 0, latencyMs: 5, error: evil}],
    environments: {...someState().environments, list: [{...someEnvironments[0]!, id: evil}]},
    live: false,
    problem: evil,
  });
  const frame = await app.see('honest line');
  const lines = frame.split('\n');
  expect(lines[0]).toContain('λ lifecycle-tui');
  expect(app.screen.buffer.active.type).toBe('alternate');
  for (const line of lines.slice(1, -1)) {
    expect(cellWidth(line), line).toBe(120);
    expect(line).toMatch(/^[┏┃┗╭│╰].*[┓┃┛╮│╯]$/u);
  }
  expect(frame).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
});

test('what the session has to say appears below', async () => {
  const {app, session} = await openDashboard();
  const notice = message<NoticeMessage>({type: 'notice', level: 'warning', text: 'Throttled: polling slower.'});
  session.change({notices: [notice]});
  await app.see('! Throttled: polling slower.');
});

test('Local that ends by itself is forgotten, and starting it again is offered', async () => {
  const backend = fakeBackend();
  let die = () => {};
  backend.local.exited = new Promise(resolve => {
    die = resolve;
  });
  const app = await openApp(backend);
  await app.press(enter);
  await app.see('1 Environments');
  die();
  await app.see('The embedded AWS has ended');
  await app.see('✕ the embedded AWS has ended: D deploys on another');
  // The reads that fail now are no news.
  const failed = message<NoticeMessage>({type: 'notice', level: 'warning', text: 'Reading the table failed.'});
  const {session} = backend.stacks.get('http://127.0.0.1:4566')!;
  session.change({notices: [failed], live: false, problem: failed.text, logs: [someLog(0, 'the last line', ids[0])]});
  expect(await app.see('the last line')).toContain('The embedded AWS has ended with all');
  await app.press(escapeKey);
  await app.see('not started');
});

test('where Local has ended D starts another, and the dashboard is of that one', async () => {
  const {app, backend} = await openWorld();
  let die = () => {};
  backend.local.exited = new Promise(resolve => {
    die = resolve;
  });
  await app.press(enter);
  await app.see('1 Environments');
  die();
  await app.see('D deploys on another');
  backend.local.exited = new Promise(() => {});
  await app.press('D');
  await app.see('● live');
  expect(await app.see('Deployed in')).not.toContain('has ended');
});

test('commits come at most five times a second, keys at once', async () => {
  const {app, session} = await openDashboard();
  let commits = 0;
  const stop = app.app.store.subscribe(() => {
    commits += 1;
  });
  const startedAt = Date.now();
  let index = 0;
  while (Date.now() < startedAt + 1_000) {
    index += 1;
    session.change({logs: [someLog(index, `line ${index}`)]});
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  // The one that was waiting comes at last.
  await app.see(`line ${index}`);
  const elapsed = Date.now() - startedAt;
  // Five a second, the clock's tick, and one begun before at either end.
  expect(commits).toBeLessThanOrEqual(elapsed / 200 + elapsed / 1_000 + 2);
  const before = commits;
  await app.press('z');
  expect(commits).toBeGreaterThan(before);
  stop();
});
